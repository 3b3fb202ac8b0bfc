export { receivablesInvariants } from './invariants.ts'
export { checkCredit } from './rules/check-credit.ts'
export * from './store.ts'
