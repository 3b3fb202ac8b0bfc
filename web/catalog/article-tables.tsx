import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { z } from 'zod'
import type { Article } from '../../common/catalog/api.ts'
import { listMovements, type stockLevel, type stockMovement } from '../../common/stock/api.ts'
import { useLoadAll } from '../load.ts'
import { Moment, Quantity } from '../ui/cells.tsx'
import { type Column, Table } from '../ui/table.tsx'
import { useWords } from '../words/words.ts'

type Level = z.output<typeof stockLevel>
type Movement = z.output<typeof stockMovement>

export function StockTable({ levels }: { levels: Level[] | undefined }) {
  const { w, f } = useWords()
  const { heads } = w.articles
  const columns: Column<Level>[] = [
    { name: 'location', head: heads.location, grow: true, small: 'start', cell: (level) => level.locationName },
    { name: 'onHand', head: heads.onHand, end: true, small: 'named', cell: (level) => f.quantity(level.onHand) },
    {
      name: 'reserved',
      head: heads.reserved,
      end: true,
      small: 'named',
      cell: (level) => <Quantity value={level.reserved} quietZero />,
    },
    {
      name: 'available',
      head: heads.available,
      end: true,
      small: 'end',
      cell: (level) => <span className="strong">{f.quantity(level.available)}</span>,
    },
    {
      name: 'backordered',
      head: heads.backordered,
      end: true,
      small: 'named',
      cell: (level) =>
        level.backordered ? (
          <span className="amber">{f.quantity(level.backordered)}</span>
        ) : (
          <span className="quiet">–</span>
        ),
    },
  ]
  return (
    <Table
      label={w.articles.stock}
      columns={columns}
      rows={levels}
      idOf={(level) => level.locationId}
      listKey="stock"
      skeletonRows={2}
      empty={<p className="quiet">{w.articles.noStock}</p>}
    />
  )
}

export function PriceTable({ article }: { article: Article }) {
  const { w, f } = useWords()
  const { heads } = w.articles
  if (article.prices.length === 0) return <p className="quiet">{w.articles.noPrices}</p>
  const columns: Column<Article['prices'][number]>[] = [
    { name: 'group', head: heads.priceGroup, grow: true, small: 'start', cell: (price) => price.priceGroup },
    {
      name: 'from',
      head: heads.fromQuantity,
      end: true,
      small: 'named',
      cell: (price) => <Quantity value={price.fromQuantity} unit={article.unit} />,
    },
    { name: 'price', head: heads.groupPrice, end: true, small: 'end', cell: (price) => f.price(price.price) },
  ]
  return (
    <Table
      label={w.articles.prices}
      columns={columns}
      rows={article.prices}
      idOf={(price) => `${price.priceGroup} ${price.fromQuantity}`}
      listKey={article.id}
    />
  )
}

const referencePages = {
  order: '/orders/$id',
  'delivery-note': '/delivery-notes/$id',
  invoice: '/invoices/$id',
} as const
const FIRST = 20

/** Every movement with the document it belongs to, newest first. */
export function Movements({ articleId }: { articleId: string }) {
  const { w, f } = useWords()
  const { heads } = w.articles
  const [all, setAll] = useState(false)
  const load = useLoadAll(listMovements, { articleId }, 200)
  const rows = load.data && (all ? load.data.rows : load.data.rows.slice(0, FIRST))
  const columns: Column<Movement>[] = [
    { name: 'at', head: heads.at, small: 'below', cell: (row) => <Moment moment={row.at} /> },
    { name: 'reason', head: heads.reason, small: 'start', cell: (row) => w.articles.reasons[row.reason] },
    { name: 'from', head: heads.from, small: 'hide', cell: (row) => row.from ?? <span className="quiet">–</span> },
    { name: 'to', head: heads.to, small: 'hide', cell: (row) => row.to ?? <span className="quiet">–</span> },
    { name: 'reference', head: heads.reference, small: 'below', cell: (row) => <Reference row={row} /> },
    {
      name: 'note',
      head: heads.note,
      grow: true,
      small: 'hide',
      cell: (row) => <span className="quiet">{row.note}</span>,
    },
    {
      name: 'quantity',
      head: heads.quantity,
      end: true,
      small: 'end',
      cell: (row) => (
        <span className="nowrap">
          {row.from && row.to ? '' : row.to ? '+' : '−'}
          {f.quantity(row.quantity)}
        </span>
      ),
    },
  ]
  return (
    <>
      <Table
        label={w.articles.movements}
        columns={columns}
        rows={rows}
        idOf={(row) => row.id}
        listKey={articleId}
        skeletonRows={4}
        empty={<p className="quiet">{w.articles.noMovements}</p>}
      />
      {load.data && load.data.rows.length > FIRST && !all && (
        <div className="pager small">
          <span />
          <Button size="xs" variant="default" onClick={() => setAll(true)}>
            {w.chain.more(load.data.rows.length - FIRST)}
          </Button>
        </div>
      )}
    </>
  )
}

function Reference({ row }: { row: Movement }) {
  const to =
    row.referenceKind && row.referenceKind in referencePages
      ? referencePages[row.referenceKind as keyof typeof referencePages]
      : undefined
  if (!row.referenceNumber) return null
  return to && row.referenceId ? (
    <Link to={to} params={{ id: row.referenceId }}>
      {row.referenceNumber}
    </Link>
  ) : (
    row.referenceNumber
  )
}
