import { Select } from '@mantine/core'
import { IconArrowDownLeft, IconArrowUpRight, IconChevronRight } from '@tabler/icons-react'
import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { listReceipts } from '../../common/shops/api.ts'
import { ListBody, SearchField, useList, useListSearch } from '../ui/list.tsx'
import { Empty } from '../ui/states.tsx'
import { Status, type Tone } from '../ui/status.tsx'
import { type Column, Table } from '../ui/table.tsx'
import { useWords } from '../words/words.ts'
import { AboutReceipt, answerOf, type Receipt, ReceiptFacts } from './receipt.tsx'
import type { TabProps } from './show-shop.tsx'
import { EVERY_MS } from './use-shops.ts'

const tones: Record<Receipt['outcome'], Tone> = {
  received: 'none',
  done: 'done',
  'nothing-to-do': 'off',
  parked: 'attention',
  stale: 'off',
  again: 'half',
  dead: 'stop',
}
const isOutcome = (word: string | undefined): word is Receipt['outcome'] => word !== undefined && word in tones

/** Every event in and out, newest first; a row unfolds what it says. */
export default function Log({ shop }: TabProps) {
  const { w, f } = useWords()
  const words = w.shops.log
  const { direction, show, q } = useSearch({ from: '/shell/shops/$id' })
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set())
  const list = useList(
    listReceipts,
    {
      channelId: shop.channelId,
      q,
      direction: direction === 'in' || direction === 'out' ? direction : undefined,
      outcome: isOutcome(show) ? show : undefined,
    },
    { every: unfolded.size === 0 ? EVERY_MS : undefined },
  )
  const toggle = ({ id }: Receipt) => {
    const next = new Set(unfolded)
    if (!next.delete(id)) next.add(id)
    setUnfolded(next)
  }
  const columns: Column<Receipt>[] = [
    {
      name: 'at',
      head: words.heads.at,
      small: 'start',
      cell: (row) => (
        <button
          type="button"
          className="unfold"
          tabIndex={-1}
          aria-expanded={unfolded.has(row.id)}
          title={words.unfold}
          onClick={() => toggle(row)}
        >
          <IconChevronRight size={14} aria-hidden="true" />
          <time dateTime={row.at}>{f.second(row.at)}</time>
        </button>
      ),
    },
    { name: 'what', head: words.heads.what, small: 'below', cell: (row) => <What receipt={row} /> },
    { name: 'about', head: words.heads.about, small: 'below', cell: (row) => <AboutReceipt receipt={row} /> },
    {
      name: 'outcome',
      head: words.heads.outcome,
      small: 'end',
      cell: (row) => <Status tone={tones[row.outcome]} word={words.outcomes[row.outcome]} />,
    },
    { name: 'answer', head: words.heads.answer, grow: true, small: 'below', cell: (row) => answerOf(row, w, f) },
    { name: 'attempt', head: words.heads.attempt, end: true, small: 'hide', cell: (row) => f.count(row.attempt) },
    {
      name: 'ms',
      head: words.heads.ms,
      end: true,
      small: 'hide',
      cell: (row) => (row.milliseconds === null ? <span className="quiet">–</span> : f.count(row.milliseconds)),
    },
  ]
  return (
    <>
      <LogToolbar />
      <ListBody list={list}>
        <Table
          label={w.shops.tabs.log}
          columns={columns}
          rows={list.rows}
          idOf={(row) => row.id}
          open={toggle}
          below={(row) => unfolded.has(row.id) && <ReceiptFacts receipt={row} />}
          listKey={list.listKey}
          stale={list.stale}
          empty={
            q || show || direction ? (
              <Empty title={w.states.nothingFound} hint={w.states.nothingFoundHint} />
            ) : (
              <Empty title={words.empty} hint={words.emptyHint} />
            )
          }
        />
      </ListBody>
      <p className="quiet small" role="status">
        {unfolded.size > 0 && words.paused}
      </p>
    </>
  )
}

/** Which way it went, and what it was. */
function What({ receipt: { direction, kind } }: { receipt: Receipt }) {
  const { w } = useWords()
  const { directions, hook } = w.shops.log
  const Arrow = direction === 'in' ? IconArrowDownLeft : IconArrowUpRight
  const names: Record<string, string> = { ...w.shops.tasks, hook }
  return (
    <span className="direction" title={directions[direction]}>
      <Arrow size={15} stroke={1.8} aria-hidden="true" />
      <span className="hidden-visually">{directions[direction]}:</span>
      {names[kind] ?? kind}
    </span>
  )
}

function LogToolbar() {
  const { w } = useWords()
  const words = w.shops.log
  const { direction, show, q } = useSearch({ from: '/shell/shops/$id' })
  const { change } = useListSearch()
  return (
    <div className="toolbar">
      <fieldset className="group filters" aria-label={words.heads.direction}>
        {Object.entries(words.directions).map(([name, word]) => (
          <button
            key={name}
            type="button"
            className="filter"
            aria-pressed={(direction ?? 'all') === name}
            onClick={() => change({ direction: name === 'all' ? undefined : name })}
          >
            {word}
          </button>
        ))}
      </fieldset>
      <Select
        aria-label={words.outcome}
        placeholder={words.anyOutcome}
        size="xs"
        value={isOutcome(show) ? show : null}
        clearable
        data={Object.entries(words.outcomes).map(([value, label]) => ({ value, label }))}
        onChange={(outcome) => change({ show: outcome ?? undefined })}
      />
      <SearchField placeholder={words.search} value={q ?? ''} onChange={(next) => change({ q: next || undefined })} />
    </div>
  )
}
