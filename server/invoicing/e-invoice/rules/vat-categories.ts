import { type VatCategory, vatOf } from '../../../../common/tax/vat.ts'
import type { En16931Invoice, VatBreakdown } from '../en16931.ts'
import { type Facts, must, mustEach, present, type Rule } from './rule.ts'
import { VAT_FAMILIES, type VatFamily } from './vat-families.ts'

/** What a category taxes, in the three places where the standard numbers its rules. */
interface Taxed {
  category: VatCategory
  rate: number
  amount: number
}

function taxedOf(invoice: En16931Invoice): readonly [lines: Taxed[], allowances: Taxed[], charges: Taxed[]] {
  return [
    invoice.lines.map((l) => ({ category: l.vatCategory, rate: l.vatRate, amount: l.net })),
    invoice.allowances.map((a) => ({ category: a.vatCategory, rate: a.vatRate, amount: -a.amount })),
    invoice.charges.map((c) => ({ category: c.vatCategory, rate: c.vatRate, amount: c.amount })),
  ]
}

function rulesOf(family: VatFamily): readonly Rule[] {
  const [breakdown, identifiers, rates, base, vat, reason] = family.ids
  return [
    breakdownRule(family, breakdown),
    ...identifiers.map((id, place) => identifierRule(family, id, place)),
    ...rates.map((id, place) => rateRule(family, id, place)),
    baseRule(family, base),
    vatRule(family, vat),
    reasonRule(family, reason),
  ]
}

/** 01: what a line, an allowance or a charge uses is broken down, each category (and for S each rate) once. */
function breakdownRule({ category, name }: VatFamily, id: string): Rule {
  return {
    id,
    term: 'BG-23',
    de: `Die Aufschlüsselung für ${name.de} (${category}) fehlt oder steht mehrfach da.`,
    en: `The breakdown of ${name.en} (${category}) is missing or there more than once.`,
    check: (invoice) => {
      const used = new Set(
        taxedOf(invoice)
          .flat()
          .filter((t) => t.category === category)
          .map((t) => t.rate),
      )
      const given = ofCategory(invoice, category)
      if (category !== 'S') return must(given.length === Math.min(used.size, 1), { given: given.length })
      return mustEach(
        [...new Set([...used, ...given.map((b) => b.rate)])],
        (rate) => used.has(rate) && given.filter((b) => b.rate === rate).length === 1,
        (rate) => ({ rate }),
      )
    },
  }
}

/** 02 line, 03 allowance, 04 charge: the numbers that the tax office asks for with this category. */
function identifierRule(family: VatFamily, id: string, place: number): Rule {
  return {
    id,
    term: family.identifierTerm,
    de: `${family.name.de} (${family.category}) ${family.identifiersDe}.`,
    en: `${family.name.en} (${family.category}) ${family.identifiersEn}.`,
    check: (invoice) =>
      must(
        family.identifiersAreRight(invoice) || !taxedOf(invoice)[place]!.some((t) => t.category === family.category),
      ),
  }
}

/** 05 line, 06 allowance, 07 charge: only the standard rate is above zero. */
function rateRule({ category, name }: VatFamily, id: string, place: number): Rule {
  const isRight = (rate: number) => (category === 'S' ? rate > 0 : rate === 0)
  return {
    id,
    term: ['BT-152', 'BT-96', 'BT-103'][place]!,
    de: `Der Steuersatz passt nicht zu ${name.de} (${category}).`,
    en: `The VAT rate does not go with ${name.en} (${category}).`,
    check: (invoice) =>
      mustEach(
        taxedOf(invoice)[place]!.filter((t) => t.category === category),
        (t) => isRight(t.rate),
        ({ rate }) => ({ rate }),
      ),
  }
}

/** 08: the base is lines minus allowances plus charges of the category, for S by rate. */
function baseRule({ category, name }: VatFamily, id: string): Rule {
  return {
    id,
    term: 'BT-116',
    de: `Die Bemessungsgrundlage für ${name.de} (${category}) ist nicht Positionen minus Abzüge plus Zuschläge.`,
    en: `The base of ${name.en} (${category}) is not lines minus allowances plus charges.`,
    check: (invoice) =>
      ofCategory(invoice, category).flatMap((b): readonly Facts[] => {
        const computed = taxedOf(invoice)
          .flat()
          .filter((t) => t.category === category && (category !== 'S' || t.rate === b.rate))
          .reduce((sum, t) => sum + t.amount, 0)
        return must(b.net === computed, { rate: b.rate, stated: b.net, computed })
      }),
  }
}

