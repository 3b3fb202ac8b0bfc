import type { XmlElement } from './xml-tree.ts'

/** A term of EN 16931 that our model has no place for, and what the invoice says there. */
export interface FurtherTerm {
  term: string
  value: string
  line?: string
}

/** What EN 16931 does not name: shown with its path, so that nothing an invoice says is lost. */
export interface UnknownContent {
  path: string
  value: string
}

/** End of the path -> term; the names of UBL and CII hardly ever meet. The longest end that fits counts. */
const TERMS: Readonly<Record<string, string>> = {
  // CII
  'ApplicableHeaderTradeSettlement/TaxCurrencyCode': 'BT-6',
  'TaxPointDate/DateString': 'BT-7',
  DueDateTypeCode: 'BT-8',
  'SpecifiedProcuringProject/ID': 'BT-11',
  'SpecifiedProcuringProject/Name': 'BT-11',
  'ContractReferencedDocument/IssuerAssignedID': 'BT-12',
  'ReceivingAdviceReferencedDocument/IssuerAssignedID': 'BT-15',
  'IncludedNote/SubjectCode': 'BT-21',
  'ReceivableSpecifiedTradeAccountingAccount/ID': 'BT-19',
  'SpecifiedLineTradeSettlement/ReceivableSpecifiedTradeAccountingAccount/ID': 'BT-133',
  'SellerTradeParty/GlobalID': 'BT-29',
  'SellerTradeParty/ID': 'BT-29',
  'BuyerTradeParty/GlobalID': 'BT-46',
  'BuyerTradeParty/ID': 'BT-46',
  'SellerTradeParty/DefinedTradeContact/DepartmentName': 'BT-41',
  'BuyerTradeParty/SpecifiedLegalOrganization/ID': 'BT-47',
  'BuyerTradeParty/SpecifiedLegalOrganization/TradingBusinessName': 'BT-45',
  'PayeeTradeParty/Name': 'BT-59',
  'PayeeTradeParty/ID': 'BT-60',
  'PayeeTradeParty/GlobalID': 'BT-60',
  'PayeeTradeParty/SpecifiedLegalOrganization/ID': 'BT-61',
  'SellerTaxRepresentativeTradeParty/Name': 'BT-62',
  'SellerTaxRepresentativeTradeParty/SpecifiedTaxRegistration/ID': 'BT-63',
  'ShipToTradeParty/Name': 'BT-70',
  'ShipToTradeParty/ID': 'BT-71',
  'ShipToTradeParty/GlobalID': 'BT-71',
  'PostalTradeAddress/LineThree': 'BT-36',
  'PostalTradeAddress/CountrySubDivisionName': 'BT-39',
  'SpecifiedTradeSettlementPaymentMeans/TypeCode': 'BT-81',
  'SpecifiedTradeSettlementPaymentMeans/Information': 'BT-82',
  'PayeePartyCreditorFinancialAccount/IBANID': 'BT-84',
  'PayeePartyCreditorFinancialAccount/ProprietaryID': 'BT-84',
  'PayeePartyCreditorFinancialAccount/AccountName': 'BT-85',
  'PayeeSpecifiedCreditorFinancialInstitution/BICID': 'BT-86',
  'ApplicableHeaderTradeSettlement/CreditorReferenceID': 'BT-90',
  'SpecifiedTradeAllowanceCharge/BasisAmount': 'BT-93',
  'SpecifiedTradeAllowanceCharge/CalculationPercent': 'BT-94',
  'SpecifiedTradeSettlementHeaderMonetarySummation/TaxTotalAmount': 'BT-111',
  'AppliedTradeAllowanceCharge/ActualAmount': 'BT-147',
  'GrossPriceProductTradePrice/ChargeAmount': 'BT-148',
  'GrossPriceProductTradePrice/BasisQuantity': 'BT-149',
  'SpecifiedTradeProduct/BuyerAssignedID': 'BT-156',
  'SpecifiedTradeProduct/GlobalID': 'BT-157',
  'DesignatedProductClassification/ClassCode': 'BT-158',
  'OriginTradeCountry/ID': 'BT-159',
  'ApplicableProductCharacteristic/Description': 'BT-160',
  'ApplicableProductCharacteristic/Value': 'BT-161',
  'AdditionalReferencedDocument-50/IssuerAssignedID': 'BT-17',
  'ApplicableHeaderTradeAgreement/AdditionalReferencedDocument-130/IssuerAssignedID': 'BT-18',
  'SellerTaxRepresentativeTradeParty/PostalTradeAddress/LineOne': 'BT-64',
  'SellerTaxRepresentativeTradeParty/PostalTradeAddress/CityName': 'BT-66',
  'SellerTaxRepresentativeTradeParty/PostalTradeAddress/PostcodeCode': 'BT-67',
  'SellerTaxRepresentativeTradeParty/PostalTradeAddress/CountryID': 'BT-69',
  'SellerTradeParty/SpecifiedTaxRegistration/ID': 'BT-32',
  // UBL
  'AdditionalDocumentReference-130/ID': 'BT-18',
  'TaxRepresentativeParty/PostalAddress/StreetName': 'BT-64',
  'TaxRepresentativeParty/PostalAddress/CityName': 'BT-66',
  'TaxRepresentativeParty/PostalAddress/PostalZone': 'BT-67',
  'TaxRepresentativeParty/PostalAddress/Country/IdentificationCode': 'BT-69',
  'AccountingSupplierParty/Party/PartyTaxScheme/CompanyID': 'BT-32',
  TaxCurrencyCode: 'BT-6',
  TaxPointDate: 'BT-7',
  'InvoicePeriod/DescriptionCode': 'BT-8',
  'ProjectReference/ID': 'BT-11',
  'ContractDocumentReference/ID': 'BT-12',
  'ReceiptDocumentReference/ID': 'BT-15',
  'OriginatorDocumentReference/ID': 'BT-17',
  AccountingCost: 'BT-19',
  'InvoiceLine/AccountingCost': 'BT-133',
  'CreditNoteLine/AccountingCost': 'BT-133',
  'AccountingSupplierParty/Party/PartyIdentification/ID': 'BT-29',
  'AccountingCustomerParty/Party/PartyIdentification/ID': 'BT-46',
  'AccountingCustomerParty/Party/PartyName/Name': 'BT-45',
  'AccountingCustomerParty/Party/PartyLegalEntity/CompanyID': 'BT-47',
  'PayeeParty/PartyName/Name': 'BT-59',
  'PayeeParty/PartyIdentification/ID': 'BT-60',
  'PayeeParty/PartyLegalEntity/CompanyID': 'BT-61',
  'TaxRepresentativeParty/PartyName/Name': 'BT-62',
  'TaxRepresentativeParty/PartyTaxScheme/CompanyID': 'BT-63',
  'DeliveryParty/PartyName/Name': 'BT-70',
  'DeliveryLocation/ID': 'BT-71',
  'AddressLine/Line': 'BT-36',
  CountrySubentity: 'BT-39',
  PaymentMeansCode: 'BT-81',
  'PayeeFinancialAccount/ID': 'BT-84',
  'PayeeFinancialAccount/Name': 'BT-85',
  'FinancialInstitutionBranch/ID': 'BT-86',
  'AllowanceCharge/BaseAmount': 'BT-93',
  'AllowanceCharge/MultiplierFactorNumeric': 'BT-94',
  'TaxTotal/TaxAmount': 'BT-111',
  'Price/AllowanceCharge/Amount': 'BT-147',
  'Price/AllowanceCharge/BaseAmount': 'BT-148',
  'BuyersItemIdentification/ID': 'BT-156',
  'StandardItemIdentification/ID': 'BT-157',
  'CommodityClassification/ItemClassificationCode': 'BT-158',
  'OriginCountry/IdentificationCode': 'BT-159',
  'AdditionalItemProperty/Name': 'BT-160',
  'AdditionalItemProperty/Value': 'BT-161',
}

