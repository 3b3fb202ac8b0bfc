export { importFile } from './import-table.ts'
export { importRoutes } from './routes.ts'
