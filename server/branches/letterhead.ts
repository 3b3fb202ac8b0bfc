import type { Letterhead } from '../documents/index.ts'
import { type Database, sha256, statement } from '../kernel/index.ts'
import type { StoredMerchant } from './store.ts'

/** The letterhead as a snapshot keeps it: the logo by its hash. */
export type StoredLetterhead = Omit<Letterhead, 'logoSvg'> & { logo?: string }

export function logoHash(svg: string): string {
  return sha256(svg).toString('hex')
}

/** The merchant's paper: what § 35a GmbHG, § 125a HGB and § 14 (4) UStG want on it, and how to reach and to pay him. */
export function letterheadOf(merchant: StoredMerchant, language: 'de' | 'en'): StoredLetterhead {
  const [de, en] = [language === 'de', language === 'en']
  const label = (german: string, english: string, value: string | undefined) =>
    value ? [`${en ? english : german} ${value}`] : []
  return {
    name: merchant.name,
    senderLine: `${merchant.name} · ${merchant.street} · ${merchant.postalCode} ${merchant.city}`,
    address: {
      street: merchant.street,
      postalCode: merchant.postalCode,
      city: merchant.city,
      country: merchant.country,
    },
    phone: merchant.phone,
    email: merchant.email,
    web: merchant.website,
    accent: merchant.accentColor,
    ...(merchant.logo ? { logo: merchant.logo } : {}),
    footer: {
      legal: [
        merchant.name,
        ...(merchant.registerEntry ? [merchant.registerEntry] : []),
        ...label('Geschäftsführung', 'Directors', merchant.directors),
        ...label('USt-IdNr.', 'VAT ID', merchant.vatId),
        ...label('Steuernummer', 'Tax number', merchant.taxNumber),
      ],
      contact: [
        `${de ? 'Telefon' : 'Phone'} ${merchant.phone}`,
        merchant.email,
        ...(merchant.website ? [merchant.website] : []),
      ],
      bank: merchant.bankAccounts
        .slice(0, 2)
        .flatMap((b) => [
          ...(b.bankName ? [b.bankName] : []),
          `IBAN ${b.iban.replace(/(.{4})(?=.)/g, '$1 ')}`,
          ...(b.bic ? [`BIC ${b.bic}`] : []),
        ]),
    },
  }
}

const logoByHash = statement<{ svg: string }>('branches.logo', 'select svg from branches.logo where sha256 = $1')

/** The letterhead with its logo, as the page wants it. */
export async function withLogo(database: Database, { logo, ...letterhead }: StoredLetterhead): Promise<Letterhead> {
  const [row] = logo === undefined ? [] : await database.query(logoByHash, [logo])
  return { ...letterhead, ...(row ? { logoSvg: row.svg } : {}) }
}
