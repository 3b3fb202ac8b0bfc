import type { z } from 'zod'
import { customerSending, type SentKind } from '../../common/customers/sending.ts'
import { saveSendingSettings as saveRoute } from '../../common/sending/api.ts'
import { openTestShop } from '../../tools/test-builders.ts'
import type { TestKernel } from '../../tools/test-kernel.ts'
import { fileMakers } from '../app/capabilities.ts'
import { type FileMakers, makeFiles } from '../documents/index.ts'
import type { Kernel } from '../kernel/index.ts'
import { dispatchEvents } from '../kernel/jobs.ts'
import type { SendingPace } from './deliver/pace.ts'
import { startSender } from './deliver/start-sender.ts'
import { sendingListener } from './queue-messages.ts'
import { saveSendingSettings } from './save-settings.ts'

export const quickPace: SendingPace = {
  leaseMs: 600,
  retryMs: 1,
  patience: { connectMs: 500, silentMs: 300, allMs: 500 },
}

export type SettingsInput = Partial<z.input<NonNullable<typeof saveRoute.body>>>

/** The real XML, and a page that takes no time to set. */
const quick =
  (kind: keyof FileMakers): FileMakers[keyof FileMakers] =>
  async (snapshot, format, database) =>
    format === 'pdf'
      ? {
          fileName: `${kind}.pdf`,
          mediaType: 'application/pdf',
          bytes: new TextEncoder().encode(JSON.stringify(snapshot)),
        }
      : fileMakers[kind](snapshot, format, database)
const kinds = Object.keys(fileMakers) as (keyof FileMakers)[]
const quickMakers = Object.fromEntries(kinds.map((kind) => [kind, quick(kind)])) as FileMakers

/** A shop, its mail server's settings, and the outbox without clockwork: a test says when it looks. */
export async function openOutbox(tresen: TestKernel, port: number) {
  const shop = await openTestShop(tresen)
  const { play, sql, kernel } = tresen
  const setUp = (change: SettingsInput = {}) =>
    play(
      saveSendingSettings,
      saveRoute.body!.parse({
        active: true,
        host: '127.0.0.1',
        port,
        security: 'none',
        fromAddress: 'rechnung@sperling.example',
        fromName: 'Sperling Eisenwaren',
        password: '',
        ...change,
      }),
    )
  await setUp()
  let sender = startSender(kernel, quickPace)
  return {
    shop,
    setUp,
    sender: () => sender,
    /** a customer who gets these documents by e-mail */
    customer: (
      addresses: string[],
      change: Record<string, unknown> = {},
      kinds: SentKind[] = ['invoice', 'correction'],
    ) => shop.customer({ sending: customerSending.parse({ kinds, addresses }), ...change }),
    /** another process takes over, the old one just stops existing */
    restart(of: Kernel = kernel, pace = quickPace) {
      sender = startSender(of, pace)
    },
    /** what was announced is queued, and the files are made */
    async queue() {
      while (await dispatchEvents(kernel, sendingListener)) {}
      const missing = await sql<{ id: string }>(
        'select d.id from documents.document d where (select count(*) from documents.file f where f.document_id = d.id) < cardinality(d.formats)',
      )
      for (const { id } of missing) await makeFiles(kernel, quickMakers, id)
    },
    /** once: what is due now is tried */
    async look() {
      sender.look()
      await sender.settle()
    },
    /** until nothing waits any more, or so many times */
    async untilQuiet(most = 60) {
      await this.queue()
      for (let i = 0; i < most; i++) {
        await this.look()
        const [left] = await sql<{ waiting: number }>(
          "select count(*)::int as waiting from sending.message where state = 'waiting'",
        )
        if (left!.waiting === 0) return
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    },
    messages: (documentId?: string) =>
      sql<Record<string, never>>(
        'select * from sending.message where $1::uuid is null or document_id = $1 order by id',
        [documentId ?? null],
      ) as Promise<unknown> as Promise<Stored[]>,
    attempts: (messageId: string) =>
      sql('select * from sending.attempt where message_id = $1 order by number', [
        messageId,
      ]) as Promise<unknown> as Promise<StoredAttempt[]>,
  }
}

interface Stored {
  id: string
  document_id: string
  number: string
  state: string
  problem: string | null
  recipients: string[]
  reached: string[]
  refused: string[]
  attempts: number
  tries: number
  message_id: string
  form: string
  subject: string
  body: string
  repeats: string | null
}
interface StoredAttempt {
  number: number
  outcome: string
  code: number | null
  answer: string | null
  attached: { format: string; sha256: string; bytes: number }[]
}

/** One header of a mail, unfolded. */
export function headerOf(content: string, name: string): string | undefined {
  const head = content.slice(0, content.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ')
  return head
    .split('\r\n')
    .find((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`))
    ?.slice(name.length + 1)
    .trim()
}
