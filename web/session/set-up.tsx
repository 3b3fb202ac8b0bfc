import { Button, PasswordInput, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { Navigate, useNavigate } from '@tanstack/react-router'
import { type FormEvent, useEffect, useState } from 'react'
import { getSetUp, setUp } from '../../common/branches/api.ts'
import { useAction, useLoad } from '../load.ts'
import { Gaps } from '../settings/gaps.tsx'
import { cleaned, emptyMerchant, gapsIn } from '../settings/merchant-draft.ts'
import { BankFields, MerchantFields } from '../settings/merchant-fields.tsx'
import { Refused } from '../ui/states.tsx'
import { useWords } from '../words/words.ts'
import { Front } from './front.tsx'
import '../settings/settings.css'

/** First start: own company, bank, first administrator; the code proves that one can read the server's output. */
export function SetUp() {
  const { w } = useWords()
  const words = w.settings.setUp
  const navigate = useNavigate()
  const state = useLoad(getSetUp, {})
  const [merchant, setMerchant] = useState(emptyMerchant)
  const [setUpCode, setSetUpCode] = useState('')
  const [administrator, setAdministrator] = useState({ login: '', name: '', password: '' })
  const action = useAction(setUp, () => {
    notifications.show({ message: words.done })
    void navigate({ to: '/log-in', search: {}, replace: true })
  })
  useEffect(() => {
    document.title = `${words.title} · Tresen`
  }, [words])
  if (state.data?.done) return <Navigate to="/log-in" search={{}} replace />
  const set = (changes: Partial<typeof administrator>) => setAdministrator({ ...administrator, ...changes })
  const gaps = gapsIn(merchant)
  const ready =
    gaps.length === 0 &&
    setUpCode.trim() &&
    administrator.login.trim() &&
    administrator.name.trim() &&
    administrator.password
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (ready)
      action.mutate({
        merchant: cleaned(merchant),
        administrator: { ...administrator, login: administrator.login.trim(), name: administrator.name.trim() },
        setUpCode: setUpCode.trim(),
      })
  }
  return (
    <Front wide>
      <form className="stack-wide" onSubmit={submit}>
        <div>
          <h1>{words.title}</h1>
          <p className="quiet">{words.intro}</p>
        </div>
        <TextInput
          className="short-field"
          label={words.code}
          description={words.codeHint}
          value={setUpCode}
          autoFocus
          autoComplete="off"
          onChange={(event) => setSetUpCode(event.currentTarget.value)}
        />
        <MerchantFields draft={merchant} onChange={setMerchant} />
        <BankFields draft={merchant} onChange={setMerchant} />
        <fieldset className="group">
          <legend>{words.administrator}</legend>
          <div className="fields">
            <TextInput
              className="w6"
              label={words.userName}
              value={administrator.name}
              autoComplete="name"
              onChange={(event) => set({ name: event.currentTarget.value })}
            />
            <TextInput
              className="w6"
              label={words.login}
              value={administrator.login}
              autoComplete="username"
              autoCapitalize="none"
              onChange={(event) => set({ login: event.currentTarget.value })}
            />
            <PasswordInput
              className="w6"
              label={words.password}
              value={administrator.password}
              autoComplete="new-password"
              onChange={(event) => set({ password: event.currentTarget.value })}
            />
          </div>
        </fieldset>
        <Refused error={action.error} />
        {merchant !== emptyMerchant && <Gaps gaps={gaps} />}
        <Button type="submit" data-primary="" loading={action.isPending} disabled={!ready}>
          {words.submit}
        </Button>
      </form>
    </Front>
  )
}
