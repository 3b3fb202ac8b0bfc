import { PasswordInput, Select, Switch, TextInput } from '@mantine/core'
import type { z } from 'zod'
import type { sendingSettings } from '../../common/sending/api.ts'
import { CountField } from '../ui/fields.tsx'
import { useWords } from '../words/words.ts'
import { isAddressOrNone, needsPasswordAgain, type SendingDraft } from './sending-draft.ts'

interface FieldsProps {
  draft: SendingDraft
  onChange: (draft: SendingDraft) => void
}

const usualPorts = { tls: 465, starttls: 587, none: 25 } as const

function portIn(text: string): number | undefined {
  const port = Number(text.replace(/\D/g, ''))
  return port >= 1 && port <= 65_535 ? port : undefined
}

/** Where mail is handed over, and who we are there. */
export function ServerFields({
  draft,
  stored,
  onChange,
}: FieldsProps & { stored: z.output<typeof sendingSettings> | null }) {
  const { w } = useWords()
  const words = w.sending.settings
  const set = (changes: Partial<SendingDraft>) => onChange({ ...draft, ...changes })
  const secure = (security: SendingDraft['security']) => {
    const isUsual = draft.port === undefined || Object.values<number>(usualPorts).includes(draft.port)
    set({ security, ...(isUsual ? { port: usualPorts[security] } : {}) })
  }
  const again = needsPasswordAgain(draft, stored)
  const lost = stored?.passwordSet === true && !stored.passwordReadable && draft.password === null
  return (
    <div className="stack">
      <Switch
        label={words.active}
        checked={draft.active}
        onChange={(event) => set({ active: event.currentTarget.checked })}
      />
      <div className="fields">
        <TextInput
          className="w6"
          label={words.host}
          value={draft.host}
          placeholder="smtp.example.com"
          maxLength={200}
          autoComplete="off"
          onChange={(event) => set({ host: event.currentTarget.value })}
        />
        <Select
          className="w4"
          label={words.security}
          value={draft.security}
          allowDeselect={false}
          data={Object.entries(words.securities).map(([value, label]) => ({ value, label }))}
          onChange={(value) => secure(value as SendingDraft['security'])}
        />
        <TextInput
          className="w2"
          label={words.port}
          value={draft.port === undefined ? '' : String(draft.port)}
          inputMode="numeric"
          maxLength={5}
          onChange={(event) => set({ port: portIn(event.currentTarget.value) })}
        />
        <TextInput
          className="w6"
          label={words.user}
          value={draft.userName}
          maxLength={200}
          autoComplete="off"
          onChange={(event) => set({ userName: event.currentTarget.value })}
        />
        <PasswordInput
          className="w6"
          label={words.password}
          value={draft.password ?? ''}
          placeholder={stored?.passwordSet && !again ? words.passwordKept : ''}
          autoComplete="new-password"
          maxLength={500}
          error={again ? words.passwordAgain : lost && words.passwordLost}
          onChange={(event) => set({ password: event.currentTarget.value || null })}
        />
      </div>
      {draft.security === 'none' && <p className="amber">{words.insecure}</p>}
    </div>
  )
}

/** Who the mails come from. */
export function SenderFields({ draft, onChange }: FieldsProps) {
  const { w } = useWords()
  const words = w.sending.settings
  const set = (changes: Partial<SendingDraft>) => onChange({ ...draft, ...changes })
  const fields = [
    ['fromAddress', words.fromAddress],
    ['replyTo', words.replyTo],
    ['bcc', words.bcc],
  ] as const
  return (
    <div className="fields">
      <TextInput
        className="w6"
        label={words.fromName}
        value={draft.fromName}
        maxLength={120}
        onChange={(event) => set({ fromName: event.currentTarget.value })}
      />
      {fields.map(([name, label]) => (
        <TextInput
          key={name}
          className="w6"
          type="email"
          label={label}
          value={draft[name]}
          maxLength={254}
          error={!isAddressOrNone(draft[name]) && w.sending.toWrong}
          onChange={(event) => set({ [name]: event.currentTarget.value })}
        />
      ))}
      <CountField
        className="w3"
        label={words.largest}
        value={draft.largestMegabytes}
        minimum={1}
        maximum={100}
        onChange={(largestMegabytes) => set({ largestMegabytes })}
      />
    </div>
  )
}
