import { Select } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { listBranches } from '../../common/branches/api.ts'
import { listOpenLines } from '../../common/delivery/api.ts'
import { useLoad } from '../load.ts'
import { ListBody, useList } from '../ui/list.tsx'
import { Page } from '../ui/page.tsx'
import { Bar, Empty } from '../ui/states.tsx'
import { useWords } from '../words/words.ts'
import { groupOpenLines } from './group-open-lines.ts'
import { OpenLineGroup } from './open-line-group.tsx'
import './open-lines.css'

/** What waits for delivery, by customer and address: choose and make a note of it. */
export function ListOpenLines() {
  const { w } = useWords()
  const { locationId, customerId, orderId } = useSearch({ from: '/shell/open-lines' })
  const navigate = useNavigate()
  const branches = useLoad(listBranches, {})
  const list = useList(listOpenLines, { locationId, customerId, orderId }, { limit: 200 })
  const locations = branches.data?.locations.filter((location) => location.active) ?? []
  return (
    <Page title={w.pages.openLines}>
      {locations.length > 1 && (
        <div className="toolbar">
          <Select
            aria-label={w.delivery.openLines.filter}
            value={locationId ?? ''}
            onChange={(value) => void navigate({ to: '/open-lines', search: { locationId: value || undefined } })}
            data={[
              { value: '', label: w.delivery.openLines.allLocations },
              ...locations.map((location) => ({ value: location.id, label: location.name })),
            ]}
            allowDeselect={false}
          />
        </div>
      )}
      <ListBody list={list}>
        {list.rows === undefined && <GroupSkeletons />}
        {list.rows?.length === 0 && <Empty title={w.delivery.openLines.empty} hint={w.delivery.openLines.emptyHint} />}
        {groupOpenLines(list.rows ?? []).map((group) => (
          <OpenLineGroup key={group.key} group={group} />
        ))}
      </ListBody>
    </Page>
  )
}

function GroupSkeletons() {
  return (
    <>
      {[3, 1, 4, 2].map((rows) => (
        <div key={rows} className="open-group" aria-hidden="true">
          <div className="open-head">
            <Bar width="220px" />
          </div>
          {Array.from({ length: rows }, (_, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a skeleton are all the same
            <div key={i} className="open-line">
              <Bar width="60%" />
            </div>
          ))}
        </div>
      ))}
    </>
  )
}
