import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { z } from 'zod'
import { listDeliveredNotBilled, type monthRow } from '../../common/billing/api.ts'
import { isDay } from '../../common/dates.ts'
import { useLoad } from '../load.ts'
import { Money } from '../ui/cells.tsx'
import { DayField } from '../ui/fields.tsx'
import { today } from '../ui/format.ts'
import { Page } from '../ui/page.tsx'
import { Empty, Failed } from '../ui/states.tsx'
import { type Column, Table } from '../ui/table.tsx'
import { useWords } from '../words/words.ts'

type Month = z.output<typeof monthRow>

/** For the tax adviser: delivered and not billed as of a day, by month of delivery and VAT rate. */
export function NotBilledByMonth() {
  const { w, f } = useWords()
  const words = w.billing.months
  const { heads } = words
  const navigate = useNavigate()
  const search = useSearch({ from: '/shell/unbilled-by-month' })
  const day = search.day && isDay(search.day) ? search.day : today()
  const load = useLoad(listDeliveredNotBilled, { day }, { keep: true })
  const months = load.data?.months
  const sum = (of: 'net' | 'vat' | 'gross') => (months ?? []).reduce((all, row) => all + row[of], 0)
  const money = (name: 'net' | 'vat' | 'gross', small: 'hide' | 'end'): Column<Month> => ({
    name,
    head: heads[name],
    end: true,
    small,
    cell: (row) => <Money cents={row[name]} />,
  })
  const columns: Column<Month>[] = [
    {
      name: 'month',
      head: heads.month,
      grow: true,
      small: 'start',
      cell: (row) => `${row.month.slice(5)}/${row.month.slice(0, 4)}`,
    },
    {
      name: 'rate',
      head: heads.rate,
      small: 'below',
      cell: (row) => (row.vatRate === 0 ? `${words.without} (${row.vatCategory})` : f.percent(row.vatRate)),
    },
    { name: 'notes', head: heads.notes, end: true, small: 'hide', cell: (row) => f.count(row.notes) },
    money('net', 'hide'),
    money('vat', 'hide'),
    money('gross', 'end'),
  ]
  return (
    <Page
      title={words.title}
      parent={{ to: '/unbilled', word: w.pages.unbilled }}
      actions={
        <Button
          component="a"
          variant="default"
          href={`/api/billing/delivered-not-billed.csv?day=${day}`}
          download
          leftSection={<IconDownload size={16} />}
        >
          {words.csv}
        </Button>
      }
    >
      <p className="quiet">{words.hint}</p>
      <div className="toolbar">
        <DayField
          label={words.day}
          value={day}
          onChange={(next) => next && void navigate({ to: '.', search: { day: next }, replace: true })}
        />
      </div>
      {load.error && !load.data ? (
        <Failed error={load.error} retry={() => void load.refetch()} />
      ) : (
        <Table
          label={words.title}
          columns={columns}
          rows={months}
          idOf={(row) => `${row.month} ${row.vatCategory} ${row.vatRate}`}
          listKey={day}
          stale={load.isPlaceholderData}
          foot={
            <tr>
              <td colSpan={3} className="strong">
                {words.sum}
              </td>
              {(['net', 'vat', 'gross'] as const).map((of) => (
                <td key={of} className="end strong">
                  <Money cents={sum(of)} />
                </td>
              ))}
            </tr>
          }
          empty={<Empty title={words.empty} />}
        />
      )}
    </Page>
  )
}
