import { Button, Select } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { planRun } from '../../common/billing/api.ts'
import { listUnbilledLines } from '../../common/delivery/api.ts'
import { issueInvoice } from '../../common/invoicing/api.ts'
import { useAction, useLoadAll } from '../load.ts'
import { useMay } from '../session/me.tsx'
import { Page, Primary, Section } from '../ui/page.tsx'
import { Empty, Failed, PageSkeleton } from '../ui/states.tsx'
import { useWords } from '../words/words.ts'
import { BillNote } from './bill-note.tsx'
import { ChangedPrices } from './changed-prices.tsx'
import { type BillGroup, groupUnbilled, type UnbilledLine } from './group-unbilled.ts'
import { InvoicePreview } from './invoice-preview.tsx'
import { billingInput, type Selection, selectLines, withLines, withQuantity } from './selection.ts'
import './bill-customer.css'

/** Choose notes or lines of a customer, see the exact invoice beside them, issue it. */
export function BillCustomer() {
  const { customerId } = useParams({ from: '/shell/unbilled/$customerId' })
  const { noteId, orderNumber } = useSearch({ from: '/shell/unbilled/$customerId' })
  const { w } = useWords()
  const load = useLoadAll(listUnbilledLines, { customerId }, Number.POSITIVE_INFINITY)
  const [key, setKey] = useState<string>()
  if (!load.data) return load.error ? <Failed error={load.error} retry={() => void load.refetch()} /> : <PageSkeleton />
  const wanted = (line: UnbilledLine) =>
    noteId ? line.noteId === noteId : orderNumber ? line.orderNumber === orderNumber : true
  const groups = groupUnbilled(load.data.rows)
  const group = groups.find((g) => g.key === key) ?? groups.find((g) => g.lines.some(wanted)) ?? groups[0]
  if (!group) {
    return (
      <Page title={w.pages.unbilled} parent={{ to: '/unbilled', word: w.pages.unbilled }}>
        <Empty title={w.billing.unbilled.customerEmpty} hint={w.billing.unbilled.emptyHint} />
      </Page>
    )
  }
  return (
    <BillGroupPage
      key={group.key}
      group={group}
      groups={groups}
      first={selectLines(group.lines.filter(wanted))}
      onGroup={setKey}
    />
  )
}

interface BillGroupPageProps {
  group: BillGroup
  groups: BillGroup[]
  first: Selection
  onGroup: (key: string) => void
}

function BillGroupPage({ group, groups, first, onGroup }: BillGroupPageProps) {
  const { w, f } = useWords()
  const words = w.billing.unbilled
  const may = useMay()
  const navigate = useNavigate()
  const [selection, setSelection] = useState(first)
  const [gross, setGross] = useState<number>()
  const issue = useAction(issueInvoice, ({ id, number }) => {
    notifications.show({ message: words.done(number) })
    void navigate({ to: '/invoices/$id', params: { id }, replace: true })
  })
  const plan = useAction(planRun, ({ id }) => void navigate({ to: '/billing-runs/$id', params: { id } }))
  const input = billingInput(group, selection)
  const any = selection.size > 0
  return (
    <Page
      title={words.title(group.customerName)}
      parent={{ to: '/unbilled', word: w.pages.unbilled }}
      actions={
        may('invoicing.write') && (
          <Button
            variant="default"
            loading={plan.isPending}
            onClick={() => plan.mutate({ customerId: group.customerId, everything: true })}
          >
            {w.billing.toBill.planOne}
          </Button>
        )
      }
      primary={
        may('invoicing.write') && (
          <Primary disabled={!any || gross === undefined} loading={issue.isPending} onClick={() => issue.mutate(input)}>
            {gross !== undefined && any ? words.issueOver(f.euros(gross)) : words.issue}
          </Primary>
        )
      }
    >
      <ChangedPrices customerId={group.customerId} />
      <div className="bill">
        <Section
          title={words.chooseNotes}
          aside={
            <span className="row">
              <Button size="xs" variant="default" onClick={() => setSelection(new Map())} disabled={!any}>
                {words.none}
              </Button>
              <Button size="xs" variant="default" onClick={() => setSelection(selectLines(group.lines))}>
                {words.all}
              </Button>
            </span>
          }
        >
          {groups.length > 1 && (
            <Select
              label={words.recipient}
              value={group.key}
              onChange={(key) => key && onGroup(key)}
              allowDeselect={false}
              mb={12}
              data={groups.map((g, i) => ({
                value: g.key,
                label: `${words.group(i + 1, g.priceMode === 'net' ? words.netMode : words.grossMode)} · ${f.euros(g.amount)}`,
              }))}
            />
          )}
          {[...group.notes].map(([noteId, lines]) => (
            <BillNote
              key={noteId}
              lines={lines}
              selection={selection}
              onLines={(some, on) => setSelection(withLines(selection, some, on))}
              onQuantity={(line, quantity) => setSelection(withQuantity(selection, line, quantity))}
            />
          ))}
        </Section>
        <InvoicePreview input={input} any={any} onGross={setGross} error={issue.error} />
      </div>
    </Page>
  )
}
