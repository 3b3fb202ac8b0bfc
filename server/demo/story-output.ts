import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { decimalOfQuantity } from '../../common/quantity.ts'
import { listMovements } from '../../common/stock/api.ts'
import type { StoryClient } from './story-client.ts'

interface Entry {
  kind: string
  number: string
  file: string
  mimeType: string
}

/** Collects what arises in the story in one folder, with an index of all files. */
export class StoryOutput {
  private readonly directory: string
  private readonly client: StoryClient
  private readonly entries: Entry[] = []

  constructor(directory: string, client: StoryClient) {
    this.directory = directory
    this.client = client
    mkdirSync(directory, { recursive: true })
  }

  write(kind: string, number: string, file: string, mimeType: string, bytes: Uint8Array | string): void {
    writeFileSync(join(this.directory, file), bytes)
    this.entries.push({ kind, number, file, mimeType })
  }

  async note(number: string, documentId: string): Promise<void> {
    this.write('delivery-note', number, `${number}.pdf`, 'application/pdf', await this.client.file(documentId, 'pdf'))
    this.write(
      'despatch-advice',
      number,
      `${number}-despatch-advice.xml`,
      'application/xml',
      await this.client.file(documentId, 'despatch-advice'),
    )
  }

  async pickList(documentId: string): Promise<void> {
    this.write(
      'pick-list',
      `pick-list-${this.entries.length}`,
      `pick-list-${this.entries.length}.pdf`,
      'application/pdf',
      await this.client.file(documentId, 'pdf'),
    )
  }

  async invoice(
    kind: 'invoice' | 'collective-invoice' | 'correction',
    number: string,
    documentId: string,
  ): Promise<void> {
    this.write(kind, number, `${number}.pdf`, 'application/pdf', await this.client.file(documentId, 'pdf'))
    for (const syntax of ['xrechnung-ubl', 'xrechnung-cii']) {
      this.write(
        `${kind}-${syntax}`,
        number,
        `${number}-${syntax}.xml`,
        'application/xml',
        await this.client.file(documentId, syntax),
      )
    }
  }

  /** Every movement of the story as CSV, and the index last: when it is there, everything is. */
  async finish(): Promise<number> {
    const rows = ['Zeit;Artikel;von;nach;Menge;Grund;Beleg']
    for (let after: string | undefined; ; ) {
      const page = await this.client.call(listMovements, { limit: 200, ...(after ? { after } : {}) })
      for (const m of page.rows)
        rows.push(
          [
            m.at,
            m.articleNumber,
            m.from ?? '',
            m.to ?? '',
            decimalOfQuantity(m.quantity).replace('.', ','),
            m.reason,
            m.referenceNumber ?? m.note ?? '',
          ].join(';'),
        )
      if (page.next === null) break
      after = page.next
    }
    this.write(
      'stock-movements',
      'stock-movements',
      'stock-movements.csv',
      'text/csv',
      `\ufeff${rows.join('\r\n')}\r\n`,
    )
    writeFileSync(join(this.directory, 'index.json'), `${JSON.stringify(this.entries, null, 2)}\n`)
    return this.entries.length
  }
}
