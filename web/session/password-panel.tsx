import { PasswordInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { changeOwnPassword } from '../../common/kernel/api.ts'
import { useAction } from '../load.ts'
import { Panel } from '../ui/panel.tsx'
import { useWords } from '../words/words.ts'

/** The own password, changed by whoever it belongs to. */
export function PasswordPanel({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const words = useWords().w.session
  const [old, setOld] = useState('')
  const [fresh, setFresh] = useState('')
  const [again, setAgain] = useState('')
  const close = () => {
    setOld('')
    setFresh('')
    setAgain('')
    onClose()
  }
  const action = useAction(changeOwnPassword, () => {
    notifications.show({ message: words.passwordChanged })
    close()
  })
  const differs = again !== '' && again !== fresh
  return (
    <Panel
      title={words.changePassword}
      opened={opened}
      onClose={close}
      submit={words.changePassword}
      onSubmit={() => action.mutate({ oldPassword: old, newPassword: fresh })}
      busy={action.isPending}
      disabled={old === '' || fresh === '' || again !== fresh}
      error={action.error}
      foot={words.passwordHint}
    >
      <PasswordInput
        label={words.oldPassword}
        value={old}
        autoComplete="current-password"
        data-autofocus
        onChange={(event) => setOld(event.currentTarget.value)}
      />
      <PasswordInput
        label={words.newPassword}
        value={fresh}
        autoComplete="new-password"
        onChange={(event) => setFresh(event.currentTarget.value)}
      />
      <PasswordInput
        label={words.newPasswordAgain}
        value={again}
        autoComplete="new-password"
        error={differs && words.passwordsDiffer}
        onChange={(event) => setAgain(event.currentTarget.value)}
      />
    </Panel>
  )
}
