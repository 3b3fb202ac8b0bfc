import { describe, expect, test } from 'vitest'
import { amountOf } from '../../../common/quantity.ts'
import { unitPriceFor } from './agreed-line.ts'
import { detailsOf, findBuyerOrderNumber, findVatId } from './buyer-details.ts'
import { collectsItself, paymentMethodFor } from './payment-method.ts'
import { decodeEntities, words } from './plain-text.ts'
import { taxFreeCategory } from './tax-free.ts'

describe('ways to pay', () => {
  test.each([
    ['lieferschein', 'on-delivery-note'],
    ['kauf-auf-lieferschein', 'on-delivery-note'],
    ['Nachtrag Lieferschein', 'on-delivery-note'],
    ['invoice', 'on-invoice'],
    ['kauf-auf-rechnung', 'on-invoice'],
    ['bacs', 'prepayment'],
    ['cheque', 'prepayment'],
    ['vorkasse', 'prepayment'],
    ['cod', 'cash-on-delivery'],
    ['sepa-lastschrift', 'direct-debit'],
    ['klarna_invoice', 'prepayment'],
    ['some_card', 'prepayment'],
    ['', 'prepayment'],
  ] as const)('"%s" means %s', (name, method) => {
    expect(paymentMethodFor([name], {})).toBe(method)
  })
  test('the title is asked where the id says nothing', () => {
    expect(paymentMethodFor(['custom_7', 'Kauf auf Lieferschein'], {})).toBe('on-delivery-note')
  })
  test.each([
    [['stripe', 'Kreditkarte'], true],
    [['klarna_payments', 'Rechnung'], true],
    [['sofort', 'SOFORT Überweisung'], true],
    [['some_card'], true],
    [['bacs', 'Vorkasse'], false],
    [['custom_7', 'Überweisung'], false],
    [['invoice'], false],
    [['', ''], false],
  ])('%j brings its money by itself: %s', (names, collects) => {
    expect(collectsItself(names)).toBe(collects)
  })
})

describe('what shops keep in free fields', () => {
  test.each(['_billing_vat_id', '_wc_billing/pos/ust-idnr', 'ustIdNr', 'billing_eu_vat_number', '_vat_number', 'UID'])(
    'a VAT id under %s',
    (key) => {
      expect(findVatId([[key, 'de 999 999 999']])).toBe('DE999999999')
    },
  )
  test('what is no VAT id is none, whatever its key', () => {
    expect(
      findVatId([
        ['is_vat_exempt', 'no'],
        ['vat_state', 'valid'],
        ['customer_number', 'DE999999999'],
      ]),
    ).toBeUndefined()
  })
  test.each([
    '_billing_reference',
    '_wc_other/pos/bestellnr',
    'bestellnummer',
    'po',
    'po_number',
    'purchaseOrderNumber',
  ])("the buyer's order number under %s", (key) => {
    expect(findBuyerOrderNumber([[key, 'BST-1']])).toBe('BST-1')
  })
  test("the shop's own numbers and those of a payment are not the buyer's", () => {
    const others = detailsOf({
      _order_number: '17',
      payment_reference: 'x',
      _stripe_customer_reference: 'y',
      pos: 'z',
      post: 'a',
    })
    expect(findBuyerOrderNumber(others)).toBeUndefined()
  })
})

describe('words', () => {
  test('entities are decoded once and what is none stays', () => {
    expect(decodeEntities('A &amp; B &amp;amp; &lt;C&gt; &#8211; &#xD800; R&D; &constructor;')).toBe(
      'A & B &amp; <C> – &#xD800; R&D; &constructor;',
    )
  })
  test('a cut never leaves half an emoji, control characters are taken out', () => {
    expect(words('ab🔨', 3)).toBe('ab')
    expect(words('a\u0000b\ud800', 9)).toBe('ab\ufffd')
  })
})

describe('prices and taxes', () => {
  test('the price found gives the amount, or a little more where four decimals are too few', () => {
    for (const quantity of [1000, 3000, 7000, 13_000, 99_000, 333_000, 7_919_000]) {
      for (const amount of [0, 1, 4, 999, 1415, 100_000]) {
        const more = amountOf(quantity, unitPriceFor(amount, quantity)) - amount
        expect(more).toBeGreaterThanOrEqual(0)
        expect(more).toBeLessThanOrEqual(Math.ceil(quantity / 100_000))
      }
    }
  })
  test.each([
    [{ country: 'CH', vatId: undefined, zeroRate: false, notTaxable: false }, 'G'],
    [{ country: 'AT', vatId: 'ATU12345678', zeroRate: false, notTaxable: false }, 'K'],
    [{ country: 'AT', vatId: 'DE999999999', zeroRate: false, notTaxable: false }, 'E'],
    [{ country: 'DE', vatId: undefined, zeroRate: true, notTaxable: false }, 'Z'],
    [{ country: 'DE', vatId: undefined, zeroRate: false, notTaxable: true }, 'E'],
  ] as const)('%o is category %s', (facts, category) => {
    expect(taxFreeCategory(facts)).toBe(category)
  })
})
