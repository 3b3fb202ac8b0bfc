export { linkInvariants } from './invariants.ts'
export { makeLink } from './make-link.ts'
export { privatePageHeaders } from './private-headers.ts'
export { linkRoutes } from './routes.ts'
