import type { z } from 'zod'
import type { billingRule, Customer, invoiceFormat, invoiceGrouping, newCustomer } from '../../common/customers/api.ts'
import type { SentKind } from '../../common/customers/sending.ts'
import { compactIban, isIban, spacedIban } from '../../common/iban.ts'
import { addressesIn, areAddresses, textOf } from '../sending/addresses.ts'

export interface AccountDraft {
  iban: string
  bic: string
  holder: string
}
export const emptyAccount: AccountDraft = { iban: '', bic: '', holder: '' }
export const accountDraftOf = (account: Customer['bankAccount'] | null): AccountDraft =>
  account ? { iban: spacedIban(account.iban), bic: account.bic ?? '', holder: account.holder ?? '' } : emptyAccount
/** null: no account. */
export const accountOf = ({ iban, bic, holder }: AccountDraft): Customer['bankAccount'] | null =>
  iban.trim() === ''
    ? null
    : {
        iban: compactIban(iban),
        ...(bic.trim() ? { bic: bic.replace(/\s/g, '').toUpperCase() } : {}),
        ...(holder.trim() ? { holder: holder.trim() } : {}),
      }
export const accountFits = ({ iban, bic }: AccountDraft): boolean =>
  iban.trim() === '' ||
  (isIban(iban) && (bic.trim() === '' || /^[A-Z0-9]{8}([A-Z0-9]{3})?$/i.test(bic.replace(/\s/g, ''))))

function eachKind<From, To>(byKind: Partial<Record<SentKind, From>>, change: (from: From) => To) {
  return Object.fromEntries(Object.entries(byKind).map(([kind, value]) => [kind, change(value)])) as Partial<
    Record<SentKind, To>
  >
}

type New = z.input<typeof newCustomer>

/** A customer while it is being written; empty texts are left out when it is saved. */
export interface CustomerDraft {
  kind: 'company' | 'consumer'
  name: string
  email: string
  vatId: string
  buyerReference: string
  invoiceFormat: z.output<typeof invoiceFormat>
  language: 'de' | 'en'
  priceGroup: string
  netDays: number | undefined
  skonto: { days: number | undefined; percent: number | undefined }[]
  mayBuyOnDeliveryNote: boolean
  creditLimit: number | undefined
  billingRule: z.output<typeof billingRule>
  creditDocument: Customer['creditDocument']
  billingAmount: number | undefined
  invoiceGrouping: z.output<typeof invoiceGrouping>
  collectiveCredit: boolean
  account: AccountDraft
  eInvoice: Customer['eInvoice']
  mandate: { reference: string; signedOn: string | undefined }
  blocked: boolean
  vatTreatment: Customer['vatTreatment']
  contact: { name: string; phone: string; email: string }
  furtherContacts: { name: string; role: string; phone: string; email: string }[]
  /** addresses as they are typed */
  sending: {
    kinds: SentKind[]
    addresses: string
    addressesByKind: Partial<Record<SentKind, string>>
    consentOn: string | undefined
  }
}

export const emptyCustomer: CustomerDraft = {
  kind: 'company',
  name: '',
  email: '',
  vatId: '',
  buyerReference: '',
  invoiceFormat: 'factur-x',
  language: 'de',
  priceGroup: 'standard',
  netDays: 14,
  skonto: [],
  mayBuyOnDeliveryNote: false,
  creditLimit: 0,
  billingRule: 'per-delivery',
  creditDocument: 'credit-note',
  billingAmount: 0,
  invoiceGrouping: 'none',
  collectiveCredit: false,
  account: emptyAccount,
  eInvoice: { noteReferences: false, attachNotes: false },
  mandate: { reference: '', signedOn: undefined },
  blocked: false,
  vatTreatment: 'domestic',
  contact: { name: '', phone: '', email: '' },
  furtherContacts: [],
  sending: { kinds: [], addresses: '', addressesByKind: {}, consentOn: undefined },
}

