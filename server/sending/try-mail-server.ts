import { type Kernel, newId, refuseNow } from '../kernel/index.ts'
import { buildMail } from './deliver/build-mail.ts'
import { serverOf } from './deliver/deliver-message.ts'
import { type SendingPace, usualPace } from './deliver/pace.ts'
import { handOver, SmtpError } from './deliver/smtp.ts'
import { findSettings } from './store.ts'

const words = {
  de: {
    subject: 'Testmail von Tresen',
    text: 'Diese Mail hat Tresen mit dem eingerichteten Mailserver verschickt. Belege können so zu Ihren Kunden.',
  },
  en: {
    subject: 'Test mail of Tresen',
    text: 'Tresen has sent this mail with the server that is set up. Documents can go to your customers like this.',
  },
}

/** A mail to whoever sets up the server; what goes wrong is an answer. Refuses 'sending-not-set-up'. */
export async function tryMailServer(
  kernel: Kernel,
  { to, language }: { to: string; language: 'de' | 'en' },
  pace: SendingPace = usualPace,
): Promise<{ ok: boolean; code: number | null; answer: string }> {
  const settings = (await findSettings(kernel.database)) ?? refuseNow('sending-not-set-up')
  const server = serverOf(kernel, settings)
  if (server === null)
    return { ok: false, code: null, answer: 'the password can not be read with the key of this server' }
  const { fromAddress, fromName } = settings
  const mail = await buildMail({
    messageId: `<${newId()}@${fromAddress.split('@')[1]}>`,
    date: kernel.now(),
    language,
    from: { name: fromName, address: fromAddress },
    replyTo: settings.replyTo,
    to: [to],
    ...words[language],
    automatic: false,
    attachment: null,
  })
  try {
    const { code, answer, accepted } = await handOver(server, { from: fromAddress, to: [to] }, mail, pace.patience)
    return { ok: accepted.length > 0, code, answer }
  } catch (error) {
    if (!(error instanceof SmtpError)) throw error
    return { ok: false, code: error.trouble.responseCode, answer: error.trouble.answer }
  }
}
