import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDownload } from '@tabler/icons-react'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { z } from 'zod'
import { getPaymentFile, handOverPaymentFile, withdrawPaymentFile } from '../../common/payments/api.ts'
import { useAction, useLoad } from '../load.ts'
import { useMay } from '../session/me.tsx'
import { Moment, Money } from '../ui/cells.tsx'
import { fileAddress } from '../ui/files.tsx'
import { Columns, Facts, Page, Primary, Section } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import { ReasonField } from '../ui/reason-field.tsx'
import { Failed, PageSkeleton, Refused } from '../ui/states.tsx'
import { type Column, Table } from '../ui/table.tsx'
import { useWords } from '../words/words.ts'
import { FileState } from './list-payment-files.tsx'
import { RefundState } from './list-refunds.tsx'

type File = z.output<(typeof getPaymentFile)['output']>

/** One file of transfers: what is in it, whether the bank has it. */
export function ShowPaymentFile() {
  const { id } = useParams({ from: '/shell/payment-files/$id' })
  const { w, f } = useWords()
  const words = w.payments.files
  const may = useMay()('payments.refund')
  const load = useLoad(getPaymentFile, { id })
  const [withdrawing, setWithdrawing] = useState(false)
  const handOver = useAction(handOverPaymentFile, () => notifications.show({ message: words.handedOver }))
  if (!load.data) return load.error ? <Failed error={load.error} retry={() => void load.refetch()} /> : <PageSkeleton />
  const file = load.data
  return (
    <Page
      title={words.file(file.number)}
      parent={{ to: '/payment-files', word: w.pages.paymentFiles }}
      state={<FileState row={file} />}
      actions={
        may &&
        file.status !== 'withdrawn' && (
          <Button variant="default" onClick={() => setWithdrawing(true)}>
            {words.withdraw}
          </Button>
        )
      }
      primary={may && <Actions file={file} onHandOver={() => handOver.mutate({ id })} busy={handOver.isPending} />}
    >
      <Refused error={handOver.error} />
      <Columns
        side={
          <Section title={w.payments.details}>
            <Facts
              facts={[
                [words.executeOn, f.day(file.executeOn)],
                [words.count, f.count(file.count)],
                [words.total, <strong key="total">{f.euros(file.total)}</strong>],
                [words.madeAt, <Moment key="made" moment={file.createdAt} />],
                [words.handedOverAt, file.handedOverAt && <Moment key="over" moment={file.handedOverAt} />],
                [words.withdrawnAt, file.withdrawnAt && <Moment key="with" moment={file.withdrawnAt} />],
                [w.reason, file.withdrawReason],
              ]}
            />
          </Section>
        }
      >
        <Section title={w.pages.refunds}>
          <FileRefunds file={file} />
        </Section>
      </Columns>
      <WithdrawPanel file={file} opened={withdrawing} onClose={() => setWithdrawing(false)} />
    </Page>
  )
}

function Actions({ file, onHandOver, busy }: { file: File; onHandOver: () => void; busy: boolean }) {
  const words = useWords().w.payments.files
  return (
    <>
      <Button
        component="a"
        variant="default"
        href={fileAddress(file.documentId, 'pain-001', true)}
        download
        leftSection={<IconDownload size={16} />}
      >
        {words.download}
      </Button>
      {file.status === 'made' && (
        <Primary onClick={onHandOver} loading={busy}>
          {words.handOver}
        </Primary>
      )}
    </>
  )
}

function FileRefunds({ file }: { file: File }) {
  const { w } = useWords()
  const { heads, refunds } = w.payments
  const columns: Column<File['refunds'][number]>[] = [
    {
      name: 'number',
      head: refunds.number,
      small: 'start',
      cell: (row) => <span className="number">{row.number}</span>,
    },
    {
      name: 'customer',
      head: heads.customer,
      grow: true,
      small: 'below',
      cell: (row) => (
        <Link to="/customers/$id" params={{ id: row.customerId }} className="ink">
          {row.customerName}
        </Link>
      ),
    },
    { name: 'state', head: heads.state, small: 'below', cell: (row) => <RefundState status={row.status} /> },
    { name: 'amount', head: heads.amount, end: true, small: 'end', cell: (row) => <Money cents={row.amount} /> },
  ]
  return (
    <Table label={w.pages.refunds} columns={columns} rows={file.refunds} idOf={(row) => row.id} listKey={file.id} />
  )
}

function WithdrawPanel({ file, opened, onClose }: { file: File; opened: boolean; onClose: () => void }) {
  const { w } = useWords()
  const words = w.payments.files
  const [reason, setReason] = useState('')
  const action = useAction(withdrawPaymentFile, () => {
    notifications.show({ message: words.withdrawn })
    onClose()
  })
  return (
    <Panel
      title={words.withdrawTitle}
      opened={opened}
      onClose={onClose}
      submit={words.withdraw}
      onSubmit={() => action.mutate({ id: file.id, reason: reason.trim() })}
      busy={action.isPending}
      disabled={reason.trim() === ''}
      danger
      error={action.error}
      foot={words.withdrawHint}
    >
      <ReasonField label={w.reason} value={reason} onChange={setReason} usual={words.withdrawReasons} />
    </Panel>
  )
}
