import { importCsv } from '../../common/catalog/api.ts'
import { type Binding, write } from '../kernel/index.ts'
import { importTable } from './import-table.ts'

export const importRoutes: Binding[] = [write(importCsv, importTable)]