/** Says nothing that isn't said by its place: a scheme, a direction, a type that the group has anyway. */
const SILENT =
  /(?:TaxScheme\/ID|ChargeIndicator(?:\/Indicator)?|CategoryTradeTax\/TypeCode|ApplicableTradeTax\/TypeCode|-\d+\/(?:Document)?TypeCode)$/

const LINES = /(?:InvoiceLine|CreditNoteLine|IncludedSupplyChainTradeLineItem)$/
const MAX_LISTED = 2_000
const MAX_VALUE = 500

/** Goes through what no reader took, and says which of it the standard knows. */
export function findFurtherTerms(root: XmlElement): { further: FurtherTerm[]; unknown: UnknownContent[] } {
  const further: FurtherTerm[] = []
  const unknown: UnknownContent[] = []
  const visit = (element: XmlElement, path: string, line: string | undefined): void => {
    const own = LINES.test(path) ? lineIdOf(element) : line
    for (const child of element.children) visit(child, `${path}/${nameOf(child)}`, own)
    if (element.isRead || element.text === '' || SILENT.test(path) || further.length + unknown.length >= MAX_LISTED)
      return
    const term = termOf(path)
    const value = element.text.slice(0, MAX_VALUE)
    if (term) further.push({ term, value, ...(own === undefined ? {} : { line: own }) })
    else unknown.push({ path, value })
  }
  visit(root, root.name, undefined)
  return { further, unknown }
}

/** A referenced document is what its type code says: 130 the object that is invoiced, 50 a tender. */
function nameOf(element: XmlElement): string {
  if (!/^Additional(ReferencedDocument|DocumentReference)$/.test(element.name)) return element.name
  const code = element.children.find((c) => /TypeCode$/.test(c.name))?.text
  return code === undefined ? element.name : `${element.name}-${code}`
}

function termOf(path: string): string | undefined {
  const names = path.split('/')
  for (let length = 4; length > 0; length--) {
    const term = TERMS[names.slice(-length).join('/')]
    if (term) return term
  }
  return undefined
}

function lineIdOf(line: XmlElement): string {
  const holder = line.children.find((c) => c.name === 'AssociatedDocumentLineDocument') ?? line
  return holder.children.find((c) => c.name === 'ID' || c.name === 'LineID')?.text ?? ''
}
