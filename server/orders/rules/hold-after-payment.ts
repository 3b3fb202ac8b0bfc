interface Hold {
  code: string
  facts: Record<string, unknown>
}

/** Why an order still waits after money came in for it; `missing` in cents. Paid in full, nobody buys on anybody's credit. */
export function holdAfterPayment(hold: readonly Hold[], missing: number): Hold[] {
  if (missing <= 0) return hold.filter(({ code }) => code !== 'unpaid-prepayment' && code !== 'buyer-not-linked')
  return hold.map((one) => (one.code === 'unpaid-prepayment' ? { ...one, facts: { missing } } : one))
}
