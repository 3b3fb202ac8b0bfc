import { z } from 'zod'
import { byId, id, nothing, priceMode, route, text, word } from '../route.ts'

export const bankAccount = z.object({
  iban: z.string().regex(/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/),
  bic: z
    .string()
    .regex(/^[A-Z0-9]{8}([A-Z0-9]{3})?$/)
    .optional(),
  bankName: text(120).optional(),
  holder: text(140).optional(),
})

/** The merchant: one company per installation. Everything § 14 (4) UStG and § 35a GmbHG want on paper. */
export const merchant = z
  .object({
    name: word(200),
    tradingName: text(200).optional(),
    street: word(200),
    postalCode: word(20),
    city: word(120),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .default('DE'),
    taxNumber: text(40).optional(),
    vatId: z
      .string()
      .regex(/^[A-Z]{2}[A-Z0-9]{2,13}$/)
      .optional(),
    registerEntry: text(120).optional(),
    creditorId: z
      .string()
      .regex(/^[A-Z]{2}\d{2}[A-Z0-9]{3}[A-Z0-9]{1,28}$/)
      .optional()
      .describe('SEPA creditor identifier (Gläubiger-ID), for direct debits'),
    legalForm: text(200).optional(),
    directors: text(200).optional(),
    contactName: word(120),
    phone: word(60),
    email: word(254),
    website: text(200).optional(),
    bankAccounts: z.array(bankAccount).min(1).max(5),
    logoSvg: z.string().max(200_000).optional(),
    accentColor: z
      .string()
      .regex(/^#[0-9a-fA-F]{6}$/)
      .default('#0B6E69'),
    smallBusiness: z.boolean().default(false).describe('§ 19 UStG: no VAT is shown'),
    texts: z
      .object({
        deliveryNote: text(1000).optional(),
        invoiceIntro: text(1000).optional(),
        invoiceClosing: text(1000).optional(),
        retentionOfTitle: text(1000).optional(),
      })
      .default({}),
    overdueDaysLimit: z
      .int()
      .min(0)
      .max(365)
      .default(30)
      .describe('a customer overdue beyond this gets no more goods on delivery note'),
    returnDays: z
      .int()
      .min(0)
      .max(3650)
      .default(90)
      .describe('deliveries of so many days back are looked through for goods that come back'),
    publicAddress: z
      .string()
      .max(200)
      .regex(/^https?:\/\/[^\s/?#@]+(\/[^\s?#]*[^\s?#/])?$/)
      .optional()
      .describe('where customers reach Tresen from outside, without a slash at the end: what their links begin with'),
    linkDays: z.int().min(1).max(730).default(90).describe('so long a link for a customer can be opened'),
  })
  .meta({ id: 'Merchant' })
export type Merchant = z.output<typeof merchant>

export const branch = z
  .object({
    id,
    code: word(20),
    name: word(120),
    street: text(200).optional(),
    postalCode: text(20).optional(),
    city: text(120).optional(),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .default('DE'),
    active: z.boolean().default(true),
  })
  .meta({ id: 'Branch' })
export const stockLocation = z
  .object({
    id,
    code: word(20),
    name: word(120),
    branchId: id,
    active: z.boolean().default(true),
    purpose: z
      .enum(['sale', 'quarantine', 'scrap', 'supplier'])
      .optional()
      .describe('what lies there; only places for sale serve channels. Left out: as it was, at first for sale'),
  })
  .meta({ id: 'StockLocation' })
export const paymentMethod = z.enum([
  'on-delivery-note',
  'on-invoice',
  'prepayment',
  'cash-on-delivery',
  'direct-debit',
])
export const channel = z
  .object({
    id,
    code: word(40),
    name: word(120),
    kind: z.enum(['web-shop', 'branch', 'phone']),
    priceMode: priceMode.default('net'),
    locations: z.array(id).min(1).max(50).describe('stock locations that serve this channel, first = highest priority'),
    paymentMethods: z
      .record(word(80), paymentMethod)
      .default({})
      .describe("the shop's own names of ways to pay and what they mean here"),
    active: z.boolean().default(true),
  })
  .meta({ id: 'Channel' })
export type Channel = z.output<typeof channel>

const tag = 'settings'
export const getSetUp = route({
  method: 'GET',
  path: '/api/set-up',
  summary: 'Whether the company is set up',
  tag,
  permission: 'public',
  output: z.object({ done: z.boolean() }),
  refusals: [],
})
export const setUp = route({
  method: 'POST',
  path: '/api/set-up',
  summary: 'First start: own company, first branch, first administrator',
  tag,
  permission: 'public',
  body: z.object({
    merchant,
    administrator: z.object({ login: word(60), name: word(120), password: z.string().min(1).max(200) }),
    setUpCode: word(80),
  }),
  output: z.object({ branchId: id }),
  refusals: ['already-set-up', 'weak-password', 'wrong-login'],
})
export const getMerchant = route({
  method: 'GET',
  path: '/api/merchant',
  summary: 'Own company',
  tag,
  permission: 'settings.read',
  output: merchant,
  refusals: ['not-set-up'],
})
export const changeMerchant = route({
  method: 'PUT',
  path: '/api/merchant',
  summary: 'Change own company; issued documents keep what they said',
  tag,
  permission: 'settings.write',
  body: merchant,
  output: nothing,
  refusals: [],
})
export const listBranches = route({
  method: 'GET',
  path: '/api/branches',
  summary: 'Branches with their stock locations',
  tag,
  permission: 'settings.read',
  output: z.object({ branches: z.array(branch), locations: z.array(stockLocation) }),
  refusals: [],
})
export const saveBranch = route({
  method: 'PUT',
  path: '/api/branches/:id',
  summary: 'New or changed branch',
  tag,
  permission: 'settings.write',
  params: byId,
  body: branch.omit({ id: true }),
  output: nothing,
  refusals: ['already-exists'],
})
export const saveStockLocation = route({
  method: 'PUT',
  path: '/api/stock-locations/:id',
  summary: 'New or changed stock location',
  tag,
  permission: 'settings.write',
  params: byId,
  body: stockLocation.omit({ id: true }),
  output: nothing,
  refusals: ['already-exists', 'not-found'],
})
export const listChannels = route({
  method: 'GET',
  path: '/api/channels',
  summary: 'Sales channels',
  tag,
  permission: 'settings.read',
  output: z.object({ channels: z.array(channel) }),
  refusals: [],
})
export const saveChannel = route({
  method: 'PUT',
  path: '/api/channels/:id',
  summary: 'New or changed sales channel',
  tag,
  permission: 'settings.write',
  params: byId,
  body: channel.omit({ id: true }),
  output: nothing,
  refusals: ['already-exists', 'unknown-location'],
})
export const vatRateRow = z
  .object({
    vatClass: word(40),
    country: z.string().regex(/^[A-Z]{2}$/),
    rate: z.int().min(0).max(10000),
    validFrom: z.iso.date(),
  })
  .meta({ id: 'VatRate' })
export const listVatRates = route({
  method: 'GET',
  path: '/api/vat-rates',
  summary: 'VAT rates with the day they are valid from',
  tag,
  permission: 'settings.read',
  output: z.object({ rates: z.array(vatRateRow) }),
  refusals: [],
})
export const saveVatRate = route({
  method: 'PUT',
  path: '/api/vat-rates',
  summary: 'New VAT rate from a day on',
  tag,
  permission: 'settings.write',
  body: vatRateRow,
  output: nothing,
  refusals: [],
})
