import MailComposer from 'nodemailer/lib/mail-composer'
import { htmlOf } from '../rules/compose-mail.ts'

export interface Mail {
  messageId: string
  date: Date
  language: 'de' | 'en'
  from: { name: string; address: string }
  replyTo: string | null
  to: readonly string[]
  subject: string
  text: string
  /** nobody pressed a button for it: out-of-office replies are not wanted */
  automatic: boolean
  attachment: { fileName: string; mediaType: string; bytes: Buffer } | null
}

/**
 * The mail as bytes (RFC 5322): text, the same as a simple page, and the document. The same input gives the same bytes, so
 * that a mail that is sent again after a crash can be known by its Message-ID and is the same throughout.
 */
export function buildMail(mail: Mail): Promise<Buffer> {
  const { attachment } = mail
  const composer = new MailComposer({
    messageId: mail.messageId,
    date: mail.date,
    from: mail.from,
    to: mail.to.map((address) => ({ name: '', address })),
    ...(mail.replyTo ? { replyTo: { name: '', address: mail.replyTo } } : {}),
    subject: mail.subject,
    text: `${mail.text}\n`,
    html: htmlOf(mail.text, mail.language),
    ...(mail.automatic ? { headers: { 'Auto-Submitted': 'auto-generated' } } : {}),
    attachments: attachment
      ? [{ filename: attachment.fileName, contentType: attachment.mediaType, content: attachment.bytes }]
      : [],
    baseBoundary: mail.messageId.replace(/[^a-z0-9]/gi, '').slice(0, 32),
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return composer.compile().build()
}
