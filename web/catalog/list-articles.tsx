import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import type { z } from 'zod'
import { type articleRow, listArticles } from '../../common/catalog/api.ts'
import { useMay } from '../session/me.tsx'
import { Quantity } from '../ui/cells.tsx'
import { ListBody, Toolbar, useList, useListSearch } from '../ui/list.tsx'
import { Page, Primary } from '../ui/page.tsx'
import { Empty } from '../ui/states.tsx'
import { Status } from '../ui/status.tsx'
import { type Column, Table } from '../ui/table.tsx'
import { unitName } from '../ui/unit.ts'
import { useWords } from '../words/words.ts'

type Row = z.output<typeof articleRow>
type Show = 'active' | 'inactive' | 'all'

/** Articles with their stock over all locations. */
export function ListArticles() {
  const { w, f, language } = useWords()
  const { heads } = w.articles
  const may = useMay()
  const navigate = useNavigate()
  const { search } = useListSearch()
  const active = search.show === 'all' ? undefined : search.show === 'inactive' ? 'false' : 'true'
  const list = useList(listArticles, { q: search.q, active })
  const columns: Column<Row>[] = [
    {
      name: 'number',
      head: heads.number,
      small: 'start',
      cell: (row) => (
        <Link to="/articles/$id" params={{ id: row.id }} className="number" tabIndex={-1}>
          {row.number}
        </Link>
      ),
    },
    {
      name: 'name',
      head: heads.name,
      grow: true,
      small: 'below',
      cell: (row) => (language === 'en' && row.nameEn) || row.nameDe,
    },
    { name: 'gtin', head: heads.gtin, small: 'hide', cell: (row) => <span className="quiet">{row.gtin}</span> },
    { name: 'unit', head: heads.unit, small: 'hide', cell: (row) => unitName(w, row.unit) },
    {
      name: 'onHand',
      head: heads.onHand,
      end: true,
      small: 'named',
      cell: (row) => <Quantity value={row.onHand} quietZero />,
    },
    {
      name: 'reserved',
      head: heads.reserved,
      end: true,
      small: 'named',
      cell: (row) => <Quantity value={row.reserved} quietZero />,
    },
    {
      name: 'available',
      head: heads.available,
      end: true,
      small: 'named',
      cell: (row) => <span className={row.available > 0 ? 'strong' : 'quiet'}>{f.quantity(row.available)}</span>,
    },
    {
      name: 'price',
      head: heads.price,
      end: true,
      small: 'end',
      cell: (row) => (row.listPrice === null ? <span className="quiet">–</span> : f.price(row.listPrice)),
    },
    ...(search.show === 'all'
      ? [
          {
            name: 'active',
            head: '',
            small: 'below' as const,
            cell: (row: Row) => !row.active && <Status tone="off" word={w.status.inactive} />,
          },
        ]
      : []),
  ]
  return (
    <Page
      title={w.pages.articles}
      primary={
        may('catalog.write') && (
          <Primary leftSection={<IconPlus size={16} />} onClick={() => void navigate({ to: '/articles/new' })}>
            {w.articles.newArticle}
          </Primary>
        )
      }
    >
      <Toolbar<Show> placeholder={w.articles.search} filters={w.articles.show} first="active" />
      <ListBody list={list}>
        <Table
          label={w.pages.articles}
          columns={columns}
          rows={list.rows}
          idOf={(row) => row.id}
          open={(row) => void navigate({ to: '/articles/$id', params: { id: row.id } })}
          listKey={list.listKey}
          stale={list.stale}
          skeletonRows={14}
          empty={
            search.q || search.show ? (
              <Empty title={w.states.nothingFound} hint={w.states.nothingFoundHint} />
            ) : (
              <Empty
                title={w.articles.empty}
                hint={w.articles.emptyHint}
                action={
                  may('settings.write') && (
                    <Button variant="default" onClick={() => void navigate({ to: '/import' })}>
                      {w.articles.goToImport}
                    </Button>
                  )
                }
              />
            )
          }
        />
      </ListBody>
    </Page>
  )
}
