import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Permission } from '../../common/permissions.ts'
import type { Shop } from '../../common/shops/api.ts'
import { Money } from '../ui/cells.tsx'
import type { Format } from '../ui/format.ts'
import type { Column } from '../ui/table.tsx'
import type { Words } from '../words/words.ts'
import type { CatalogueRow, Show } from './catalogue.tsx'
import { TakeOrPublish } from './take-or-publish.tsx'

interface Around {
  w: Words
  f: Format
  shop: Shop
  may: (permission: Permission) => boolean
  byHand: (row: CatalogueRow) => void
}

/** The columns of each part of the report: the same facts at the same place, and what can be done with a row. */
export function catalogueColumns(show: Show, around: Around): Column<CatalogueRow>[] {
  const { w, f } = around
  const words = w.shops.catalogue
  const sku: Column<CatalogueRow> = {
    name: 'sku',
    head: words.heads.sku,
    small: 'start',
    cell: (row) => <span className="strong">{row.sku}</span>,
  }
  const ours: Column<CatalogueRow> = {
    name: 'number',
    head: words.heads.number,
    small: 'below',
    cell: (row) => <Ours row={row} {...around} />,
  }
  const name: Column<CatalogueRow> = {
    name: 'name',
    head: words.heads.name,
    grow: true,
    small: 'below',
    cell: (row) => row.name,
  }
  const gtin: Column<CatalogueRow> = {
    name: 'gtin',
    head: words.heads.gtin,
    small: 'hide',
    cell: (row) => row.gtin ?? <span className="quiet">–</span>,
  }
  const price: Column<CatalogueRow> = {
    name: 'price',
    head: words.heads.price,
    end: true,
    small: 'end',
    cell: (row) => (row.price === null ? <span className="quiet">–</span> : <Money cents={row.price} />),
  }
  const could: Column<CatalogueRow> = {
    name: 'could',
    head: words.heads.could,
    small: 'below',
    cell: (row) => (
      <>
        {row.candidates.join(', ')}
        {row.candidates.length < 2 && <span className="quiet"> {words.doubled}</span>}
      </>
    ),
  }
  const actions: Column<CatalogueRow> = {
    name: 'actions',
    head: '',
    end: true,
    small: 'below',
    cell: (row) => <RowActions show={show} row={row} {...around} f={f} />,
  }
  if (show === 'only-here') return [{ ...ours, small: 'start' }, name, gtin, actions]
  if (show === 'only-there') return [sku, name, gtin, price, actions]
  if (show === 'ambiguous') return [sku, name, could, gtin, price, actions]
  return [sku, name, ours, gtin, price, actions]
}

function Ours({ row, w, may }: Around & { row: CatalogueRow }) {
  if (row.parts.length > 1)
    return (
      <span title={row.parts.map((part) => `${part.quantity / 1000} × ${part.article}`).join('\n')}>
        {w.shops.catalogue.setOf(row.parts.length)}
      </span>
    )
  const [part] = row.parts
  const times = part && part.quantity !== 1000 ? `${part.quantity / 1000} × ` : ''
  if (row.articleId === null || !may('catalog.read')) return <>{`${times}${row.articleNumber ?? ''}`}</>
  return (
    <>
      {times}
      <Link to="/articles/$id" params={{ id: row.articleId }} className="number" tabIndex={-1}>
        {row.articleNumber}
      </Link>
    </>
  )
}

function RowActions({ show, row, w, shop, may, byHand }: Around & { show: Show; row: CatalogueRow }) {
  return (
    <span className="row nowrap row-end">
      <TakeOrPublish shop={shop} show={show} row={row} count={1} />
      {show !== 'only-here' && may('settings.write') && (
        <Button size="compact-sm" variant="default" onClick={() => byHand(row)}>
          {show === 'matched' ? w.actions.change : w.shops.catalogue.byHand}
        </Button>
      )}
    </span>
  )
}
