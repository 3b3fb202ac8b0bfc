import { TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { postGoodsIssue } from '../../common/delivery/api.ts'
import { useAction } from '../load.ts'
import { CountField, DayField, WeightField } from '../ui/fields.tsx'
import { today } from '../ui/format.ts'
import { Panel } from '../ui/panel.tsx'
import { takeScans } from '../ui/scanner.ts'
import { useWords } from '../words/words.ts'
import { goodsIssueInput, lineOfScan, nothingPicked, type Picked, plannedOf } from './goods-issue.ts'
import type { Note } from './note.ts'
import { PickLines } from './pick-lines.tsx'

/** What was really picked, how it is shipped, and the booking: made for gloves, keyboard and scanner. */
export function GoodsIssuePanel({ note, opened, onClose }: { note: Note; opened: boolean; onClose: () => void }) {
  const { w } = useWords()
  const words = w.delivery.issue
  const [picked, setPicked] = useState<Picked>(() => plannedOf(note))
  const [deliveredOn, setDeliveredOn] = useState<string | undefined>(today())
  const [parcels, setParcels] = useState<number>()
  const [grossWeight, setGrossWeight] = useState<number>()
  const [carrier, setCarrier] = useState('')
  const [trackingNumber, setTrackingNumber] = useState('')
  const action = useAction(postGoodsIssue, ({ number, stillOpen }) => {
    notifications.show({ message: stillOpen ? words.doneOpen(number) : words.done(number) })
    onClose()
  })
  useScans(note, opened, picked, setPicked)

  const goods = note.noteLines.filter((line) => line.kind === 'goods')
  const full = goods.filter((line) => picked[line.id] === line.planned).length
  const invalid = goods.some((line) => picked[line.id] === undefined || picked[line.id]! > line.planned)
  const consequence = nothingPicked(note, picked)
    ? words.nothing
    : full === goods.length
      ? words.complete
      : words.partial(full, goods.length)
  return (
    <Panel
      wide
      title={words.title}
      opened={opened}
      onClose={onClose}
      submit={words.submit}
      onSubmit={() =>
        action.mutate(goodsIssueInput(note, picked, { deliveredOn, parcels, grossWeight, carrier, trackingNumber }))
      }
      busy={action.isPending}
      disabled={invalid || nothingPicked(note, picked) || deliveredOn === undefined}
      error={action.error}
      foot={consequence}
    >
      <fieldset className="group" aria-label={words.picked} onKeyDown={nextFieldOnEnter}>
        <PickLines lines={goods} picked={picked} onChange={setPicked} />
      </fieldset>
      <fieldset className="group">
        <legend>{words.shipping}</legend>
        <div className="fields">
          <DayField
            className="w4"
            label={words.deliveredOn}
            value={deliveredOn}
            onChange={setDeliveredOn}
            maximum={today()}
          />
          <CountField
            className="w4"
            label={words.parcels}
            value={parcels}
            minimum={1}
            maximum={999}
            onChange={setParcels}
          />
          <WeightField className="w4" label={words.weight} value={grossWeight} onChange={setGrossWeight} />
          <TextInput
            className="w4"
            label={words.carrier}
            value={carrier}
            maxLength={80}
            onChange={(e) => setCarrier(e.currentTarget.value)}
          />
          <TextInput
            className="w8"
            label={words.trackingNumber}
            value={trackingNumber}
            maxLength={80}
            data-scan="own"
            onChange={(e) => setTrackingNumber(e.currentTarget.value)}
          />
        </div>
      </fieldset>
    </Panel>
  )
}

/** While the panel is open a scanned article counts up its line. */
function useScans(note: Note, opened: boolean, picked: Picked, setPicked: (picked: Picked) => void): void {
  const { w } = useWords()
  const now = useRef({ note, picked, setPicked, w })
  now.current = { note, picked, setPicked, w }
  useEffect(() => {
    if (!opened) return
    return takeScans((code) => {
      const { note, picked, setPicked, w } = now.current
      const line = lineOfScan(note, picked, code)
      if (!line) {
        notifications.show({ color: 'yellow', message: w.delivery.issue.unknownScan(code) })
      } else if ((picked[line.id] ?? 0) + 1000 > line.planned) {
        notifications.show({ color: 'yellow', message: w.delivery.issue.overScan(line.name) })
      } else {
        setPicked({ ...picked, [line.id]: (picked[line.id] ?? 0) + 1000 })
      }
      return true
    })
  }, [opened])
}

/** Enter in a quantity goes to the next one; the booking itself wants the button or Ctrl-Enter. */
function nextFieldOnEnter(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || !(event.target instanceof HTMLInputElement)) return
  event.preventDefault()
  const fields = Array.from(event.currentTarget.querySelectorAll('input'))
  fields[fields.indexOf(event.target) + 1]?.focus()
}
