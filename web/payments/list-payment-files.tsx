import { Link, useNavigate } from '@tanstack/react-router'
import type { z } from 'zod'
import { listPaymentFiles, type paymentFileRow } from '../../common/payments/api.ts'
import { Day, Moment, Money } from '../ui/cells.tsx'
import { ListBody, useList } from '../ui/list.tsx'
import { Page } from '../ui/page.tsx'
import { Empty } from '../ui/states.tsx'
import { Status } from '../ui/status.tsx'
import { type Column, Table } from '../ui/table.tsx'
import { useWords } from '../words/words.ts'

type Row = z.output<typeof paymentFileRow>

/** Files of transfers, newest first. */
export function ListPaymentFiles() {
  const { w, f } = useWords()
  const words = w.payments.files
  const navigate = useNavigate()
  const list = useList(listPaymentFiles, {})
  const columns: Column<Row>[] = [
    {
      name: 'number',
      head: words.number,
      small: 'start',
      cell: (row) => (
        <Link to="/payment-files/$id" params={{ id: row.id }} className="number" tabIndex={-1}>
          {row.number}
        </Link>
      ),
    },
    { name: 'at', head: words.madeAt, small: 'below', cell: (row) => <Moment moment={row.createdAt} /> },
    { name: 'executeOn', head: words.executeOn, small: 'named', cell: (row) => <Day day={row.executeOn} /> },
    { name: 'state', head: w.payments.heads.state, grow: true, small: 'below', cell: (row) => <FileState row={row} /> },
    { name: 'count', head: words.count, end: true, small: 'named', cell: (row) => f.count(row.count) },
    { name: 'total', head: `${words.total} €`, end: true, small: 'end', cell: (row) => <Money cents={row.total} /> },
  ]
  return (
    <Page title={w.pages.paymentFiles} parent={{ to: '/refunds', word: w.pages.refunds }}>
      <ListBody list={list}>
        <Table
          label={w.pages.paymentFiles}
          columns={columns}
          rows={list.rows}
          idOf={(row) => row.id}
          open={(row) => void navigate({ to: '/payment-files/$id', params: { id: row.id } })}
          listKey={list.listKey}
          stale={list.stale}
          empty={<Empty title={words.empty} hint={words.emptyHint} />}
        />
      </ListBody>
    </Page>
  )
}

const tones = { made: 'attention', 'handed-over': 'done', withdrawn: 'off' } as const

export function FileState({ row }: { row: Pick<Row, 'status'> }) {
  const { w } = useWords()
  return <Status tone={tones[row.status]} word={w.payments.files.states[row.status]} />
}
