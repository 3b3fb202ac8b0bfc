import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { Link } from '@tanstack/react-router'
import type { OutputOf } from '../../common/route.ts'
import { listTasks, retryTasks } from '../../common/shops/api.ts'
import { useAction } from '../load.ts'
import { useMay } from '../session/me.tsx'
import { Moment } from '../ui/cells.tsx'
import { ListBody, Toolbar, useList, useListSearch } from '../ui/list.tsx'
import { Primary } from '../ui/page.tsx'
import { Empty, Refused } from '../ui/states.tsx'
import { type Column, Table } from '../ui/table.tsx'
import { useWords } from '../words/words.ts'
import { sayAll } from './remarks.ts'
import type { TabProps } from './show-shop.tsx'
import { EVERY_MS } from './use-shops.ts'

type Task = OutputOf<typeof listTasks>['rows'][number]

/** What was given up, to be sent again one by one or all; and what only waits. */
export default function Work({ shop }: TabProps) {
  const { w, f } = useWords()
  const words = w.shops.work
  const may = useMay()
  const { search } = useListSearch()
  const state = search.show === 'open' ? 'open' : 'dead'
  const list = useList(listTasks, { channelId: shop.channelId, state }, { every: EVERY_MS })
  const retry = useAction(retryTasks, ({ again }) => notifications.show({ message: words.retried(again) }))
  const write = may('orders.write')
  const again = (taskId?: string) => retry.mutate({ channelId: shop.channelId, taskId })
  const columns: Column<Task>[] = [
    { name: 'what', head: words.heads.what, small: 'start', cell: (task) => w.shops.tasks[task.kind] },
    { name: 'about', head: words.heads.about, small: 'below', cell: (task) => <About task={task} /> },
    {
      name: 'problem',
      head: words.heads.problem,
      grow: true,
      small: 'below',
      cell: (task) => sayAll(task.remarks, task.problem, w, f),
    },
    { name: 'since', head: words.heads.since, small: 'named', cell: (task) => <Moment moment={task.wishedAt} /> },
    {
      name: 'attempts',
      head: words.heads.attempts,
      end: true,
      small: 'named',
      cell: (task) => f.count(task.attempts),
    },
    state === 'dead'
      ? {
          name: 'again',
          head: '',
          end: true,
          small: 'below',
          cell: (task) =>
            write && (
              <Button size="compact-sm" variant="default" disabled={retry.isPending} onClick={() => again(task.id)}>
                {words.retry}
              </Button>
            ),
        }
      : {
          name: 'next',
          head: words.heads.next,
          end: true,
          small: 'named',
          cell: (task) => (task.notBefore ? f.second(task.notBefore) : words.now),
        },
  ]
  return (
    <>
      <Toolbar<'dead' | 'open'> filters={words.show} first="dead">
        <div className="tab-actions">
          {state === 'dead' && write && (
            <Primary disabled={!list.rows?.length} loading={retry.isPending} onClick={() => again()}>
              {words.retryAll}
            </Primary>
          )}
        </div>
      </Toolbar>
      <Refused error={retry.error} />
      <ListBody list={list}>
        <Table
          label={words.show[state]}
          columns={columns}
          rows={list.rows}
          idOf={(task) => task.id}
          listKey={list.listKey}
          stale={list.stale}
          empty={
            state === 'dead' ? (
              <Empty title={words.empty} hint={words.emptyHint} />
            ) : (
              <Empty title={words.nothingWaits} hint={words.nothingWaitsHint} />
            )
          }
        />
      </ListBody>
    </>
  )
}

function About({ task }: { task: Task }) {
  const { f } = useWords()
  const may = useMay()
  if (task.kind === 'replay') return <>{f.moment(task.objectId)}</>
  if (task.objectId === 'all') return <span className="quiet">–</span>
  if (task.kind === 'show-order' && may('orders.read'))
    return (
      <Link to="/orders/$id" params={{ id: task.objectId }} className="number">
        {task.label ?? task.objectId}
      </Link>
    )
  if (task.kind === 'publish' && may('catalog.read'))
    return (
      <Link to="/articles/$id" params={{ id: task.objectId }} className="number">
        {task.label ?? task.objectId}
      </Link>
    )
  return <span className="cut">{task.label ?? task.objectId}</span>
}
