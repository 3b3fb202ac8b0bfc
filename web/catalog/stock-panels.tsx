import { Select, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import type { z } from 'zod'
import { listBranches } from '../../common/branches/api.ts'
import type { Article } from '../../common/catalog/api.ts'
import { correctStock, receiveGoods, type stockLevel } from '../../common/stock/api.ts'
import { useAction, useLoad } from '../load.ts'
import { QuantityField } from '../ui/fields.tsx'
import { Panel } from '../ui/panel.tsx'
import { ReasonField } from '../ui/reason-field.tsx'
import { unitName } from '../ui/unit.ts'
import { useWords } from '../words/words.ts'

interface StockPanelProps {
  article: Article
  levels: z.output<typeof stockLevel>[]
  opened: boolean
  onClose: () => void
}

/** Goods come in: stock rises and waiting orders get theirs. */
export function ReceivePanel({ article, levels, opened, onClose }: StockPanelProps) {
  const { w } = useWords()
  const words = w.articles
  const [locationId, setLocationId] = useLocation(levels)
  const [quantity, setQuantity] = useState<number>()
  const [note, setNote] = useState('')
  const action = useAction(receiveGoods, ({ backordersReserved }) => {
    notifications.show({ message: backordersReserved > 0 ? words.receivedFor(backordersReserved) : words.received })
    setQuantity(undefined)
    setNote('')
    onClose()
  })
  return (
    <Panel
      title={words.receive}
      opened={opened}
      onClose={onClose}
      submit={words.receive}
      onSubmit={() =>
        locationId &&
        quantity &&
        action.mutate({ locationId, note: note.trim() || undefined, lines: [{ articleId: article.id, quantity }] })
      }
      busy={action.isPending}
      disabled={!locationId || !quantity}
      error={action.error}
      foot={words.receiveHint}
    >
      <LocationField value={locationId} onChange={setLocationId} />
      <QuantityField
        label={words.quantity}
        value={quantity}
        suffix={unitName(w, article.unit, quantity)}
        steppers
        onChange={setQuantity}
      />
      <TextInput
        label={words.note}
        description={words.noteHint}
        value={note}
        maxLength={200}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </Panel>
  )
}

/** What was counted differs from what is booked. */
export function CorrectPanel({ article, levels, opened, onClose }: StockPanelProps) {
  const { w, f } = useWords()
  const words = w.articles
  const [locationId, setLocationId] = useLocation(levels)
  const [counted, setCounted] = useState<number>()
  const [reason, setReason] = useState('')
  const onHand = levels.find((level) => level.locationId === locationId)?.onHand ?? 0
  const action = useAction(correctStock, ({ difference, reservationsLost }) => {
    notifications.show({
      message: [
        words.corrected(f.quantity(difference)),
        reservationsLost > 0 && words.lost(f.quantity(reservationsLost)),
      ]
        .filter(Boolean)
        .join('. '),
    })
    setCounted(undefined)
    setReason('')
    onClose()
  })
  return (
    <Panel
      title={words.correct}
      opened={opened}
      onClose={onClose}
      submit={words.correct}
      onSubmit={() =>
        locationId &&
        counted !== undefined &&
        action.mutate({ locationId, articleId: article.id, counted, reason: reason.trim() })
      }
      busy={action.isPending}
      disabled={!locationId || counted === undefined || reason.trim() === ''}
      error={action.error}
      foot={words.correctHint}
    >
      <LocationField value={locationId} onChange={setLocationId} />
      <QuantityField
        label={words.counted}
        description={words.countedHint(`${f.quantity(onHand)} ${unitName(w, article.unit, onHand)}`)}
        value={counted}
        onChange={setCounted}
      />
      <ReasonField label={w.reason} value={reason} onChange={setReason} usual={words.correctReasons} />
    </Panel>
  )
}

/** The location that holds most, until another is chosen. */
function useLocation(levels: StockPanelProps['levels']) {
  const [chosen, choose] = useState<string>()
  const branches = useLoad(listBranches, {})
  const fullest = [...levels].sort((a, b) => b.onHand - a.onHand)[0]?.locationId
  return [chosen ?? fullest ?? branches.data?.locations.find((location) => location.active)?.id, choose] as const
}

function LocationField({ value, onChange }: { value: string | undefined; onChange: (id: string) => void }) {
  const { w } = useWords()
  const branches = useLoad(listBranches, {})
  return (
    <Select
      label={w.articles.location}
      value={value ?? null}
      allowDeselect={false}
      onChange={(id) => id && onChange(id)}
      data={
        branches.data?.locations
          .filter((location) => location.active)
          .map((location) => ({ value: location.id, label: location.name })) ?? []
      }
    />
  )
}
