import type { Day } from '../../common/dates.ts'
import type { LinkContent } from '../../common/links/content.ts'
import { findMerchant, type StoredMerchant } from '../branches/index.ts'
import { findCustomerRow } from '../customers/index.ts'
import { epcCode, giroCode } from '../documents/index.ts'
import { type Database, orNotFound } from '../kernel/index.ts'
import { countWaiting } from './case-store.ts'
import { findChain } from './find-chain.ts'
import {
  findAbout,
  findCasesOfNotes,
  findFilesOf,
  findInvoices,
  findNotes,
  findReturns,
  type PaperInvoice,
  type WithDocument,
} from './find-papers.ts'
import { payWays, stateOf } from './rules/pay-ways.ts'
import { MOST_WAITING } from './rules/plan-case.ts'
import type { LinkRow } from './store.ts'

/** All that a customer sees behind his link: deliveries, invoices with what is open, returns, and what he reported. */
export async function findContent(database: Database, link: LinkRow, today: Day): Promise<LinkContent> {
  const chain = await findChain(database, link)
  const [merchant, customer, about, notes, invoices, returns, cases, waiting] = await Promise.all([
    findMerchant(database),
    findCustomerRow(database, link.customerId),
    findAbout(database, link.documentId),
    findNotes(database, chain.noteIds),
    findInvoices(database, chain.invoiceIds),
    findReturns(database, chain.returnIds),
    findCasesOfNotes(database, link.customerId, chain.noteIds),
    countWaiting(database, link.id),
  ])
  const papers = [...notes, ...invoices, ...returns].map((p) => p.documentId)
  const files = Map.groupBy(await findFilesOf(database, papers), (f) => f.documentId)
  const withFiles = <T extends WithDocument<unknown>>({ documentId, ...paper }: T) => ({
    ...paper,
    files: files.get(documentId) ?? [],
  })
  const { name, number, language } = orNotFound(customer, 'customer')
  return {
    merchant: shownMerchant(merchant, language),
    customer: { name, number },
    language,
    expiresAt: link.expiresAt,
    about,
    notes: notes.map(withFiles),
    invoices: await Promise.all(invoices.map(async (i) => shownInvoice(withFiles(i), merchant, today))),
    returns: returns.map(withFiles),
    open: invoices.reduce((sum, i) => sum + i.open, 0),
    bank: bankOf(merchant),
    cases,
    mayReport: waiting < MOST_WAITING,
  }
}

function shownMerchant(merchant: StoredMerchant, language: 'de' | 'en'): LinkContent['merchant'] {
  const { street, postalCode, city, contactName, phone, email, website, accentColor, registerEntry } = merchant
  const named = (german: string, english: string, value: string | undefined) =>
    value ? [`${language === 'en' ? english : german} ${value}`] : []
  return {
    name: merchant.tradingName || merchant.name,
    street,
    postalCode,
    city,
    contactName,
    phone,
    email,
    website: website || null,
    legal: [
      merchant.name,
      ...(registerEntry ? [registerEntry] : []),
      ...named('Geschäftsführung', 'Directors', merchant.directors),
      ...named('USt-IdNr.', 'VAT ID', merchant.vatId),
    ],
    accentColor,
    hasLogo: merchant.logo !== undefined,
  }
}

function bankOf(merchant: StoredMerchant): LinkContent['bank'] {
  const { iban, bic, bankName, holder } = merchant.bankAccounts[0]!
  return { holder: holder || merchant.name, iban, bic: bic || null, name: bankName || null }
}

async function shownInvoice(
  {
    skonto,
    amount,
    correctedWhole,
    ...invoice
  }: Omit<PaperInvoice, 'documentId'> & Pick<LinkContent['invoices'][number], 'files'>,
  merchant: StoredMerchant,
  today: Day,
): Promise<LinkContent['invoices'][number]> {
  const { holder: name, iban, bic } = bankOf(merchant)
  const transfer = { name, iban, text: invoice.number, ...(bic ? { bic } : {}) }
  const pay = payWays({ amount, open: invoice.open, skonto }, today).map(async (way) => ({
    ...way,
    code: await giroCode(epcCode({ ...transfer, amount: way.amount })),
  }))
  return { ...invoice, state: stateOf({ ...invoice, correctedWhole }, today), pay: await Promise.all(pay) }
}
