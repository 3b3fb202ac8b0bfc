import { fileURLToPath } from 'node:url'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { withFacturX } from './factur-x.ts'
import { printableBy, readFonts } from './fonts.ts'
import { pageData } from './page-data.ts'
import type { PrintRequest } from './print-data.ts'

/*
 * The child process that holds the Typst compiler: setting a page blocks the thread, and the compiler keeps memory, so
 * both happen where the server doesn't. Started and replaced by `render.ts`; ends with its parent.
 */

export interface RenderJob {
  id: number
  request: PrintRequest
}

export type RenderReply = { id: number; rss: number } & ({ pdf: Uint8Array } | { diagnostics: string[] })

/** Typst writes one standard's mark. PDF/A-3b is what Factur-X asks for; the tags of PDF/UA are in the file as well. */
const PDF_STANDARD = 'a-3b'

const templates = process.argv[2] ?? fileURLToPath(new URL('./templates', import.meta.url))
const fonts = readFonts()
const printable = printableBy(fonts)
const compiler = NodeCompiler.create({ workspace: templates, fontArgs: [{ fontBlobs: fonts }] })

process.on('message', async ({ id, request }: RenderJob) => {
  const outcome = await render(request).catch((error: unknown) => ({ diagnostics: [String(error)] }))
  // a parent that was killed meanwhile no longer listens
  process.send?.({ id, rss: process.memoryUsage.rss(), ...outcome } satisfies RenderReply, () => undefined)
  compiler.evictCache(2)
})
// Ctrl-C reaches the whole process group: the parent decides when its renderer may go
process.on('SIGINT', () => {})
process.on('disconnect', () => process.exit())

async function render(request: PrintRequest): Promise<{ pdf: Uint8Array } | { diagnostics: string[] }> {
  const data = JSON.stringify(await pageData(request), printableValue)
  const compiled = compiler.compile({ mainFilePath: `${templates}/${request.template}.typ`, inputs: { data } })
  // a warning (a face that's missing, a layout that doesn't settle) would be a page that isn't what was meant
  const problem = compiled.takeError() ?? compiled.takeWarnings()
  if (problem || !compiled.result)
    return { diagnostics: problem ? compiler.fetchDiagnostics(problem).map(describe) : [] }
  const pdf = compiler.pdf(compiled.result, { pdfStandard: PDF_STANDARD })
  const attachment = request.template === 'invoice' ? request.attachment : undefined
  return { pdf: attachment ? withFacturX(pdf, attachment.profile, attachment.name) : pdf }
}

/** Drawings and the structured invoice go through untouched, all other text as the font can draw it. */
const VERBATIM = new Set(['logoSvg', 'code', 'giroCode', 'xml'])

function printableValue(key: string, value: unknown): unknown {
  return typeof value === 'string' && !VERBATIM.has(key) ? printable(value) : value
}

interface Diagnostic {
  message: string
  path?: string
  range?: { start: { line: number; character: number } }
}

function describe({ message, path, range }: Diagnostic): string {
  const file = path?.split(/[\\/]/).at(-1)
  return file && range ? `${file}:${range.start.line + 1}:${range.start.character + 1}: ${message}` : message
}
