export { makeLink } from './make-link.ts'
export { linkRoutes } from './routes.ts'
