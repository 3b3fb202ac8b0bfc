import { spawn } from 'node:child_process'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { readFonts } from './fonts.ts'
import { pageData } from './page-data.ts'
import type { PrintRequest } from './print-data.ts'
import {
  sampleCorrection,
  sampleDeliveryNote,
  sampleDownPayment,
  sampleFinalInvoice,
  sampleInvoice,
  samplePickList,
  sampleReturn,
} from './print-samples.ts'
import { createRenderer, RenderError, type Renderer, type RendererOptions } from './render.ts'
import { pagesOf, plainOf, textOfPdf } from './test-pdf.ts'

const TEMPLATES = fileURLToPath(new URL('./templates', import.meta.url))
const renderer = createRenderer()
afterAll(() => renderer.close())

const LANGUAGES = ['de', 'en'] as const
const samples = LANGUAGES.flatMap((language): [string, PrintRequest][] => [
  [`delivery note (${language})`, { template: 'delivery-note', data: sampleDeliveryNote(8, language) }],
  [`pick list (${language})`, { template: 'pick-list', data: samplePickList(8, language) }],
  [`invoice (${language})`, { template: 'invoice', data: sampleInvoice(8, 2, language) }],
  [`return note (${language})`, { template: 'return-note', data: sampleReturn(language) }],
  [`down payment (${language})`, { template: 'invoice', data: sampleDownPayment(language) }],
  [`final invoice (${language})`, { template: 'invoice', data: sampleFinalInvoice(language) }],
  [`correction (${language})`, { template: 'invoice', data: sampleCorrection(language) }],
])

describe('every document', () => {
  test.each(samples)('is a tagged PDF/A-3 with language and title: %s', async (_, request) => {
    const plain = plainOf(await renderer.render(request))
    expect(plain).toContain('<pdfaid:part>3</pdfaid:part>')
    expect(plain).toMatch(request.data.language === 'de' ? /\/Lang \(de-DE\)/ : /\/Lang \(en-GB\)/)
    expect(plain).toContain('/StructTreeRoot')
    expect(plain).toMatch(/<dc:title><rdf:Alt><rdf:li xml:lang="x-default">[^<]*-2026-/)
  })

  test.each(samples)('keeps the rules for accessible PDF that the typesetter knows: %s', async (_, request) => {
    const compiler = NodeCompiler.create({ workspace: TEMPLATES, fontArgs: [{ fontBlobs: readFonts() }] })
    const inputs = { data: JSON.stringify(await pageData(request)) }
    const { result } = compiler.compile({ mainFilePath: join(TEMPLATES, `${request.template}.typ`), inputs })
    for (const pdfStandard of ['ua-1', 'a-3a']) expect(compiler.pdf(result!, { pdfStandard }).length).toBeGreaterThan(0)
  })

  test.each(samples)('comes out in the same bytes from the same data: %s', async (_, request) => {
    const first = await renderer.render(request)
    const other = createRenderer()
    const second = await other.render(structuredClone(request))
    await other.close()
    expect(Buffer.compare(Buffer.from(first), Buffer.from(second))).toBe(0)
  })

  test.each(samples)('never says Gutschrift, which in German tax law is something else: %s', async (_, request) => {
    expect(textOfPdf(await renderer.render(request))).not.toMatch(/gutschrift/i)
  })
})

describe('delivery note', () => {
  test('says what was ordered, delivered and is open, for whom, and has no prices', async () => {
    const data = sampleDeliveryNote(2)
    const text = textOfPdf(await renderer.render({ template: 'delivery-note', data }))
    for (const part of [
      'Lieferschein LS-2026-000123',
      'Bäckerei Süß & Söhne OHG',
      '4500017733',
      '#10471',
      '04.11.2026',
    ]) {
      expect(text).toContain(part)
    }
    for (const part of ['Bestellt', 'Geliefert', 'Offen', '4006381333931', '48,25 kg', 'Unterschrift', '§ 449 BGB']) {
      expect(text).toContain(part)
    }
    expect(text).not.toContain('€')
  })

  test('groups the lines by order where it delivers several', async () => {
    const text = textOfPdf(await renderer.render({ template: 'delivery-note', data: sampleDeliveryNote(8) }))
    expect(text).toContain('Auftrag AU-2026-000311 (#10471) vom 29.10.2026')
    expect(text).toContain('Auftrag AU-2026-000318 vom 02.11.2026')
  })

  test('is marked as a draft on every page until it is issued, and has no number to scan', async () => {
    const pages = pagesOf(
      await renderer.render({ template: 'delivery-note', data: { ...sampleDeliveryNote(40), draft: true } }),
    )
    expect(pages.length).toBeGreaterThan(1)
    for (const page of pages) expect(page).toContain('Entwurf')
    expect(pages.join()).not.toContain('LS-2026-000123')
  })
})

