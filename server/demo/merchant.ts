import { readFileSync } from 'node:fs'
import type { z } from 'zod'
import { branch, type Channel, channel, type Merchant, merchant, stockLocation } from '../../common/branches/api.ts'

export interface DemoMerchant {
  merchant: Merchant
  branches: z.output<typeof branch>[]
  locations: z.output<typeof stockLocation>[]
  channels: Channel[]
}

// Fixed, so that links into a demo stay good after it has been set up anew.
const idOf = (count: number) => `01985000-0000-7000-8000-${String(count).padStart(12, '0')}`
const [goerlitz, bautzen, cottbus] = [idOf(1), idOf(2), idOf(3)]
const [central, bautzenStore, cottbusStore] = [idOf(11), idOf(12), idOf(13)]

/** An invented wholesaler for tools and fastenings with a central warehouse and two branches that sell over the counter. */
export function demoMerchant(): DemoMerchant {
  return {
    merchant: merchant.parse(company),
    branches: [
      {
        id: goerlitz,
        code: 'GR',
        name: 'Zentrale Görlitz',
        street: 'Am Eschenhain 24',
        postalCode: '02828',
        city: 'Görlitz',
      },
      {
        id: bautzen,
        code: 'BZ',
        name: 'Niederlassung Bautzen',
        street: 'Federseilweg 3',
        postalCode: '02625',
        city: 'Bautzen',
      },
      {
        id: cottbus,
        code: 'CB',
        name: 'Niederlassung Cottbus',
        street: 'Zollstockstraße 17',
        postalCode: '03044',
        city: 'Cottbus',
      },
    ].map((b) => branch.parse(b)),
    locations: [
      { id: central, code: 'ZL', name: 'Zentrallager Görlitz', branchId: goerlitz },
      { id: bautzenStore, code: 'BZ', name: 'Lager Bautzen', branchId: bautzen },
      { id: cottbusStore, code: 'CB', name: 'Lager Cottbus', branchId: cottbus },
    ].map((l) => stockLocation.parse(l)),
    channels: channels.map((c) => channel.parse(c)),
  }
}

const company = {
  name: 'Eschenbrück Werkzeug- und Befestigungshandel GmbH',
  tradingName: 'Eschenbrück',
  street: 'Am Eschenhain 24',
  postalCode: '02828',
  city: 'Görlitz',
  country: 'DE',
  taxNumber: '207/999/04711',
  vatId: 'DE999912349',
  registerEntry: 'Amtsgericht Dresden, HRB 998877',
  legalForm: 'GmbH, Sitz Görlitz',
  directors: 'Hannelore Eschenbrück, Tilo Krüsemann',
  contactName: 'Sabine Löwenhag',
  phone: '+49 30 23125-100',
  email: 'auftrag@eschenbrueck.example',
  website: 'www.eschenbrueck.example',
  bankAccounts: [
    {
      iban: 'DE26999100100001234500',
      bic: 'MUSTDE99XXX',
      bankName: 'Musterbank Oberlausitz',
      holder: 'Eschenbrück Werkzeug- und Befestigungshandel GmbH',
    },
    {
      iban: 'DE22999200200008800417',
      bic: 'PROBDE99XXX',
      bankName: 'Probekasse Neißeland',
      holder: 'Eschenbrück Werkzeug- und Befestigungshandel GmbH',
    },
  ],
  logoSvg: readFileSync(new URL('./logo.svg', import.meta.url), 'utf8'),
  accentColor: '#0B6E69',
  texts: {
    deliveryNote:
      'Bitte prüfen Sie die Ware bei Annahme auf Vollständigkeit und sichtbare Schäden und vermerken Sie Abweichungen auf diesem Lieferschein.',
    invoiceIntro: 'Vielen Dank für Ihren Auftrag. Wir berechnen die folgenden Lieferungen:',
    invoiceClosing:
      'Bitte geben Sie bei der Zahlung die Rechnungsnummer an. Fragen zu dieser Rechnung beantwortet unsere Auftragsabwicklung gern.',
    retentionOfTitle: 'Die Ware bleibt bis zur vollständigen Bezahlung unser Eigentum (Eigentumsvorbehalt, § 449 BGB).',
  },
}

const channels = [
  {
    id: idOf(21),
    code: 'web-shop',
    name: 'Webshop',
    kind: 'web-shop',
    priceMode: 'gross',
    locations: [central, bautzenStore, cottbusStore],
    // by the names two shop systems have for them; WooCommerce's "cheque" is sold as "Kauf auf Lieferschein" here
    paymentMethods: {
      lieferschein: 'on-delivery-note',
      'kauf-auf-lieferschein': 'on-delivery-note',
      'Kauf auf Lieferschein': 'on-delivery-note',
      cheque: 'on-delivery-note',
      'Nachtrag Lieferschein': 'on-delivery-note',
      bacs: 'prepayment',
      vorkasse: 'prepayment',
      cod: 'cash-on-delivery',
    },
  },
  {
    id: idOf(22),
    code: 'bautzen',
    name: 'Niederlassung Bautzen',
    kind: 'branch',
    priceMode: 'net',
    locations: [bautzenStore, central],
  },
  {
    id: idOf(23),
    code: 'cottbus',
    name: 'Niederlassung Cottbus',
    kind: 'branch',
    priceMode: 'net',
    locations: [cottbusStore, central],
  },
  {
    id: idOf(24),
    code: 'phone',
    name: 'Telefonverkauf',
    kind: 'phone',
    priceMode: 'net',
    locations: [central, bautzenStore, cottbusStore],
  },
]
