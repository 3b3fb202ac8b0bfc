import type { z } from 'zod'
import { emailAddress } from '../../common/customers/sending.ts'
import type { saveSendingSettings, sendingSettings } from '../../common/sending/api.ts'

type Stored = z.output<typeof sendingSettings>
type Input = z.input<NonNullable<typeof saveSendingSettings.body>>

/** The mail server while it is being written; `password` null: as it was. */
export interface SendingDraft {
  active: boolean
  host: string
  port: number | undefined
  security: Stored['security']
  userName: string
  password: string | null
  fromName: string
  fromAddress: string
  replyTo: string
  bcc: string
  largestMegabytes: number | undefined
  texts: Stored['texts']
}

export const emptySending: SendingDraft = {
  active: true,
  host: '',
  port: 587,
  security: 'starttls',
  userName: '',
  password: null,
  fromName: '',
  fromAddress: '',
  replyTo: '',
  bcc: '',
  largestMegabytes: 20,
  texts: {},
}

export function sendingDraftOf({ passwordSet: _, passwordReadable: __, ...stored }: Stored): SendingDraft {
  const { userName = '', replyTo = '', bcc = '' } = stored
  return { ...stored, userName, replyTo, bcc, password: null }
}

/** A password that is kept is for the server it was given for. */
export function needsPasswordAgain(draft: SendingDraft, stored: Stored | null): boolean {
  if (!stored?.passwordSet || draft.password !== null) return false
  return draft.host.trim() !== stored.host || draft.port !== stored.port || draft.security !== stored.security
}

const isAddress = (text: string) => emailAddress.safeParse(text).success
export const isAddressOrNone = (text: string): boolean => text.trim() === '' || isAddress(text)

export function isWholeSending(draft: SendingDraft): boolean {
  return (
    /^[^\s/@]+$/.test(draft.host.trim()) &&
    draft.port !== undefined &&
    draft.largestMegabytes !== undefined &&
    draft.fromName.trim() !== '' &&
    isAddress(draft.fromAddress) &&
    isAddressOrNone(draft.replyTo) &&
    isAddressOrNone(draft.bcc) &&
    Object.values(draft.texts).every((kinds) => Object.values(kinds).every(({ subject }) => subject.trim() !== ''))
  )
}

export function sendingInputOf(draft: SendingDraft): Input {
  const { password, replyTo, bcc, userName, ...rest } = draft
  return {
    ...rest,
    host: draft.host.trim(),
    fromName: draft.fromName.trim(),
    port: draft.port ?? 587,
    largestMegabytes: draft.largestMegabytes ?? 20,
    ...(userName.trim() ? { userName: userName.trim() } : {}),
    ...(replyTo.trim() ? { replyTo: replyTo.trim() } : {}),
    ...(bcc.trim() ? { bcc: bcc.trim() } : {}),
    ...(password === null ? {} : { password }),
  }
}