describe('pick list', () => {
  test('leads to the shelf and says how many of what', async () => {
    const text = textOfPdf(await renderer.render({ template: 'pick-list', data: samplePickList(3) }))
    for (const part of ['Pickliste LS-2026-000123', 'Lager Nord', 'A10-1', '100-4060', '200', '800', 'Entnommen']) {
      expect(text).toContain(part)
    }
  })

  test('is drawn without a bar code where its name is no number to scan', async () => {
    const data = { ...samplePickList(1), number: 'Entwurf für Frau Süß' }
    expect(textOfPdf(await renderer.render({ template: 'pick-list', data }))).toContain(
      'Pickliste Entwurf für Frau Süß',
    )
  })
})

describe('invoice', () => {
  test('says what the law asks for: net, tax and gross per rate, the day of supply, the terms', async () => {
    const text = textOfPdf(await renderer.render({ template: 'invoice', data: sampleInvoice(4) }))
    for (const part of [
      'Rechnung RE-2026-000123',
      '07.11.2026',
      '03.11.2026',
      '204,40',
      '38,84',
      '243,24',
      '243,24 €',
    ]) {
      expect(text).toContain(part)
    }
    expect(text).toContain('Bei Zahlung bis 17.11.2026 ziehen Sie 2 % Skonto ab (4,86 €) und zahlen 238,38 €.')
    expect(text).toContain('07.12.2026')
    expect(text).toContain('DE89 3704 0044 0532 0130 00')
  })

  test('writes figures the English way in English', async () => {
    const text = textOfPdf(await renderer.render({ template: 'invoice', data: sampleInvoice(60, 5, 'en') }))
    for (const part of ['Invoice RE-2026-000123', '€5,419.01', '3 November 2026', '19%', '37.5'])
      expect(text).toContain(part)
  })

  test('over several delivery notes names each with its day above its lines', async () => {
    const text = textOfPdf(await renderer.render({ template: 'invoice', data: sampleInvoice(60, 5) }))
    for (let i = 0; i < 5; i++) expect(text).toContain(`Lieferschein LS-2026-00012${3 + i} vom 0${3 + i}.11.2026`)
    expect(text).toContain('03.11.2026 – 07.11.2026')
  })

  test('carries the sum of the lines over to the next page', async () => {
    const data = sampleInvoice(200, 20)
    const pages = pagesOf(await renderer.render({ template: 'invoice', data }))
    expect(pages[0]).not.toContain('Übertrag')
    const linesUpTo = (i: number) => data.invoice.lines.slice(0, i)
    const sums = data.invoice.lines.map((_, i) => linesUpTo(i).reduce((sum, line) => sum + line.net, 0))
    for (const [i, page] of pages.slice(1, -1).entries()) {
      const lastOnPageBefore = sums.indexOf(centsAfter(page, 'Übertrag\n'))
      expect(pages[i]).toContain(`\n${lastOnPageBefore}\n`)
      expect(page).toContain(`\n${lastOnPageBefore + 1}\n`)
    }
    expect(pages.at(-1)).toContain(`Seite ${pages.length} von ${pages.length}`)
  })

  test('shows no table of noughts where no tax is charged, but says why', async () => {
    const data = sampleInvoice(1)
    const { invoice } = data
    invoice.lines[0]!.vatCategory = 'E'
    invoice.vatBreakdown = [{ net: 1700, vat: 0, category: 'E', rate: 0 }]
    Object.assign(invoice.totals, { vat: 0, gross: 1700, amountDue: 1700 })
    data.texts.smallBusiness = 'Kein Ausweis von Umsatzsteuer, da Kleinunternehmer nach § 19 UStG.'
    const text = textOfPdf(await renderer.render({ template: 'invoice', data }))
    expect(text).toContain('§ 19 UStG')
    expect(text).not.toContain('Steuer €')
  })

  test('asks nobody to pay what is paid', async () => {
    const data = sampleInvoice(1)
    data.invoice.payment = { meansCode: '48', meansText: 'Karte' }
    Object.assign(data.invoice.totals, { prepaid: data.invoice.totals.gross, amountDue: 0 })
    data.skonto = []
    data.epcText = undefined
    const text = textOfPdf(await renderer.render({ template: 'invoice', data }))
    expect(text).toContain('Der Betrag ist bezahlt (Karte).')
    expect(text).not.toContain('Zahlbar')
  })

  test('tells whose account is debited by which mandate', async () => {
    const data = sampleInvoice(1)
    const directDebit = {
      mandateReference: 'M-17',
      creditorId: 'DE98ZZZ09999999999',
      debtorIban: 'DE02120300000000202051',
    }
    data.invoice.payment = { meansCode: '59', directDebit }
    const text = textOfPdf(await renderer.render({ template: 'invoice', data }))
    for (const part of ['DE02 … 2051', 'M-17', 'DE98ZZZ09999999999']) expect(text).toContain(part)
    expect(text).not.toContain('DE02120300000000202051')
  })

  test('can be printed whatever characters a name has', async () => {
    const data = sampleInvoice(1)
    data.invoice.buyer.name = '漢字 🍕 #let x = 1 $y$ *z* \\ "quoted" <b>'
    expect(textOfPdf(await renderer.render({ template: 'invoice', data }))).toContain(
      '□□ □ #let x = 1 $y$ *z* \\ "quoted" <b>',
    )
  })

  test('lets the article number be copied whole, however long it is', async () => {
    const data = sampleInvoice(1)
    data.invoice.lines[0]!.articleNumber = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
    const text = textOfPdf(await renderer.render({ template: 'invoice', data }))
    expect(text.replaceAll('\n', '')).toContain('ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789')
  })
})

