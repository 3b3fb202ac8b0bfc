import { Fragment, type ReactNode, useId } from 'react'
import { useWords } from '../words/words.ts'
import { Bar } from './states.tsx'
import { useChangedRows } from './use-changed-rows.ts'
import { useRowKeys } from './use-row-keys.ts'
import './table.css'

export interface Column<T> {
  name: string
  head: ReactNode
  cell: (row: T) => ReactNode
  /** figures stand at the right, one under the other */
  end?: boolean
  /** takes the room that is left and cuts what does not fit */
  grow?: boolean
  width?: number
  /** where the cell stands on a phone: first line left or right, or below; named: with its head before it */
  small?: 'mark' | 'start' | 'end' | 'below' | 'named' | 'hide'
}

interface TableProps<T> {
  label: string
  columns: Column<T>[]
  rows: readonly T[] | undefined
  idOf: (row: T) => string
  /** what a click or Enter on the row opens */
  open?: (row: T) => void
  /** what stands unfolded under a row */
  below?: (row: T) => ReactNode
  /** other filters are another list: its rows do not flash */
  listKey?: string
  empty?: ReactNode
  foot?: ReactNode
  skeletonRows?: number
  stale?: boolean
}

/** A dense table: 36 px rows, moved through with the arrow keys, changed rows light up for a moment. */
export function Table<T>({
  label,
  columns,
  rows,
  idOf,
  open,
  below,
  listKey = '',
  empty,
  foot,
  skeletonRows = 8,
  stale,
}: TableProps<T>) {
  const { w } = useWords()
  const captionId = useId()
  const changed = useChangedRows(rows, idOf, listKey)
  const keys = useRowKeys(label, rows?.map(idOf))
  if (rows?.length === 0 && empty) return <>{empty}</>
  return (
    <div
      className={stale ? 'table-frame table-stale' : 'table-frame'}
      ref={keys.frame}
      aria-busy={rows === undefined || stale}
    >
      <table className={open ? 'table table-open' : 'table'} aria-labelledby={captionId}>
        <caption id={captionId} className="hidden-visually">
          {label}
        </caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.name}
                scope="col"
                className={classOf(column)}
                style={column.width ? { width: column.width } : undefined}
              >
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows === undefined &&
            Array.from({ length: skeletonRows }, (_, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of a skeleton are all the same
              <tr key={i}>
                {columns.map((column, c) => (
                  <td key={column.name} className={classOf(column)} data-small={column.small}>
                    <Bar width={c === 0 ? '80%' : '55%'} />
                    {i + c === 0 && <span className="hidden-visually">{w.states.loading}</span>}
                  </td>
                ))}
              </tr>
            ))}
          {rows?.map((row) => {
            const id = idOf(row)
            const unfolded = below?.(row)
            return (
              <Fragment key={id}>
                <tr
                  data-id={id}
                  className={changed.has(id) ? 'changed' : undefined}
                  {...(open
                    ? {
                        tabIndex: keys.tabIndexOf(id),
                        onKeyDown: (e) => keys.onKeyDown(e, id, () => open(row)),
                        onFocus: () => keys.remember(id),
                      }
                    : {})}
                  onClick={
                    open &&
                    ((event) => {
                      const target = event.target as HTMLElement
                      if (target.closest('a, button, input, label, select') || window.getSelection()?.toString()) return
                      keys.remember(id)
                      open(row)
                    })
                  }
                >
                  {columns.map((column) => (
                    <td
                      key={column.name}
                      className={classOf(column)}
                      data-small={column.small}
                      data-head={column.small === 'named' && typeof column.head === 'string' ? column.head : undefined}
                    >
                      {column.cell(row)}
                    </td>
                  ))}
                </tr>
                {unfolded && (
                  <tr className="table-below">
                    <td colSpan={columns.length}>{unfolded}</td>
                  </tr>
                )}
              </Fragment>
            )
          })}
        </tbody>
        {foot && <tfoot>{foot}</tfoot>}
      </table>
    </div>
  )
}

function classOf<T>(column: Column<T>): string | undefined {
  const classes = [column.end && 'end', column.grow && 'grow'].filter(Boolean)
  return classes.length > 0 ? classes.join(' ') : undefined
}
