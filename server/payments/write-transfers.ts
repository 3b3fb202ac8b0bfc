import type { Day } from '../../common/dates.ts'
import type { Cents } from '../../common/money.ts'
import { element, elements, type FileMaker, textElement, type Xml, xmlDocument } from '../documents/index.ts'

interface Party {
  name: string
  iban: string
  bic?: string | undefined
}

/** What a file of transfers says; texts are in the characters of SEPA already. */
export interface Transfers {
  number: string
  createdAt: string
  executeOn: Day
  debtor: Party
  transfers: readonly { endToEndId: string; amount: Cents; creditor: Party; text: string }[]
  total: Cents
}

const NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:pain.001.001.09'

/**
 * Credit transfers in euro as pain.001.001.09: one payment of one day out of one account. Only what SEPA needs: no postal
 * addresses (unstructured ones end in November 2026), a BIC only where somebody gave it.
 */
export function writeTransfers(file: Transfers): string {
  const count = textElement('NbOfTxs', String(file.transfers.length))
  const sum = textElement('CtrlSum', decimal(file.total))
  const header = element(
    'GrpHdr',
    textElement('MsgId', file.number),
    textElement('CreDtTm', file.createdAt),
    count,
    sum,
    element('InitgPty', textElement('Nm', file.debtor.name)),
  )
  const payment = element(
    'PmtInf',
    textElement('PmtInfId', file.number),
    textElement('PmtMtd', 'TRF'),
    count,
    sum,
    element('PmtTpInf', element('SvcLvl', textElement('Cd', 'SEPA'))),
    element('ReqdExctnDt', textElement('Dt', file.executeOn)),
    element('Dbtr', textElement('Nm', file.debtor.name)),
    account('DbtrAcct', file.debtor),
    bank('DbtrAgt', file.debtor.bic) || element('DbtrAgt', element('FinInstnId', notProvided)),
    textElement('ChrgBr', 'SLEV'),
    ...file.transfers.map(transfer),
  )
  return xmlDocument('Document', { xmlns: NAMESPACE }, element('CstmrCdtTrfInitn', header, payment))
}

function transfer({ endToEndId, amount, creditor, text }: Transfers['transfers'][number]): Xml {
  return element(
    'CdtTrfTxInf',
    element('PmtId', textElement('EndToEndId', endToEndId)),
    element('Amt', textElement('InstdAmt', decimal(amount), { Ccy: 'EUR' })),
    bank('CdtrAgt', creditor.bic),
    element('Cdtr', textElement('Nm', creditor.name)),
    account('CdtrAcct', creditor),
    element('RmtInf', textElement('Ustrd', text)),
  )
}

const notProvided = element('Othr', textElement('Id', 'NOTPROVIDED'))
const account = (name: string, { iban }: Party) => element(name, element('Id', textElement('IBAN', iban)))
const bank = (name: string, bic: string | undefined): Xml =>
  bic === undefined ? elements() : element(name, element('FinInstnId', textElement('BICFI', bic)))

function decimal(amount: Cents): string {
  return `${Math.trunc(amount / 100)}.${String(amount % 100).padStart(2, '0')}`
}

/** The file for the bank. */
export const makeTransferFile: FileMaker = async (snapshot: Transfers) => ({
  fileName: `${snapshot.number}-pain001.xml`,
  mediaType: 'application/xml',
  bytes: Buffer.from(writeTransfers(snapshot)),
})
