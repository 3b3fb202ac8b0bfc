import { Menu, useMantineColorScheme } from '@mantine/core'
import { IconCheck, IconKey, IconLogout, IconSelector } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { changeOwnLanguage, logOut } from '../../common/kernel/api.ts'
import type { Language } from '../../common/refusal.ts'
import { call } from '../api.ts'
import { useConnection } from '../live.ts'
import { useMe } from '../session/me.tsx'
import { PasswordPanel } from '../session/password-panel.tsx'
import { setLanguage, useWords } from '../words/words.ts'

/** Name, language, light or dark, password, log out. */
export function AccountMenu() {
  const { w, language } = useWords()
  const me = useMe()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const connection = useConnection()
  const client = useQueryClient()
  const navigate = useNavigate()
  const leave = async () => {
    await call(logOut, {}).catch(() => undefined)
    client.clear()
    await navigate({ to: '/log-in', search: {} })
  }
  const [changing, setChanging] = useState(false)
  // this screen changes at once, the account remembers it for the next machine
  const speak = (next: Language) => {
    setLanguage(next)
    void call(changeOwnLanguage, { language: next }).catch(() => undefined)
  }
  const tick = (on: boolean) => (
    <IconCheck size={15} style={{ visibility: on ? 'visible' : 'hidden' }} aria-hidden="true" />
  )
  const schemes = { light: w.appearance.light, dark: w.appearance.dark, auto: w.appearance.auto }
  return (
    <>
      <Menu position="top-start" width={232} withinPortal>
        <Menu.Target>
          <button type="button" className="account" aria-label={w.appearance.menu}>
            <span
              className={`account-dot account-${connection}`}
              title={
                connection === 'live'
                  ? w.connection.live
                  : connection === 'lost'
                    ? w.connection.off
                    : w.connection.connecting
              }
            />
            <span className="account-words">
              <span className="strong">{me.name}</span>
              <span className="quiet small">{me.role ? w.session.roles[me.role] : me.login}</span>
            </span>
            <IconSelector size={15} aria-hidden="true" />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{w.appearance.language}</Menu.Label>
          <Menu.Item leftSection={tick(language === 'de')} onClick={() => speak('de')}>
            {w.appearance.german}
          </Menu.Item>
          <Menu.Item leftSection={tick(language === 'en')} onClick={() => speak('en')}>
            {w.appearance.english}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Label>{w.appearance.scheme}</Menu.Label>
          {(['light', 'dark', 'auto'] as const).map((scheme) => (
            <Menu.Item key={scheme} leftSection={tick(colorScheme === scheme)} onClick={() => setColorScheme(scheme)}>
              {schemes[scheme]}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item leftSection={<IconKey size={15} aria-hidden="true" />} onClick={() => setChanging(true)}>
            {w.session.changePassword}
          </Menu.Item>
          <Menu.Item leftSection={<IconLogout size={15} aria-hidden="true" />} onClick={() => void leave()}>
            {w.session.logOut}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <PasswordPanel opened={changing} onClose={() => setChanging(false)} />
    </>
  )
}
