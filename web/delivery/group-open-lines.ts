import type { z } from 'zod'
import type { openLine } from '../../common/delivery/api.ts'

export type OpenLine = z.output<typeof openLine>

/** What fits on one note: one customer, one address, one stock location. */
export interface OpenGroup {
  key: string
  customerId: string
  customerName: string
  deliverToName: string
  locationId: string | null
  locationName: string | null
  lines: OpenLine[]
}

export const keyOfLine = (line: OpenLine): string => `${line.orderLineId} ${line.locationId ?? ''}`

export function groupOpenLines(lines: readonly OpenLine[]): OpenGroup[] {
  const groups = new Map<string, OpenGroup>()
  for (const line of lines) {
    const key = [line.customerId, line.deliverToId, line.locationId ?? ''].join(' ')
    const group = groups.get(key)
    if (group) group.lines.push(line)
    else {
      const { customerId, customerName, deliverToName, locationId, locationName } = line
      groups.set(key, { key, customerId, customerName, deliverToName, locationId, locationName, lines: [line] })
    }
  }
  return [...groups.values()]
}
