import { Button, CloseButton } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPlus } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { type Shop, saveListing } from '../../common/shops/api.ts'
import { PickArticle } from '../catalog/pick-article.tsx'
import { useAction } from '../load.ts'
import { QuantityField } from '../ui/fields.tsx'
import { Panel } from '../ui/panel.tsx'
import { useWords } from '../words/words.ts'
import type { CatalogueRow } from './catalogue.tsx'

interface Part {
  key: number
  article: string | undefined
  quantity: number | undefined
}

const ONE = 1000

/** Says by hand what a shop article is made of: one of ours, several pieces, or a bundle. */
export function ListingPanel({ shop, row, onClose }: { shop: Shop; row: CatalogueRow; onClose: () => void }) {
  const { w } = useWords()
  const words = w.shops.catalogue
  const keys = useRef(row.parts.length)
  const [parts, setParts] = useState<Part[]>(() =>
    row.parts.length > 0
      ? row.parts.map(({ article, quantity }, key) => ({ key, article, quantity }))
      : [{ key: -1, article: undefined, quantity: ONE }],
  )
  const named = parts.filter((part) => part.article !== undefined)
  const action = useAction(saveListing, (_, input) => {
    notifications.show({ message: input.parts?.length ? words.saved : words.released })
    onClose()
  })
  const set = (key: number, changes: Partial<Part>) =>
    setParts(parts.map((part) => (part.key === key ? { ...part, ...changes } : part)))
  const add = (article?: string) => setParts([...parts, { key: ++keys.current, article, quantity: ONE }])
  const isMatched = row.parts.length > 0
  const releases = isMatched && named.length === 0
  return (
    <Panel
      title={words.byHandTitle(row.sku ?? '')}
      opened
      onClose={onClose}
      submit={releases ? words.release : isMatched ? w.actions.save : words.byHand}
      danger={releases}
      onSubmit={() =>
        action.mutate({
          channelId: shop.channelId,
          sku: row.sku ?? '',
          parts: named.map(({ article, quantity }) => ({ article: article!, quantity: quantity! })),
        })
      }
      busy={action.isPending}
      disabled={(!isMatched && named.length === 0) || named.some((part) => !part.quantity)}
      error={action.error}
      foot={releases ? words.notOurs : words.byHandHint}
    >
      <p>{row.name}</p>
      {row.candidates.length > 0 && (
        <fieldset className="group row" aria-label={words.heads.could}>
          {row.candidates.map((number) => (
            <button
              key={number}
              type="button"
              className="chip"
              aria-pressed={named.some((part) => part.article === number)}
              onClick={() => set(parts[0]?.key ?? 0, { article: number })}
            >
              {number}
            </button>
          ))}
        </fieldset>
      )}
      {parts.map((part, at) => (
        <div key={part.key} className="part-line">
          <PickArticle
            {...(at === 0 ? { label: words.part } : { 'aria-label': words.part })}
            {...(part.article === undefined ? {} : { chosen: part.article })}
            {...(at === parts.length - 1 && part.article === undefined
              ? { autoFocus: true, 'data-autofocus': true }
              : {})}
            onChoose={(article) => set(part.key, { article: article.number })}
            onClear={() => set(part.key, { article: undefined })}
          />
          <QuantityField
            {...(at === 0 ? { label: words.quantity } : { 'aria-label': words.quantity })}
            value={part.quantity}
            minimum={1}
            onChange={(quantity) => set(part.key, { quantity })}
          />
          <CloseButton
            aria-label={w.actions.remove}
            onClick={() => setParts(parts.filter((one) => one.key !== part.key))}
          />
        </div>
      ))}
      <span>
        <Button size="xs" variant="default" leftSection={<IconPlus size={14} />} onClick={() => add()}>
          {words.addPart}
        </Button>
      </span>
    </Panel>
  )
}
