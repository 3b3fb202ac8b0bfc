import { createContext, useContext } from 'react'
import type { Language } from '../../../common/refusal.ts'
import { type Format, formatOf } from '../../ui/format.ts'
import { common as deCommon } from '../../words/de/common.ts'
import { customerPage as de } from '../../words/de/customer-page.ts'
import { common as enCommon } from '../../words/en/common.ts'
import { customerPage as en } from '../../words/en/customer-page.ts'

/* The customer's own few words; those of the back office stay at home. */

const ONE = 1000
const words = { de, en }
const units = { de: deCommon, en: enCommon }

export interface Said {
  language: Language
  w: typeof de
  f: Format
  /** 5 Packungen */
  amount(quantity: number, unit: string): string
}

export function saidIn(language: Language): Said {
  const f = formatOf(language)
  const { units: one, unitsMany: many } = units[language]
  return {
    language,
    w: words[language],
    f,
    amount: (quantity, unit) =>
      `${f.quantity(quantity)}\u00a0${(quantity === ONE ? undefined : many[unit]) ?? (one as Record<string, string>)[unit] ?? unit}`,
  }
}

export const SaidContext = createContext<Said>(saidIn('de'))
export const useSaid = () => useContext(SaidContext)
