export { type ImportKind, type ImportResult, importFile, importTable } from './import-table.ts'
export { importRoutes } from './routes.ts'
