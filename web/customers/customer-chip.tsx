import { IconX } from '@tabler/icons-react'
import { getCustomer } from '../../common/customers/api.ts'
import { useLoad } from '../load.ts'
import { useListSearch } from '../ui/list.tsx'
import { useWords } from '../words/words.ts'

/** Says that a list shows one customer only, and takes that off again. */
export function CustomerChip() {
  const { w } = useWords()
  const { search, change } = useListSearch()
  const customer = useLoad(
    getCustomer,
    { id: search.customerId ?? '' },
    { enabled: search.customerId !== undefined, staleTime: 60_000 },
  )
  if (!search.customerId) return null
  return (
    <button
      type="button"
      className="chip chip-on"
      onClick={() => change({ customerId: undefined })}
      title={w.actions.reset}
    >
      {customer.data?.name ?? w.customers.sections.customer} <IconX size={12} aria-hidden="true" />
    </button>
  )
}
