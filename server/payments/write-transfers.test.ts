import { expect, test } from 'vitest'
import { breachesOfTransferSchema } from './transfer-schema.ts'
import { type Transfers, writeTransfers } from './write-transfers.ts'

const file: Transfers = {
  number: 'UE-2026-000007',
  createdAt: '2026-11-24T11:00:00Z',
  executeOn: '2026-11-25',
  debtor: { name: 'Sperling Eisenwaren GmbH', iban: 'DE26999100100001234500', bic: 'SPERDEFFXXX' },
  transfers: [
    {
      endToEndId: 'ER-2026-000001',
      amount: 123_456_05,
      creditor: { name: 'Malerbetrieb Quast', iban: 'DE89370400440532013000', bic: 'COBADEFFXXX' },
      text: 'Erstattung ER-2026-000001 RK-2026-000004',
    },
    {
      endToEndId: 'ER-2026-000002',
      amount: 9,
      creditor: { name: 'Zoe Uenlue', iban: 'NL91ABNA0417164300' },
      text: 'Refund ER-2026-000002 ZA-2026-000001',
    },
  ],
  total: 123_456_14,
}

test('the file says each transfer to the cent, in the order and shapes of pain.001.001.09', () => {
  const xml = writeTransfers(file)
  expect(breachesOfTransferSchema(xml)).toEqual([])
  expect(xml).toContain('<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09">')
  expect(xml.match(/<NbOfTxs>2<\/NbOfTxs><CtrlSum>123456.14<\/CtrlSum>/g)).toHaveLength(2)
  expect(xml).toContain('<ReqdExctnDt><Dt>2026-11-25</Dt></ReqdExctnDt>')
  expect(xml).toContain('<InstdAmt Ccy="EUR">123456.05</InstdAmt>')
  expect(xml).toContain('<InstdAmt Ccy="EUR">0.09</InstdAmt>')
  expect(xml.match(/<CdtrAgt>/g)).toHaveLength(1)
})

test('a bank that nobody named is not provided', () => {
  const xml = writeTransfers({ ...file, debtor: { name: 'Sperling', iban: 'DE26999100100001234500' } })
  expect(breachesOfTransferSchema(xml)).toEqual([])
  expect(xml).toContain('<DbtrAgt><FinInstnId><Othr><Id>NOTPROVIDED</Id></Othr></FinInstnId></DbtrAgt>')
})

test.each([
  [
    'another order',
    (xml: string) =>
      xml.replace(/(<ChrgBr>.*?<\/ChrgBr>)/, '').replace('<PmtTpInf>', '<ChrgBr>SLEV</ChrgBr><PmtTpInf>'),
  ],
  ['no account', (xml: string) => xml.replace(/<CdtrAcct>.*?<\/CdtrAcct>/, '')],
  ['an umlaut', (xml: string) => xml.replace('Quast', 'Quäst')],
  ['an amount without cents', (xml: string) => xml.replace('0.09', '0.9')],
  ['a day that is not wrapped, as in older versions', (xml: string) => xml.replace(/<Dt>(.*?)<\/Dt>/, '$1')],
  ['an element twice', (xml: string) => xml.replace(/(<MsgId>.*?<\/MsgId>)/, '$1$1')],
])('%s would be seen', (_, broken) => {
  expect(breachesOfTransferSchema(broken(writeTransfers(file)))).not.toEqual([])
})
