import type { z } from 'zod'
import type { deliveryNote, noteLine } from '../../common/delivery/api.ts'

export type Note = z.output<typeof deliveryNote>
export type NoteLine = z.output<typeof noteLine>
