import { Button, Menu } from '@mantine/core'
import { IconChevronDown, IconExternalLink, IconReceiptRefund, IconTruckReturn } from '@tabler/icons-react'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { z } from 'zod'
import { getInvoice, type invoice } from '../../common/invoicing/api.ts'
import { useLoad } from '../load.ts'
import { useMay } from '../session/me.tsx'
import { fileAddress } from '../ui/files.tsx'
import { Columns, Page, Primary, Secondary, Section } from '../ui/page.tsx'
import { Failed, PageSkeleton } from '../ui/states.tsx'
import { InvoiceState } from '../ui/status.tsx'
import { useWords, type Words } from '../words/words.ts'
import { CorrectPanel } from './correct-panel.tsx'
import { InvoiceChain } from './invoice-chain.tsx'
import { InvoiceFacts } from './invoice-facts.tsx'
import { InvoiceLines } from './invoice-lines.tsx'
import { InvoicePdf } from './invoice-pdf.tsx'
import { overdueDaysOf } from './list-invoices.tsx'

export type Invoice = z.output<typeof invoice>

/** One invoice or correction: the paper, what is open, and its neighbours. */
export function ShowInvoice() {
  const { id } = useParams({ from: '/shell/invoices/$id' })
  const { w, f } = useWords()
  const load = useLoad(getInvoice, { id })
  const [correcting, setCorrecting] = useState(false)
  if (!load.data) return load.error ? <Failed error={load.error} retry={() => void load.refetch()} /> : <PageSkeleton />
  const invoice = load.data
  return (
    <Page
      title={titleOf(invoice, w)}
      parent={{ to: '/invoices', word: w.pages.invoices }}
      state={
        <span className="statuses">
          <InvoiceState state={invoice.payment} overdueDays={overdueDaysOf(invoice)} />
          {invoice.open > 0 && (
            <span className="quiet">
              {w.billing.toPay(f.euros(invoice.open))}
              {invoice.dueOn && `, ${w.billing.due(f.day(invoice.dueOn))}`}
            </span>
          )}
        </span>
      }
      primary={<InvoiceActions invoice={invoice} onCorrect={() => setCorrecting(true)} />}
    >
      <InvoiceChain invoice={invoice} />
      <Columns side={<InvoiceFacts invoice={invoice} />}>
        {invoice.lines.length > 0 && (
          <Section title={w.billing.lines}>
            <InvoiceLines invoice={invoice} />
          </Section>
        )}
        <Section title={w.billing.document}>
          <InvoicePdf invoice={invoice} />
        </Section>
      </Columns>
      <CorrectPanel invoice={invoice} opened={correcting} onClose={() => setCorrecting(false)} />
    </Page>
  )
}

const titleOf = ({ kind, number }: Invoice, w: Words): string =>
  kind === 'correction'
    ? w.billing.correction(number)
    : kind === 'down-payment'
      ? w.billing.down.invoice(number)
      : w.billing.invoice(number)

function InvoiceActions({ invoice, onCorrect }: { invoice: Invoice; onCorrect: () => void }) {
  const { w } = useWords()
  const may = useMay()
  const navigate = useNavigate()
  const isLeft = invoice.downPayment === null || invoice.downPayment.left > 0
  const correctable = invoice.payment !== 'corrected' && isLeft && invoice.returnId === null && may('invoicing.write')
  return (
    <>
      {correctable && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" rightSection={<IconChevronDown size={15} />}>
              {w.actions.more}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconReceiptRefund size={15} />} onClick={onCorrect}>
              {w.billing.correct}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      {invoice.kind === 'invoice' && invoice.payment !== 'corrected' && may('returns.write') && (
        <Secondary
          leftSection={<IconTruckReturn size={16} />}
          onClick={() => void navigate({ to: '/returns/new', search: { invoiceId: invoice.id } })}
        >
          {w.returns.short}
        </Secondary>
      )}
      <Button
        component="a"
        variant="default"
        href={fileAddress(invoice.documentId, 'pdf')}
        target="_blank"
        rel="noopener"
        leftSection={<IconExternalLink size={16} />}
      >
        {w.billing.pdf}
      </Button>
      {invoice.open > 0 && may('payments.write') && (
        <Primary
          onClick={() =>
            void navigate({ to: '/payments/new', search: { customerId: invoice.customerId, invoiceId: invoice.id } })
          }
        >
          {w.orders.recordPayment}
        </Primary>
      )}
    </>
  )
}
