export { makeReturnFile } from './archive-return.ts'
export { returnInvariants } from './invariants.ts'
export { returnRoutes } from './routes.ts'
