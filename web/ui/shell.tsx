import { ActionIcon, Drawer, Kbd } from '@mantine/core'
import { IconMenu2, IconSearch, IconWifiOff } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Outlet, useMatches, useNavigate, useRouter } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { getMe } from '../../common/kernel/api.ts'
import { Problem } from '../api.ts'
import { useConnection, useLiveEvents } from '../live.ts'
import { keyOf, useLoad } from '../load.ts'
import { MeProvider, useMay } from '../session/me.tsx'
import { suggestLanguage, useWords } from '../words/words.ts'
import { AccountMenu } from './account-menu.tsx'
import { Find } from './find.tsx'
import { useKeys } from './keys.ts'
import { Navigation } from './navigation.tsx'
import { Failed, NoRight } from './states.tsx'
import sign from './tresen.svg'
import './shell.css'

const PRELOAD_AFTER_MS = 2_000

/** The frame of every page after log-in: who am I, navigation, search, scanner, live events. */
export function Shell() {
  const router = useRouter()
  const navigate = useNavigate()
  const client = useQueryClient()
  const me = useLoad(getMe, {}, { staleTime: Number.POSITIVE_INFINITY })
  const wasIn = useRef(false)
  if (me.data) wasIn.current = true

  useEffect(() => {
    if (me.data) suggestLanguage(me.data.language)
  }, [me.data])
  // a session that ends while working shows itself in any answer
  useEffect(
    () =>
      client.getQueryCache().subscribe(({ query }) => {
        const { error } = query.state
        if (error instanceof Problem && error.code === 'not-logged-in' && query.queryKey[0] !== getMe.path) {
          void client.invalidateQueries({ queryKey: keyOf(getMe, {}) })
        }
      }),
    [client],
  )

  // once, and not while rendering: until the log-in page is loaded this one is still shown at the new address
  const loggedOut = me.error instanceof Problem && me.error.status === 401
  useEffect(() => {
    const { href, pathname } = router.state.location
    if (!loggedOut || pathname === '/log-in') return
    void navigate({ to: '/log-in', search: { to: href, ...(wasIn.current ? { ended: '1' } : {}) }, replace: true })
  }, [loggedOut, router, navigate])
  if (loggedOut) return <div className="shell" />
  if (me.error && !me.data) return <Failed error={me.error} retry={() => void me.refetch()} />
  if (!me.data) return <div className="shell" />
  return (
    <MeProvider me={me.data}>
      <Frame />
    </MeProvider>
  )
}

function Frame() {
  const { w } = useWords()
  const [menu, setMenu] = useState(false)
  const [find, setFind] = useState<{ open: boolean; q: string }>({ open: false, q: '' })
  useLiveEvents(useQueryClient())
  usePagesAtHand()
  useKeys((q = '') => setFind({ open: true, q }))
  const openFind = () => setFind({ open: true, q: '' })
  return (
    <div className="shell">
      <a className="skip" href="#content">
        {w.actions.skip}
      </a>
      <aside className="side">
        <div className="side-brand">
          <Brand />
        </div>
        <button type="button" className="side-find" onClick={openFind}>
          <IconSearch size={15} aria-hidden="true" />
          <span>{w.find.open}</span>
          <Kbd size="xs">/</Kbd>
        </button>
        <Navigation />
        <AccountMenu />
      </aside>
      <header className="top">
        <ActionIcon variant="subtle" color="gray" size={44} aria-label={w.navigation} onClick={() => setMenu(true)}>
          <IconMenu2 size={20} />
        </ActionIcon>
        <Brand />
        <ActionIcon variant="subtle" color="gray" size={44} aria-label={w.find.open} onClick={openFind}>
          <IconSearch size={20} />
        </ActionIcon>
      </header>
      <Drawer
        opened={menu}
        onClose={() => setMenu(false)}
        position="left"
        size={280}
        title={<Brand />}
        closeButtonProps={{ 'aria-label': w.actions.close }}
      >
        <Navigation onGo={() => setMenu(false)} />
        <AccountMenu />
      </Drawer>
      <main id="content" className="content" tabIndex={-1}>
        <ConnectionLine />
        <Permitted />
      </main>
      <Find opened={find.open} first={find.q} onClose={() => setFind({ open: false, q: '' })} />
    </div>
  )
}

/** Loads the other pages while nothing else is to do: the first click on each is quick, also when the network is not. */
function usePagesAtHand(): void {
  const router = useRouter()
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const route of Object.values(router.routesById))
        void route.options.component?.preload?.()?.catch(() => undefined)
    }, PRELOAD_AFTER_MS)
    return () => clearTimeout(timer)
  }, [router])
}

function Brand() {
  return (
    <span className="brand">
      <img src={sign} width="22" height="22" alt="" />
      Tresen
    </span>
  )
}

/** A page whose right is missing says so instead of showing pieces. */
function Permitted() {
  const may = useMay()
  const needs = useMatches({ select: (matches) => matches.at(-1)?.staticData.needs })
  if (needs && !may(needs)) return <NoRight permission={needs} />
  return <Outlet />
}

function ConnectionLine() {
  const { w } = useWords()
  const connection = useConnection()
  return (
    <div role="status" aria-live="polite">
      {connection === 'lost' && (
        <div className="connection-lost">
          <IconWifiOff size={16} aria-hidden="true" /> {w.connection.lost}
        </div>
      )}
    </div>
  )
}
