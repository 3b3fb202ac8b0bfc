import type { AddressInfo } from 'node:net'
import {
  AddressBasedTaxZoneStrategy,
  bootstrap,
  ConfigService,
  DefaultJobQueuePlugin,
  DefaultLogger,
  JobQueueService,
  LanguageCode,
  LogLevel,
  PaymentMethodHandler,
  TransactionalConnection,
  type VendureConfig,
} from '@vendure/core'
import { TresenPlugin } from '../../plugins/vendure/src/index.ts'
import type { ShopProcessOptions } from './start-shop.ts'

/*
 * A real Vendure in a process of its own, as a merchant would run it: node shop-process.ts <options as JSON>. Says its
 * port to the process that started it, and ends with it.
 */

const options = JSON.parse(process.argv[2]!) as ShopProcessOptions

/** A way to pay that collects its money itself, at once: what a card provider's plugin does. */
const cardPayment = new PaymentMethodHandler({
  code: 'kartenzahlung',
  description: [{ languageCode: LanguageCode.de, value: 'Kartenzahlung' }],
  args: {},
  createPayment: (_ctx, order, amount) => ({ amount, state: 'Settled', transactionId: `karte-${order.code}` }),
  settlePayment: () => ({ success: true }),
})

/** What a shop without our plugin has for buying on account. */
const onlyNoted = new PaymentMethodHandler({
  code: 'nur-vorgemerkt',
  description: [{ languageCode: LanguageCode.de, value: 'Nur vorgemerkt' }],
  args: {},
  createPayment: (_ctx, _order, amount) => ({ amount, state: 'Authorized' }),
  settlePayment: () => ({ success: true }),
})

const text = (name: string) => ({ name, type: 'string' as const, nullable: true })

const config: VendureConfig = {
  apiOptions: { port: options.port, hostname: '127.0.0.1', cors: true },
  authOptions: {
    tokenMethod: options.tokenMethod,
    requireVerification: false,
    superadminCredentials: { identifier: options.admin.username, password: options.admin.password },
  },
  dbConnectionOptions: options.databaseUrl
    ? { type: 'postgres', url: options.databaseUrl, synchronize: true, logging: false }
    : { type: 'sqljs', synchronize: true, logging: false },
  defaultLanguageCode: LanguageCode.de,
  taxOptions: { taxZoneStrategy: new AddressBasedTaxZoneStrategy() },
  paymentOptions: { paymentMethodHandlers: [cardPayment, onlyNoted] },
  // fields a German merchant adds; a plain Vendure has none for the VAT id and the buyer's order number
  customFields: { Order: [text('bestellnummer')], Address: [text('ustIdNr')], Customer: [text('ustIdNr')] },
  logger: new DefaultLogger({ level: LogLevel.Error, timestamp: false }),
  plugins: [
    // jobs in the shop's own database, as the plugin's README advises
    DefaultJobQueuePlugin.init({
      pollInterval: 50,
      backoffStrategy: (_queue, attempts) => Math.min(100 * 2 ** attempts, 60_000),
    }),
    ...(options.plugin ? [TresenPlugin.init(options.plugin)] : []),
  ],
}

const app = await bootstrap(config)
await app.get(JobQueueService).start()
process.send!({ port: (app.getHttpServer().address() as AddressInfo).port })
process.on('message', async (message: { sql?: string; forgetSessions?: boolean }) => {
  if (message.sql) await app.get(TransactionalConnection).rawConnection.query(message.sql)
  if (message.forgetSessions) await app.get(ConfigService).authOptions.sessionCacheStrategy.clear()
  process.send!({ done: true })
})
process.on('disconnect', () => process.exit())
process.on('SIGINT', () => undefined) // the process that started us says when
