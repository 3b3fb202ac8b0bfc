import { z } from 'zod'
import { type SentKind, sentKind } from '../customers/sending.ts'
import { language, text, word } from '../route.ts'

/** What a mail may say of its document. `amount` is what is still to pay, of a correction what it credits. */
export const placeholders = ['number', 'amount', 'dueOn', 'company', 'customer', 'link'] as const
export type Placeholder = (typeof placeholders)[number]

export const mailText = z.object({ subject: word(200).regex(/^[^\r\n]*$/), body: text(5000) }).meta({ id: 'MailText' })
export type MailText = z.output<typeof mailText>
/** The merchant's own words; what is missing is said in ours. */
export const mailTexts = z.partialRecord(language, z.partialRecord(sentKind, mailText)).meta({ id: 'MailTexts' })
export type MailTexts = z.output<typeof mailTexts>

const greetDe = 'Guten Tag,'
const endDe = '{link}\n\nMit freundlichen Grüßen\n{company}'
const greetEn = 'Dear customer,'
const endEn = '{link}\n\nKind regards\n{company}'

export const defaultTexts: Record<'de' | 'en', Record<SentKind, MailText>> = {
  de: {
    invoice: {
      subject: 'Rechnung {number}',
      body: `${greetDe}\n\nanbei erhalten Sie unsere Rechnung {number} über {amount}, fällig am {dueOn}.\n\n${endDe}`,
    },
    correction: {
      subject: 'Rechnungskorrektur {number}',
      body: `${greetDe}\n\nanbei erhalten Sie unsere Rechnungskorrektur {number} über {amount}.\n\n${endDe}`,
    },
    'delivery-note': {
      subject: 'Lieferschein {number}',
      body: `${greetDe}\n\nIhre Ware ist unterwegs; anbei der Lieferschein {number}.\n\n${endDe}`,
    },
    return: {
      subject: 'Rücknahmebeleg {number}',
      body: `${greetDe}\n\nwir haben Ihre Rücksendung angenommen; anbei der Beleg {number}.\n\n${endDe}`,
    },
  },
  en: {
    invoice: {
      subject: 'Invoice {number}',
      body: `${greetEn}\n\nplease find attached our invoice {number} of {amount}, due on {dueOn}.\n\n${endEn}`,
    },
    correction: {
      subject: 'Correction {number}',
      body: `${greetEn}\n\nplease find attached our correction {number} of {amount}.\n\n${endEn}`,
    },
    'delivery-note': {
      subject: 'Delivery note {number}',
      body: `${greetEn}\n\nyour goods are on their way; the delivery note {number} is attached.\n\n${endEn}`,
    },
    return: {
      subject: 'Return {number}',
      body: `${greetEn}\n\nwe have received what you sent back; the slip {number} is attached.\n\n${endEn}`,
    },
  },
}
