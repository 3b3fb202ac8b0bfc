import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PrintRequest } from '../server/documents/print-data.ts'
import {
  sampleCorrection,
  sampleDeliveryNote,
  sampleDownPayment,
  sampleFinalInvoice,
  sampleInvoice,
  samplePickList,
  sampleReturn,
} from '../server/documents/print-samples.ts'
import { closeRenderer, renderPdf } from '../server/documents/render.ts'

/* Draws every template in both languages, to be looked at: node tools/preview-documents.ts <folder> */

const folder = process.argv[2] ?? 'data/preview'

const previews: Record<string, PrintRequest> = {}
for (const language of ['de', 'en'] as const) {
  for (const lines of [1, 6, 40]) {
    previews[`delivery-note-${lines}-${language}`] = {
      template: 'delivery-note',
      data: sampleDeliveryNote(lines, language),
    }
  }
  previews[`delivery-note-draft-${language}`] = {
    template: 'delivery-note',
    data: { ...sampleDeliveryNote(3, language), draft: true },
  }
  previews[`pick-list-${language}`] = { template: 'pick-list', data: samplePickList(18, language) }
  previews[`return-note-${language}`] = { template: 'return-note', data: sampleReturn(language) }
  previews[`invoice-single-${language}`] = { template: 'invoice', data: sampleInvoice(4, 1, language) }
  previews[`invoice-collective-${language}`] = { template: 'invoice', data: sampleInvoice(60, 5, language) }
  previews[`down-payment-${language}`] = { template: 'invoice', data: sampleDownPayment(language) }
  previews[`final-invoice-${language}`] = { template: 'invoice', data: sampleFinalInvoice(language) }
  previews[`correction-${language}`] = { template: 'invoice', data: sampleCorrection(language) }
}
previews['invoice-1-de'] = { template: 'invoice', data: sampleInvoice(1) }
previews['invoice-200-de'] = { template: 'invoice', data: sampleInvoice(200, 20) }

await mkdir(folder, { recursive: true })
for (const [name, request] of Object.entries(previews)) {
  await writeFile(join(folder, `${name}.pdf`), await renderPdf(request))
}
await closeRenderer()
console.log(`${Object.keys(previews).length} documents in ${folder}`)