describe('final invoice', () => {
  test('shows the delivery, each down payment with its tax, and what remains, before the sum to pay', async () => {
    const text = textOfPdf(await renderer.render({ template: 'invoice', data: sampleFinalInvoice() }))
    const order = ['Lieferung insgesamt', '276,37', 'Abzüglich geleisteter Anzahlungen', 'RE-2026-000101', '−8,83']
    const at = [...order, 'RE-2026-000102', 'Restbetrag', '114,39 €'].map((part) => text.indexOf(part))
    expect(at).not.toContain(-1)
    expect(at).toEqual([...at].sort((a, b) => a - b))
  })
})

describe('correction', () => {
  test('says at its top which invoice it corrects and why, and asks for no payment', async () => {
    const text = textOfPdf(await renderer.render({ template: 'invoice', data: sampleCorrection() }))
    for (const part of [
      'Rechnungskorrektur RK-2026-000009',
      'RE-2026-000123',
      'Rückgabe von einem Hammer',
      '−156,84 €',
    ]) {
      expect(text).toContain(part)
    }
    expect(text.indexOf('Rückgabe')).toBeLessThan(text.indexOf('Bezeichnung'))
    expect(text).not.toContain('Zahlbar')
  })
})

describe('the renderer', () => {
  const opened: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    for (const close of opened.splice(0)) await close()
  })

  function open(options: RendererOptions): Renderer {
    const own = createRenderer(options)
    opened.push(() => own.close())
    return own
  }

  /** The templates with the pick list replaced by something that can't be set. */
  async function withPickList(source: string): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'templates-'))
    opened.push(() => rm(folder, { recursive: true }))
    await cp(TEMPLATES, folder, { recursive: true })
    await writeFile(join(folder, 'pick-list.typ'), source)
    return folder
  }

  const pickList: PrintRequest = { template: 'pick-list', data: samplePickList(1) }
  const note: PrintRequest = { template: 'delivery-note', data: sampleDeliveryNote(1) }

  test('rejects a document that cannot be set with the place and the reason, and sets the next one', async () => {
    const own = open({ templates: await withPickList('Text\n#(1 / 0)') })
    const broken = own.render(pickList)
    const next = own.render(note)
    await expect(broken).rejects.toThrow(RenderError)
    await expect(broken).rejects.toThrow('pick-list: pick-list.typ:2:3: cannot divide by zero')
    expect((await next).length).toBeGreaterThan(0)
  })

  test('rejects a face that is not shipped rather than taking another one', async () => {
    const own = open({ templates: await withPickList('#set text(font: "Comic Sans")\nText') })
    await expect(own.render(pickList)).rejects.toThrow(/unknown font family: comic sans/)
  })

  test('rejects a character that is missing in the face with its name', async () => {
    const own = open({
      templates: await withPickList('#set document(date: none)\n#text(font: "Source Sans 3", fallback: false)[漢]'),
    })
    await expect(own.render(pickList)).rejects.toThrow(/could not be displayed/)
  })

  test('gives up a document that hangs and goes on with a new process', async () => {
    const hanging = '#for a in range(100000) { for b in range(100000) { let c = a * b } }'
    const own = open({ templates: await withPickList(hanging), timeoutMilliseconds: 4_000 })
    const hung = own.render(pickList)
    const next = own.render(note)
    const first = own.processId()
    await expect(hung).rejects.toThrow(/not set after 4020 ms/)
    expect((await next).length).toBeGreaterThan(0)
    expect(own.processId()).not.toBe(first)
  })

  test('loses only the document at work when its process is killed', async () => {
    const own = open({})
    await own.render(note)
    const killed = own.render(note)
    const next = own.render(note)
    process.kill(own.processId()!, 'SIGKILL')
    await expect(killed).rejects.toThrow(/the renderer ended \(SIGKILL\)/)
    expect((await next).length).toBeGreaterThan(0)
  })

  test('takes a new process after a number of documents, and when it has grown too big', async () => {
    const byNumber = open({ mostDocuments: 2 })
    const used = new Set<number>()
    for (let i = 0; i < 4; i++) {
      const pdf = byNumber.render(note)
      used.add(byNumber.processId()!)
      await pdf
    }
    expect(used.size).toBe(2)
    const bySize = open({ mostBytes: 1 })
    await bySize.render(note)
    expect(bySize.processId()).toBeUndefined()
  })

  test('sets what is queued before it closes, and can be used again', async () => {
    const own = open({})
    const pending = Promise.all([own.render(note), own.render(pickList)])
    await own.close()
    expect((await pending).map((pdf) => pdf.length > 0)).toEqual([true, true])
    expect(own.processId()).toBeUndefined()
    expect((await own.render(note)).length).toBeGreaterThan(0)
  })

  test('leaves no process behind when the server is killed', async () => {
    const program = `(async () => {
      const { createRenderer } = await import(${JSON.stringify(new URL('./render.ts', import.meta.url).href)})
      const { samplePickList } = await import(${JSON.stringify(new URL('./print-samples.ts', import.meta.url).href)})
      const renderer = createRenderer()
      await renderer.render({ template: 'pick-list', data: samplePickList(1) })
      console.log(renderer.processId())
      setInterval(() => {}, 1000)
    })()`
    const server = spawn(process.execPath, ['-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const renderingProcess = await new Promise<number>((resolve) =>
      server.stdout.once('data', (pid) => resolve(Number(pid))),
    )
    expect(isAlive(renderingProcess)).toBe(true)
    server.kill('SIGKILL')
    await expect.poll(() => isAlive(renderingProcess), { timeout: 5000 }).toBe(false)
  })
})

function isAlive(processId: number): boolean {
  try {
    return process.kill(processId, 0)
  } catch {
    return false
  }
}

function centsAfter(page: string, label: string): number {
  const [figure] = page.slice(page.indexOf(label) + label.length).split('\n')
  return Number(figure!.replace(/\D/g, ''))
}
