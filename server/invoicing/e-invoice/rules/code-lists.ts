import {
  ALLOWANCE_REASONS,
  CHARGE_REASONS,
  COUNTRIES,
  ELECTRONIC_ADDRESS_SCHEMES,
  isVatExemptionCode,
  UNITS,
} from '../code-lists.ts'
import { must, mustEach, type Rule } from './rule.ts'

const TYPES = ['326', '380', '381', '384', '389']
const CATEGORIES = ['S', 'Z', 'E', 'AE', 'K', 'G', 'O']
const PAYMENT_MEANS = ['1', '10', '30', '48', '58', '59', '68']

/** BR-CL-.. and BR-CO-09: codes are taken from their lists. */
export const codeLists: readonly Rule[] = [
  {
    id: 'BR-CL-01',
    term: 'BT-3',
    de: 'Die Rechnungsart ist keine der zulässigen.',
    en: 'The invoice type is none of those allowed.',
    check: ({ typeCode }) => must(TYPES.includes(typeCode), { typeCode }),
  },
  {
    id: 'BR-CL-14',
    term: 'BT-55',
    de: 'Ein Land ist kein Code nach ISO 3166-1.',
    en: 'A country is no code of ISO 3166-1.',
    check: ({ seller, buyer, deliverTo }) =>
      mustEach(
        [seller.address.country, buyer.address.country, deliverTo?.address.country ?? ''].filter(Boolean),
        (country) => COUNTRIES.has(country),
        (country) => ({ country }),
      ),
  },
  {
    id: 'BR-CL-16',
    term: 'BT-81',
    de: 'Die Zahlungsart ist keine der zulässigen.',
    en: 'The payment means is none of those allowed.',
    check: ({ payment }) => must(PAYMENT_MEANS.includes(payment.meansCode), { meansCode: payment.meansCode }),
  },
  {
    id: 'BR-CL-17',
    term: 'BT-118',
    de: 'Eine Steuerkategorie der Aufschlüsselung, eines Abzugs oder Zuschlags ist keine der zulässigen.',
    en: 'A VAT category of the breakdown, an allowance or a charge is none of those allowed.',
    check: ({ vatBreakdown, allowances, charges }) =>
      mustEach(
        [...vatBreakdown.map((b) => b.category), ...[...allowances, ...charges].map((a) => a.vatCategory)],
        (category) => CATEGORIES.includes(category),
        (category) => ({ category }),
      ),
  },
  {
    id: 'BR-CL-18',
    term: 'BT-151',
    de: 'Die Steuerkategorie einer Position ist keine der zulässigen (auch BR-CO-04).',
    en: 'The VAT category of a line is none of those allowed (also BR-CO-04).',
    check: ({ lines }) =>
      mustEach(
        lines,
        (line) => CATEGORIES.includes(line.vatCategory),
        (line) => ({ line: line.id, category: line.vatCategory }),
      ),
  },
  {
    id: 'BR-CL-19',
    term: 'BT-98',
    de: 'Der Grundcode eines Abzugs steht nicht in UNTDID 5189.',
    en: 'The reason code of an allowance is not in UNTDID 5189.',
    check: ({ allowances }) =>
      mustEach(
        allowances,
        (a) => a.reasonCode === undefined || ALLOWANCE_REASONS.has(a.reasonCode),
        (a) => ({ reasonCode: a.reasonCode ?? '' }),
      ),
  },
  {
    id: 'BR-CL-20',
    term: 'BT-105',
    de: 'Der Grundcode eines Zuschlags steht nicht in UNTDID 7161.',
    en: 'The reason code of a charge is not in UNTDID 7161.',
    check: ({ charges }) =>
      mustEach(
        charges,
        (c) => c.reasonCode === undefined || CHARGE_REASONS.has(c.reasonCode),
        (c) => ({ reasonCode: c.reasonCode ?? '' }),
      ),
  },
  {
    id: 'BR-CL-22',
    term: 'BT-121',
    de: 'Der Code einer Steuerbefreiung steht nicht in der VATEX-Liste.',
    en: 'The code of a VAT exemption is not in the VATEX list.',
    check: ({ vatBreakdown }) =>
      mustEach(
        vatBreakdown,
        (b) => b.exemptionCode === undefined || isVatExemptionCode(b.exemptionCode),
        (b) => ({ exemptionCode: b.exemptionCode ?? '' }),
      ),
  },
  {
    // a warning: the list of Rec 20 has two thousand units, ours the ones that trade uses
    id: 'BR-CL-23',
    term: 'BT-130',
    severity: 'warning',
    de: 'Eine Mengeneinheit gehört nicht zu den bekannten Codes nach UN/ECE Rec 20/21.',
    en: 'A unit is not among the known codes of UN/ECE Rec 20/21.',
    check: ({ lines }) =>
      mustEach(
        lines,
        (line) => UNITS.has(line.unit),
        (line) => ({ line: line.id, unit: line.unit }),
      ),
  },
  {
    id: 'BR-CL-25',
    term: 'BT-34',
    de: 'Das Schema einer elektronischen Adresse steht nicht in der EAS-Liste.',
    en: 'The scheme of an electronic address is not in the EAS list.',
    check: ({ seller, buyer }) =>
      mustEach(
        [seller.electronicAddress, buyer.electronicAddress].flatMap((address) =>
          address?.scheme ? [address.scheme] : [],
        ),
        (scheme) => ELECTRONIC_ADDRESS_SCHEMES.has(scheme),
        (scheme) => ({ scheme }),
      ),
  },
  {
    id: 'BR-CO-09',
    term: 'BT-31',
    de: 'Eine USt-IdNr. beginnt nicht mit einem Ländercode (Griechenland: EL).',
    en: 'A VAT id does not begin with a country code (Greece: EL).',
    check: ({ seller, buyer }) =>
      mustEach(
        [seller.vatId ?? '', buyer.vatId ?? ''].filter(Boolean),
        (vatId) => COUNTRIES.has(vatId.slice(0, 2)) || vatId.startsWith('EL'),
        (vatId) => ({ vatId }),
      ),
  },
]
