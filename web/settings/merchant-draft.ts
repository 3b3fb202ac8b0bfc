import { type Merchant, merchant } from '../../common/branches/api.ts'
import { isIban } from '../../common/iban.ts'

/** The own company while it is being written. */
export type MerchantDraft = Merchant

export const emptyMerchant: MerchantDraft = {
  name: '',
  street: '',
  postalCode: '',
  city: '',
  country: 'DE',
  contactName: '',
  phone: '',
  email: '',
  bankAccounts: [{ iban: '' }],
  accentColor: '#0B6E69',
  smallBusiness: false,
  texts: {},
  overdueDaysLimit: 30,
  returnDays: 90,
  linkDays: 90,
}

/** Empty texts are left out; an IBAN is kept without its blanks. */
export function cleaned(draft: MerchantDraft): MerchantDraft {
  const trimmed = Object.fromEntries(
    Object.entries(draft).map(([name, value]) => [name, typeof value === 'string' ? value.trim() || undefined : value]),
  ) as MerchantDraft
  return {
    ...trimmed,
    publicAddress: trimmed.publicAddress?.replace(/\/+$/, ''),
    creditorId: trimmed.creditorId?.replace(/\s/g, '').toUpperCase(),
    vatId: trimmed.vatId?.replace(/\s/g, '').toUpperCase(),
    texts: Object.fromEntries(Object.entries(draft.texts).filter(([, text]) => text?.trim())),
    bankAccounts: draft.bankAccounts.map((account) => ({
      iban: account.iban.replace(/\s/g, '').toUpperCase(),
      bic: account.bic?.replace(/\s/g, '').toUpperCase() || undefined,
      bankName: account.bankName?.trim() || undefined,
      holder: account.holder?.trim() || undefined,
    })),
  }
}

export type MerchantGap =
  | 'name'
  | 'street'
  | 'postalCode'
  | 'city'
  | 'country'
  | 'contactName'
  | 'phone'
  | 'email'
  | 'vatId'
  | 'iban'
  | 'bic'
  | 'taxOrVat'

/** What is missing or wrong before the company can be saved. § 14 (4) UStG wants a tax number or a VAT ID on every invoice. */
export function gapsIn(draft: MerchantDraft): MerchantGap[] {
  const gaps = new Set<MerchantGap>()
  const parsed = merchant.safeParse(cleaned(draft))
  for (const { path } of parsed.error?.issues ?? [])
    gaps.add((path[0] === 'bankAccounts' ? (path[2] === 'bic' ? 'bic' : 'iban') : path[0]) as MerchantGap)
  if (!draft.bankAccounts.every((account) => isIban(account.iban))) gaps.add('iban')
  if (!draft.taxNumber?.trim() && !draft.vatId?.trim()) gaps.add('taxOrVat')
  return [...gaps]
}
