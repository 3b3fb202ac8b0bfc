/** The ways in which money comes in that a clerk records by hand. */
export type Method = 'transfer' | 'direct-debit' | 'cash' | 'card' | 'payment-provider'
export const methods: Method[] = ['transfer', 'direct-debit', 'cash', 'card', 'payment-provider']
