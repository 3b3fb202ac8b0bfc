export { receivablesInvariants } from './invariants.ts'
export { checkCredit, exposureOf } from './rules/check-credit.ts'
export * from './store.ts'
