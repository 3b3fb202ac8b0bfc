import {
  EventBus,
  JobQueueService,
  PluginCommonModule,
  TransactionalConnection,
  VendurePlugin,
  type VendurePluginMetadata,
} from '@vendure/core'
import { deliveryNotePayment } from './delivery-note-payment.ts'
import { mayBuy } from './may-buy.ts'
import { completeOptions, type FullOptions, type TresenOptions } from './options.ts'
import { sendHooks } from './send-hooks.ts'
import { shipBeforePayment } from './ship-before-payment.ts'

export type { TresenOptions } from './options.ts'

let options: FullOptions | undefined
const given = (): FullOptions => {
  if (!options) throw new Error('TresenPlugin is used without init')
  return options
}

/**
 * Connects a Vendure shop with Tresen: the payment method "Kauf auf Lieferschein" with Tresen's word on who may use it,
 * shipping before payment, and signed hooks. Stock, deliveries and payments come from Tresen through the Admin API.
 */
export class TresenPlugin {
  readonly #eventBus: EventBus
  readonly #jobs: JobQueueService
  readonly #connection: TransactionalConnection

  constructor(eventBus: EventBus, jobs: JobQueueService, connection: TransactionalConnection) {
    this.#eventBus = eventBus
    this.#jobs = jobs
    this.#connection = connection
  }

  static init(own: TresenOptions): typeof TresenPlugin {
    options = completeOptions(own)
    return TresenPlugin
  }

  async onApplicationBootstrap(): Promise<void> {
    await sendHooks(given(), this.#eventBus, this.#jobs, this.#connection)
  }
}

const configuration: VendurePluginMetadata['configuration'] = (config) => {
  config.paymentOptions.paymentMethodHandlers.push(deliveryNotePayment)
  config.paymentOptions.paymentMethodEligibilityCheckers = [
    ...(config.paymentOptions.paymentMethodEligibilityCheckers ?? []),
    mayBuy(given),
  ]
  config.orderOptions.process = [...(config.orderOptions.process ?? []), shipBeforePayment]
  return config
}

// Decorators as calls, so that the source runs in Node without being compiled: types can be stripped, decorators can't.
const reflect = Reflect as unknown as { defineMetadata(key: string, value: unknown, target: object): void }
reflect.defineMetadata('design:paramtypes', [EventBus, JobQueueService, TransactionalConnection], TresenPlugin)
VendurePlugin({ imports: [PluginCommonModule], compatibility: '^3.7.0', configuration })(TresenPlugin)