export function draftOf(customer: Customer): CustomerDraft {
  return {
    kind: customer.kind,
    name: customer.name,
    email: customer.email ?? '',
    vatId: customer.vatId ?? '',
    buyerReference: customer.buyerReference ?? '',
    invoiceFormat: customer.invoiceFormat,
    language: customer.language,
    priceGroup: customer.priceGroup,
    netDays: customer.paymentTerms.netDays,
    skonto: customer.paymentTerms.skonto,
    mayBuyOnDeliveryNote: customer.mayBuyOnDeliveryNote,
    creditLimit: customer.creditLimit,
    billingRule: customer.billingRule,
    creditDocument: customer.creditDocument,
    billingAmount: customer.billingAmount,
    invoiceGrouping: customer.invoiceGrouping,
    collectiveCredit: customer.collectiveCredit,
    account: accountDraftOf(customer.bankAccount),
    eInvoice: customer.eInvoice,
    mandate: { reference: customer.mandate?.reference ?? '', signedOn: customer.mandate?.signedOn },
    blocked: customer.blocked,
    vatTreatment: customer.vatTreatment,
    contact: {
      name: customer.contact.name ?? '',
      phone: customer.contact.phone ?? '',
      email: customer.contact.email ?? '',
    },
    furtherContacts: customer.furtherContacts.map(({ name, role = '', phone = '', email = '' }) => ({
      name,
      role,
      phone,
      email,
    })),
    sending: {
      kinds: customer.sending.kinds,
      addresses: textOf(customer.sending.addresses),
      addressesByKind: eachKind(customer.sending.addressesByKind, textOf),
      consentOn: customer.sending.consentOn,
    },
  }
}

/** What both a new and a changed customer say. */
export function contentOf(draft: CustomerDraft) {
  return {
    kind: draft.kind,
    name: draft.name.trim(),
    invoiceFormat: draft.invoiceFormat,
    language: draft.language,
    priceGroup: draft.priceGroup.trim() || 'standard',
    paymentTerms: {
      netDays: draft.netDays ?? 0,
      skonto: draft.skonto.flatMap(({ days, percent }) => (days && percent ? [{ days, percent }] : [])),
    },
    mayBuyOnDeliveryNote: draft.mayBuyOnDeliveryNote,
    creditLimit: draft.creditLimit ?? 0,
    billingRule: draft.billingRule,
    creditDocument: draft.creditDocument,
    billingAmount: draft.billingAmount ?? 0,
    invoiceGrouping: draft.invoiceGrouping,
    collectiveCredit: draft.collectiveCredit,
    eInvoice: draft.eInvoice,
    blocked: draft.blocked,
    vatTreatment: draft.vatTreatment,
    contact: {
      name: draft.contact.name.trim() || undefined,
      phone: draft.contact.phone.trim() || undefined,
      email: draft.contact.email.trim() || undefined,
    },
    // a row without a name says nobody
    furtherContacts: draft.furtherContacts
      .filter(({ name }) => name.trim() !== '')
      .map(({ name, role, phone, email }) => ({
        name: name.trim(),
        role: role.trim() || undefined,
        phone: phone.trim() || undefined,
        email: email.trim() || undefined,
      })),
    sending: {
      kinds: draft.sending.kinds,
      addresses: addressesIn(draft.sending.addresses),
      addressesByKind: eachKind(draft.sending.addressesByKind, addressesIn),
      consentOn: draft.sending.consentOn,
    },
  } satisfies Partial<New>
}

const MANDATE = /^[A-Za-z0-9+?/:().,' -]{1,35}$/
export const isMandateReference = (reference: string) => reference.trim() === '' || MANDATE.test(reference.trim())
/** null: none, or not whole yet */
export const mandateOf = ({ mandate: { reference, signedOn } }: CustomerDraft): Customer['mandate'] | null =>
  reference.trim() !== '' && signedOn ? { reference: reference.trim(), signedOn } : null
const mandateFits = ({ mandate, account }: CustomerDraft) =>
  mandate.reference.trim() === ''
    ? mandate.signedOn === undefined
    : isMandateReference(mandate.reference) && mandate.signedOn !== undefined && account.iban.trim() !== ''

const VAT_ID = /^[A-Z]{2}[A-Z0-9+*]{2,13}$/
export const vatIdOf = (draft: CustomerDraft): string => draft.vatId.replace(/\s/g, '').toUpperCase()
export const vatIdFits = (draft: CustomerDraft): boolean => draft.vatId.trim() === '' || VAT_ID.test(vatIdOf(draft))
export const isComplete = (draft: CustomerDraft): boolean =>
  draft.name.trim() !== '' &&
  vatIdFits(draft) &&
  accountFits(draft.account) &&
  mandateFits(draft) &&
  [draft.sending.addresses, ...Object.values(draft.sending.addressesByKind)].every(areAddresses)
