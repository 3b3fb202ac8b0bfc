import { Checkbox } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Day, Money } from '../ui/cells.tsx'
import { MoneyField } from '../ui/fields.tsx'
import { type Column, Table } from '../ui/table.tsx'
import { useWords } from '../words/words.ts'
import { skontoOn } from './suggest-allocation.ts'
import type { Item, useAllocation } from './use-allocation.ts'

interface AllocationTableProps {
  items: Item[]
  day: string
  allocation: ReturnType<typeof useAllocation>
}

/** The open items of a customer with what of the payment goes to each. */
export function AllocationTable({ items, day, allocation }: AllocationTableProps) {
  const { w, f } = useWords()
  const { heads } = w.payments
  const columns: Column<Item>[] = [
    {
      name: 'choose',
      head: '',
      width: 36,
      small: 'mark',
      cell: (item) => (
        <Checkbox
          aria-label={item.invoiceNumber}
          checked={allocation.of(item).amount > 0}
          onChange={() => allocation.toggle(item)}
        />
      ),
    },
    {
      name: 'invoice',
      head: heads.invoice,
      small: 'start',
      cell: (item) => (
        <Link to="/invoices/$id" params={{ id: item.invoiceId }} className="number">
          {item.invoiceNumber}
        </Link>
      ),
    },
    { name: 'dueOn', head: heads.dueOn, small: 'named', cell: (item) => <Day day={item.dueOn} /> },
    { name: 'open', head: heads.open, end: true, small: 'end', cell: (item) => <Money cents={item.open} /> },
    {
      name: 'skonto',
      head: heads.skonto,
      small: 'below',
      grow: true,
      cell: (item) => <SkontoCell item={item} day={day} allocation={allocation} />,
    },
    {
      name: 'pay',
      head: heads.pay,
      end: true,
      width: 140,
      small: 'below',
      cell: (item) => (
        <MoneyField
          aria-label={`${heads.pay} ${item.invoiceNumber}`}
          value={allocation.of(item).amount}
          maximum={item.open - allocation.of(item).skonto}
          onChange={(amount) => allocation.setAmount(item, amount)}
        />
      ),
    },
    {
      name: 'rest',
      head: w.billing.open,
      end: true,
      small: 'hide',
      cell: (item) => <Money cents={item.open - allocation.of(item).amount - allocation.of(item).skonto} quietZero />,
    },
  ]
  return (
    <>
      <Table
        label={w.payments.allocations}
        columns={columns}
        rows={items}
        idOf={(item) => item.invoiceId}
        listKey="allocation"
      />
      <p className={allocation.left < 0 ? 'red allocation-sum' : 'allocation-sum'} aria-live="polite">
        {allocation.left < 0
          ? w.payments.tooMuch(f.euros(-allocation.left))
          : allocation.left > 0
            ? w.payments.becomesCredit(f.euros(allocation.left))
            : allocation.allocations.length > 0
              ? w.payments.fits
              : '\u00a0'}
      </p>
    </>
  )
}

function SkontoCell({
  item,
  day,
  allocation,
}: {
  item: Item
  day: string
  allocation: AllocationTableProps['allocation']
}) {
  const { w, f } = useWords()
  const discount = skontoOn(item, day)
  const step = item.skonto.find((s) => s.discount === discount)
  if (discount > 0 && step) {
    return (
      <Checkbox
        label={w.payments.takeSkonto(f.euros(discount), f.day(step.until))}
        checked={allocation.of(item).skonto > 0}
        onChange={(event) => allocation.takeSkonto(item, event.currentTarget.checked)}
      />
    )
  }
  const last = item.skonto.at(-1)
  return last ? <span className="quiet small">{w.payments.skontoOver(f.day(last.until))}</span> : null
}
