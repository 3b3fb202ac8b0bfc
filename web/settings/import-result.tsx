import type { z } from 'zod'
import type { importResult } from '../../common/catalog/api.ts'
import { Table } from '../ui/table.tsx'
import { useWords } from '../words/words.ts'

type Result = z.output<typeof importResult>

export function ImportFigures({ result }: { result: Result }) {
  const { w, f } = useWords()
  const words = w.settings.import
  const figures = [
    [words.rows, result.rows],
    [words.created, result.created],
    [words.changed, result.changed],
    [words.unchanged, result.unchanged],
    [words.errors, result.errors.length],
  ] as const
  return (
    <dl className="figures">
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className={name === words.errors && value > 0 ? 'red' : undefined}>{f.count(value)}</dd>
        </div>
      ))}
    </dl>
  )
}

const SHOWN = 200

/** What is wrong, by row and column of the file. */
export function ImportErrors({ errors }: { errors: Result['errors'] }) {
  const { w, f } = useWords()
  const words = w.settings.import
  if (errors.length === 0) return null
  return (
    <Table
      label={words.errors}
      rows={errors.slice(0, SHOWN)}
      idOf={(error) => `${error.row} ${error.column} ${error.problem}`}
      listKey="import"
      columns={[
        { name: 'row', head: words.row, end: true, width: 70, small: 'start', cell: (error) => f.count(error.row) },
        { name: 'column', head: words.column, width: 180, small: 'end', cell: (error) => error.column },
        { name: 'problem', head: words.problem, grow: true, small: 'below', cell: (error) => error.problem },
      ]}
    />
  )
}
