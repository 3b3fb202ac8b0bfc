import { XMLParser } from 'fast-xml-parser'

/*
 * pain.001.001.09 as SEPA uses it, described by hand after the message definition and the EPC's customer-to-bank guidelines:
 * which elements a group may have, in this order, how often, and what a value may look like. Only what a transfer in euro
 * can have; anything else is a mistake here. For tests.
 */

interface Group {
  [name: string]: { many?: true; optional?: true; is: Group | RegExp | readonly Group[] }
}
const TEXT = (most: number) => new RegExp(`^(?! )(?!/)(?!.*//)[A-Za-z0-9/?:().,'+ -]{1,${most}}(?<! )(?<!/)$`)
const COUNT = /^[0-9]{1,15}$/
const AMOUNT = /^[0-9]{1,16}\.[0-9]{2}$/
const IBAN = /^[A-Z]{2}[0-9]{2}[A-Z0-9]{1,30}$/
const BIC = /^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$/
const DAY = /^\d{4}-\d{2}-\d{2}$/
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})?$/

const name: Group = { Nm: { is: TEXT(70) } }
const account: Group = { Id: { is: { IBAN: { is: IBAN } } }, Ccy: { is: /^[A-Z]{3}$/, optional: true } }
const bank: Group = {
  FinInstnId: { is: [{ BICFI: { is: BIC } }, { Othr: { is: { Id: { is: /^NOTPROVIDED$/ } } } }] },
}
const transfer: Group = {
  PmtId: { is: { InstrId: { is: TEXT(35), optional: true }, EndToEndId: { is: TEXT(35) } } },
  Amt: { is: { InstdAmt: { is: AMOUNT } } },
  UltmtDbtr: { is: name, optional: true },
  CdtrAgt: { is: bank, optional: true },
  Cdtr: { is: name },
  CdtrAcct: { is: account },
  UltmtCdtr: { is: name, optional: true },
  Purp: { is: { Cd: { is: /^[A-Z]{4}$/ } }, optional: true },
  RmtInf: { is: { Ustrd: { is: TEXT(140) } }, optional: true },
}
const payment: Group = {
  PmtInfId: { is: TEXT(35) },
  PmtMtd: { is: /^TRF$/ },
  BtchBookg: { is: /^(true|false)$/, optional: true },
  NbOfTxs: { is: COUNT, optional: true },
  CtrlSum: { is: AMOUNT, optional: true },
  PmtTpInf: { is: { SvcLvl: { is: { Cd: { is: /^SEPA$/ } } } } },
  ReqdExctnDt: { is: [{ Dt: { is: DAY } }, { DtTm: { is: MOMENT } }] },
  Dbtr: { is: name },
  DbtrAcct: { is: account },
  DbtrAgt: { is: bank },
  UltmtDbtr: { is: name, optional: true },
  ChrgBr: { is: /^SLEV$/, optional: true },
  CdtTrfTxInf: { is: transfer, many: true },
}
const header: Group = {
  MsgId: { is: TEXT(35) },
  CreDtTm: { is: MOMENT },
  NbOfTxs: { is: COUNT },
  CtrlSum: { is: AMOUNT },
  InitgPty: { is: name },
}
const document: Group = {
  Document: { is: { CstmrCdtTrfInitn: { is: { GrpHdr: { is: header }, PmtInf: { is: payment, many: true } } } } },
}

type Node = Record<string, readonly Node[] | string | number>
const parser = new XMLParser({ preserveOrder: true, ignoreAttributes: true, parseTagValue: false, trimValues: false })

/** Where a file is not what the description says; nothing: it fits. */
export function breachesOfTransferSchema(xml: string): string[] {
  const nodes = (parser.parse(xml) as Node[]).filter((n) => !('?xml' in n) && !isBlank(n))
  return check(nodes, document, '')
}

function isBlank(node: Node): boolean {
  return '#text' in node && String(node['#text']).trim() === ''
}

function check(nodes: readonly Node[], group: Group | readonly Group[], path: string): string[] {
  if (Array.isArray(group)) {
    const answers = (group as readonly Group[]).map((one) => check(nodes, one, path))
    return answers.find((a) => a.length === 0) ?? answers[0]!
  }
  const breaches: string[] = []
  const rest = nodes.filter((n) => !isBlank(n))
  for (const [name, rule] of Object.entries(group as Group)) {
    let count = 0
    for (; rest[0] && name in rest[0]; count++)
      breaches.push(...checkOne(rest.shift()![name] as Node[], rule.is, `${path}/${name}`))
    if (count === 0 && !rule.optional) breaches.push(`${path}/${name} is missing or in the wrong place`)
    if (count > 1 && !rule.many) breaches.push(`${path}/${name} is there ${count} times`)
  }
  return [...breaches, ...rest.map((n) => `${path}/${Object.keys(n)[0]} does not belong here`)]
}

function checkOne(children: readonly Node[], is: Group | RegExp | readonly Group[], path: string): string[] {
  if (!(is instanceof RegExp)) return check(children, is, path)
  const text = children.map((c) => String(c['#text'] ?? '')).join('')
  return is.test(text) ? [] : [`${path} says "${text}"`]
}
