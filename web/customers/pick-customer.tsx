import { useState } from 'react'
import type { z } from 'zod'
import { type customerRow, listCustomers } from '../../common/customers/api.ts'
import { useLoad } from '../load.ts'
import { Finder } from '../ui/finder.tsx'
import { useWords } from '../words/words.ts'

export type CustomerRow = z.output<typeof customerRow>

interface PickCustomerProps {
  label: string
  placeholder?: string
  chosen: { name: string; number: string } | undefined
  onChoose: (customer: CustomerRow) => void
  onClear?: () => void
  autoFocus?: boolean
  className?: string
}

/** Finds a customer by number, name, place or e-mail. */
export function PickCustomer({ chosen, ...props }: PickCustomerProps) {
  const { w } = useWords()
  const [q, setQ] = useState('')
  const load = useLoad(listCustomers, { q, limit: 8 }, { enabled: chosen === undefined, keep: true })
  return (
    <Finder
      placeholder={w.orders.phone.findCustomer}
      {...props}
      chosen={chosen && `${chosen.name} · ${chosen.number}`}
      found={load.data?.rows}
      searching={load.isFetching}
      onSearch={setQ}
      idOf={(customer) => customer.id}
      option={(customer) => (
        <span className="spread">
          <span>
            <span className="strong">{customer.name}</span> <span className="quiet">{customer.city}</span>
          </span>
          <span className="quiet nowrap">{customer.blocked ? w.status.blocked : customer.number}</span>
        </span>
      )}
    />
  )
}