/** 09: only the standard rate has VAT; how much is said by BR-CO-17. */
function vatRule({ category, name }: VatFamily, id: string): Rule {
  return {
    id,
    term: 'BT-117',
    de: `Der Steuerbetrag passt nicht zu ${name.de} (${category}).`,
    en: `The VAT amount does not go with ${name.en} (${category}).`,
    check: (invoice) =>
      mustEach(
        ofCategory(invoice, category),
        (b) => b.vat === (category === 'S' ? vatOf(b.net, b.rate) : 0),
        (b) => ({ rate: b.rate, stated: b.vat }),
      ),
  }
}

/** 10: who charges no VAT says why; who does says nothing. */
function reasonRule({ category, name, reason }: VatFamily, id: string): Rule {
  const hasReason = (b: VatBreakdown) => present(b.exemptionReason) || present(b.exemptionCode)
  const required = reason === 'required'
  return {
    id,
    term: 'BT-120',
    de: `${name.de} (${category}) ${required ? 'braucht einen' : 'darf keinen'} Grund der Steuerbefreiung${required ? '' : ' nennen'}.`,
    en: `${name.en} (${category}) ${required ? 'needs' : 'must not have'} an exemption reason.`,
    check: (invoice) =>
      mustEach(
        ofCategory(invoice, category),
        (b) => hasReason(b) === required,
        (b) => ({ rate: b.rate }),
      ),
  }
}

function ofCategory(invoice: En16931Invoice, category: VatCategory): readonly VatBreakdown[] {
  return invoice.vatBreakdown.filter((b) => b.category === category)
}

const onlyOutside = (invoice: En16931Invoice) => ofCategory(invoice, 'O').length > 0

/** BR-IC-11 and so on: what only one category asks for. */
const ofOneCategory: readonly Rule[] = [
  {
    id: 'BR-IC-11',
    term: 'BT-72',
    de: 'Eine innergemeinschaftliche Lieferung (K) braucht Lieferdatum oder Abrechnungszeitraum.',
    en: 'An intra-community supply (K) needs a delivery date or an invoicing period.',
    check: (invoice) =>
      must(ofCategory(invoice, 'K').length === 0 || present(invoice.deliveredOn) || invoice.period !== undefined),
  },
  {
    id: 'BR-IC-12',
    term: 'BT-80',
    de: 'Eine innergemeinschaftliche Lieferung (K) braucht das Land der Lieferadresse.',
    en: 'An intra-community supply (K) needs the country of the delivery address.',
    check: (invoice) => must(ofCategory(invoice, 'K').length === 0 || present(invoice.deliverTo?.address.country)),
  },
  {
    id: 'BR-O-11',
    term: 'BG-23',
    de: 'Neben „nicht steuerbar“ (O) darf keine andere Steuerkategorie aufgeschlüsselt sein.',
    en: 'Beside "not subject to VAT" (O) no other VAT category may be broken down.',
    check: (invoice) => must(!onlyOutside(invoice) || invoice.vatBreakdown.length === 1),
  },
  ...['BR-O-12', 'BR-O-13', 'BR-O-14'].map((id, place) => ({
    id,
    term: ['BT-151', 'BT-95', 'BT-102'][place]!,
    de: 'Neben „nicht steuerbar“ (O) darf keine andere Steuerkategorie verwendet werden.',
    en: 'Beside "not subject to VAT" (O) no other VAT category may be used.',
    check: (invoice: En16931Invoice) =>
      must(!onlyOutside(invoice) || taxedOf(invoice)[place]!.every((t) => t.category === 'O')),
  })),
]

/** BR-S-, BR-Z-, BR-E-, BR-AE-, BR-IC-, BR-G- and BR-O- */
export const vatCategories: readonly Rule[] = [...VAT_FAMILIES.flatMap(rulesOf), ...ofOneCategory]
