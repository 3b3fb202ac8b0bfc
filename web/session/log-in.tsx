import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Navigate, useNavigate, useSearch } from '@tanstack/react-router'
import { type FormEvent, useEffect, useState } from 'react'
import { getSetUp } from '../../common/branches/api.ts'
import { getMe, logIn } from '../../common/kernel/api.ts'
import { keyOf, useAction, useLoad } from '../load.ts'
import { Refused } from '../ui/states.tsx'
import { useWords } from '../words/words.ts'
import { Front } from './front.tsx'

export function LogIn() {
  const { w } = useWords()
  const { to, ended } = useSearch({ from: '/log-in' })
  const client = useQueryClient()
  const navigate = useNavigate()
  const setUp = useLoad(getSetUp, {})
  const [login, setLogin] = useState('')
  const [password, setPassword] = useState('')
  const action = useAction(logIn, (me) => {
    client.clear()
    client.setQueryData(keyOf(getMe, {}), me)
    void navigate({ href: to?.startsWith('/') && !to.startsWith('//') ? to : '/', replace: true })
  })
  useEffect(() => {
    document.title = `${w.session.title} · Tresen`
  }, [w])
  if (setUp.data?.done === false) return <Navigate to="/set-up" replace />
  const submit = (event: FormEvent) => {
    event.preventDefault()
    action.mutate({ login, password })
  }
  return (
    <Front>
      <form className="stack-wide" onSubmit={submit}>
        <h1>{w.session.title}</h1>
        {ended && !action.error && <p className="quiet">{w.session.ended}</p>}
        <div className="stack">
          <TextInput
            label={w.session.login}
            value={login}
            onChange={(event) => setLogin(event.currentTarget.value)}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
            required
            withAsterisk={false}
          />
          <PasswordInput
            label={w.session.password}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            autoComplete="current-password"
            required
            withAsterisk={false}
          />
        </div>
        <Refused error={action.error} />
        <Button type="submit" data-primary="" loading={action.isPending} fullWidth>
          {w.session.logIn}
        </Button>
      </form>
    </Front>
  )
}
