import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'

const description = `Amounts are whole cents, quantities whole thousandths of the unit, unit prices ten-thousandths of a euro, rates hundredths of a percent.
Changing requests take an \`Idempotency-Key\`: the same key with the same input gets the first answer again. Errors are problems (RFC 9457) with a \`code\`, its \`facts\` and words in the language of \`Accept-Language\` (de, en). Lists are paged with \`limit\` and \`after\`.`

/** OpenAPI 3.1 at /openapi.json, made from the contracts, and a page at /api-docs to read and try it. */
export async function serveOpenApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Tresen', version: '1', description },
      components: {
        securitySchemes: {
          apiKey: { type: 'http', scheme: 'bearer' },
          session: { type: 'apiKey', in: 'cookie', name: 'tresen_session' },
        },
      },
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  })
  await app.register(swaggerUi, { routePrefix: '/api-docs', staticCSP: true })
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger())
}
