export { receivablesInvariants } from './invariants.ts'
export { type CreditQuestion, checkCredit, exposureOf } from './rules/check-credit.ts'
export * from './store.ts'
