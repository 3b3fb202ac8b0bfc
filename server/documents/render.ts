import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { PrintRequest } from './print-data.ts'
import type { RenderJob, RenderReply } from './renderer-process.ts'

/** A document that could not be set, with what the typesetter says about it. */
export class RenderError extends Error {
  readonly template: string
  readonly diagnostics: readonly string[]

  constructor(template: string, diagnostics: readonly string[]) {
    super(`${template}: ${diagnostics.join('; ') || 'no page came out'}`)
    this.name = 'RenderError'
    this.template = template
    this.diagnostics = diagnostics
  }
}

export interface RendererOptions {
  /** Typst never gives memory back: after so many documents or bytes the process is replaced */
  mostDocuments?: number
  mostBytes?: number
  timeoutMilliseconds?: number
  /** another folder of templates, for tests */
  templates?: string
}

export interface Renderer {
  render(request: PrintRequest): Promise<Uint8Array>
  /** sets what is still queued, then ends the process */
  close(): Promise<void>
  processId(): number | undefined
}

interface Waiting {
  request: PrintRequest
  resolve(pdf: Uint8Array): void
  reject(error: Error): void
}

const PROGRAM = fileURLToPath(new URL('./renderer-process.ts', import.meta.url))

/** A document of thousands of lines may take longer than one that hangs; a line takes a tenth of this. */
const MILLISECONDS_PER_LINE = 20

/**
 * A queue in front of one renderer process: one document after the other, as Typst uses every core by itself. A document
 * that fails, hangs or takes the process down is rejected alone; the next one gets a fresh process where needed.
 */
export function createRenderer(options: RendererOptions = {}): Renderer {
  const { mostDocuments = 1000, mostBytes = 400 * 2 ** 20, timeoutMilliseconds = 30_000, templates } = options
  const queue: Waiting[] = []
  let child: ChildProcess | undefined
  let current: (Waiting & { id: number; timer: NodeJS.Timeout }) | undefined
  let documents = 0
  let lastId = 0
  const idle: (() => void)[] = []

  function start(): ChildProcess {
    const started = fork(PROGRAM, templates ? [templates] : [], { serialization: 'advanced' })
    documents = 0
    started.on('message', (reply: RenderReply) => started === child && receive(reply))
    started.on('error', (error) => started === child && lost(error.message))
    started.on('exit', (code, signal) => started === child && lost(`the renderer ended (${signal ?? `code ${code}`})`))
    return started
  }

  function next(): void {
    if (current) return
    const waiting = queue.shift()
    if (!waiting) {
      if (child) keepAlive(child, false)
      for (const tell of idle.splice(0)) tell()
      return
    }
    child ??= start()
    keepAlive(child, true)
    const patience = timeoutMilliseconds + MILLISECONDS_PER_LINE * linesOf(waiting.request)
    const timer = setTimeout(() => lost(`not set after ${patience} ms`), patience)
    current = { ...waiting, id: ++lastId, timer }
    child.send(
      { id: current.id, request: waiting.request } satisfies RenderJob,
      (error) => error && lost(error.message),
    )
  }

  function receive(reply: RenderReply): void {
    const done = finish(reply.id)
    if (!done) return
    if ('pdf' in reply) done.resolve(reply.pdf)
    else done.reject(new RenderError(done.request.template, reply.diagnostics))
    documents += 1
    if (documents >= mostDocuments || reply.rss >= mostBytes) retire()
    next()
  }

  /** The process is gone or no longer answers: the document that it held is given up, the others go on. */
  function lost(reason: string): void {
    child?.kill('SIGKILL')
    child = undefined
    const done = current && finish(current.id)
    done?.reject(new RenderError(done.request.template, [reason]))
    next()
  }

  function finish(id: number): Waiting | undefined {
    if (current?.id !== id) return undefined
    const done = current
    clearTimeout(done.timer)
    current = undefined
    return done
  }

  /** Without its channel the process ends by itself. */
  function retire(): ChildProcess | undefined {
    const old = child
    child = undefined
    if (old?.connected) old.disconnect()
    return old
  }

  return {
    render: (request) =>
      new Promise((resolve, reject) => {
        queue.push({ request, resolve, reject })
        next()
      }),
    async close() {
      if (current || queue.length > 0) await new Promise<void>((resolve) => idle.push(resolve))
      const old = retire()
      if (!old || old.exitCode !== null || old.signalCode !== null) return
      old.ref()
      await once(old, 'exit')
    },
    processId: () => child?.pid,
  }
}

function linesOf(request: PrintRequest): number {
  switch (request.template) {
    case 'delivery-note':
      return request.data.note.lines.length
    case 'pick-list':
    case 'return-note':
      return request.data.lines.length
    case 'invoice':
      return request.data.invoice.lines.length
  }
}

/** A renderer at rest must not keep a program running that is otherwise done. */
function keepAlive(child: ChildProcess, yes: boolean): void {
  if (yes) {
    child.ref()
    child.channel?.ref()
  } else {
    child.unref()
    child.channel?.unref()
  }
}

let shared: Renderer | undefined

/** Sets one document and returns the PDF/A-3b; the same data give the same bytes. Started with the first document. */
export function renderPdf(request: PrintRequest): Promise<Uint8Array> {
  shared ??= createRenderer()
  return shared.render(request)
}

export async function closeRenderer(): Promise<void> {
  const old = shared
  shared = undefined
  await old?.close()
}
