import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Route } from '../../../common/route.ts'
import type { Identity } from '../identity/sessions.ts'
import type { Kernel } from '../kernel.ts'
import { refuseNow } from '../refusal-error.ts'
import { type Actor, perform } from '../use-case.ts'
import { authorize, authorizeInput, createAuthenticator } from './authenticate.ts'
import type { Binding } from './binding.ts'
import { languageOf, sendError } from './problem.ts'

const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string(),
    facts: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Problem' })

const IMPORT_LIMIT = 25_000_000

/** Registers every route of the contracts: parse at the edge, who asks, may he, answer, problems in words. */
export function serveRoutes(app: FastifyInstance, kernel: Kernel, bindings: readonly Binding[]): void {
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  const authenticate = createAuthenticator(kernel.database)
  app.setErrorHandler((error, request, reply) => sendError(kernel, request, reply, error))
  const add = (scope: FastifyInstance, binding: Binding) => {
    const { route } = binding
    const identities = new WeakMap<FastifyRequest, Identity>()
    scope.route({
      method: route.method,
      url: route.path,
      schema: schemaOf(binding),
      ...limitOf(binding),
      onRequest: async (request) => {
        const identity = await authenticate(request)
        authorize(request, route, identity)
        if (identity) identities.set(request, identity)
      },
      handler: (request, reply) => answer(kernel, binding, request, reply, identities.get(request)),
    })
  }
  const takesBytes = (binding: Binding) => binding.kind === 'raw' && binding.bytes
  for (const binding of bindings) if (!takesBytes(binding)) add(app, binding)
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    for (const binding of bindings.filter(takesBytes)) add(scope, binding)
  })
}

/** How large a body may be where it is more than usual. */
function limitOf(binding: Binding): { bodyLimit?: number } {
  if (binding.kind === 'raw' && binding.largest !== undefined) return { bodyLimit: binding.largest }
  const { tag, path } = binding.route
  return tag === 'import' || path.endsWith('/import') ? { bodyLimit: IMPORT_LIMIT } : {}
}

async function answer(
  kernel: Kernel,
  binding: Binding,
  request: FastifyRequest,
  reply: FastifyReply,
  identity: Identity | undefined,
): Promise<unknown> {
  const asking = { identity, kernel }
  if (binding.kind === 'raw') return binding.handle(request, reply, asking)
  const input = inputOf(binding.route, request)
  authorizeInput(binding.route, request.body, identity)
  if (binding.kind === 'read') return binding.answer(kernel.database, input as never, asking)
  const key = idempotencyKey(request)
  const actor: Actor = identity ? { kind: identity.kind, id: identity.id } : { kind: 'system', id: null }
  return perform(
    kernel,
    {
      name: binding.name,
      actor,
      key,
      input: input as never,
      language: languageOf(request),
      confidential: binding.confidential,
    },
    binding.useCase,
  )
}

function inputOf(route: Route, request: FastifyRequest): unknown {
  const body = route.body ? request.body : {}
  if (route.body && (typeof body !== 'object' || body === null || Array.isArray(body)))
    return { ...(request.params as object), ...(request.query as object), body }
  return {
    ...(body as object),
    ...(route.query ? (request.query as object) : {}),
    ...(route.params ? (request.params as object) : {}),
  }
}

function idempotencyKey(request: FastifyRequest): string | undefined {
  const key = request.headers['idempotency-key']
  if (key === undefined) return undefined
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,120}$/.test(key))
    refuseNow('invalid-input', { problem: 'Idempotency-Key' })
  return key
}

function schemaOf({ route, kind }: Binding): object {
  return {
    summary: route.summary,
    tags: [route.tag],
    operationId: operationId(route),
    description: description(route),
    ...(route.params ? { params: route.params } : {}),
    ...(route.query ? { querystring: route.query } : {}),
    ...(route.body ? { body: route.body } : {}),
    response: { ...(kind === 'raw' ? {} : { 200: route.output }), '4xx': problemSchema, '5xx': problemSchema },
    ...(route.permission === 'public' ? {} : { security: [{ apiKey: [] }, { session: [] }] }),
  }
}

function operationId(route: Route): string {
  return `${route.method.toLowerCase()} ${route.path.replace(/^\/api\//, '').replace(/[:/]+/g, ' ')}`
    .trim()
    .replace(/[ -](\w)/g, (_, c: string) => c.toUpperCase())
}

function description(route: Route): string {
  const permission =
    route.permission === 'public'
      ? 'Needs no log-in.'
      : route.permission === 'logged-in'
        ? 'Needs a log-in or key.'
        : `Needs the permission \`${route.permission}\`${(route.also ?? []).map((a) => `, for some inputs also \`${a.permission}\``).join('')}.`
  return route.refusals.length === 0
    ? permission
    : `${permission} Refusals: ${route.refusals.map((r) => `\`${r}\``).join(', ')}.`
}
