import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { publishArticles, type Shop, takeShopArticles } from '../../common/shops/api.ts'
import { useAction } from '../load.ts'
import { useMay } from '../session/me.tsx'
import { Secondary } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import { useWords } from '../words/words.ts'
import type { CatalogueRow, Show } from './catalogue.tsx'

interface TakeOrPublishProps {
  shop: Shop
  show: Show
  /** left out: all of them */
  row?: CatalogueRow
  count: number
}

/** What brings one side's articles to the other: the button and the question behind it. One article or all. */
export function TakeOrPublish({ shop, show, row, count }: TakeOrPublishProps) {
  const { w } = useWords()
  const words = w.shops.catalogue
  const may = useMay()
  const [asking, setAsking] = useState(false)
  const take = show === 'only-there'
  if (take ? !may('catalog.write') : show !== 'only-here' || !may('settings.write')) return null
  const ask = () => setAsking(true)
  const close = () => setAsking(false)
  return (
    <>
      {row ? (
        <Button size="compact-sm" variant="default" onClick={ask}>
          {take ? words.takeOne : words.publishOne}
        </Button>
      ) : (
        <Secondary disabled={count === 0} onClick={ask}>
          {take ? words.take : words.publish}
        </Secondary>
      )}
      {asking &&
        (take ? (
          <TakePanel shop={shop} row={row} count={count} onClose={close} />
        ) : (
          <PublishPanel shop={shop} row={row} count={count} onClose={close} />
        ))}
    </>
  )
}

interface AskProps {
  shop: Shop
  row: CatalogueRow | undefined
  count: number
  onClose: () => void
}

function TakePanel({ shop, row, count, onClose }: AskProps) {
  const { w, f } = useWords()
  const words = w.shops.catalogue
  const action = useAction(takeShopArticles, ({ wanted, withoutRate }) => {
    notifications.show({ message: words.taken(wanted) })
    if (withoutRate > 0) notifications.show({ message: words.withoutRate(withoutRate), autoClose: false })
    onClose()
  })
  const skus = row?.sku ? [row.sku] : undefined
  return (
    <Panel
      title={words.takeTitle}
      opened
      onClose={onClose}
      submit={row ? words.takeOne : words.take}
      onSubmit={() => action.mutate({ channelId: shop.channelId, skus })}
      busy={action.isPending}
      error={action.error}
    >
      {row && <Named sku={row.sku} name={row.name} />}
      <p>{words.takeHint(count, f.count(count))}</p>
      <p>{words.takeStock}</p>
    </Panel>
  )
}

function PublishPanel({ shop, row, count, onClose }: AskProps) {
  const { w, f } = useWords()
  const words = w.shops.catalogue
  const action = useAction(publishArticles, ({ wanted }) => {
    notifications.show({ message: words.publishing(wanted) })
    onClose()
  })
  const articleIds = row?.articleId ? [row.articleId] : undefined
  return (
    <Panel
      title={words.publishTitle}
      opened
      onClose={onClose}
      submit={row ? words.publishOne : words.publish}
      onSubmit={() => action.mutate({ channelId: shop.channelId, articleIds })}
      busy={action.isPending}
      error={action.error}
    >
      {row && <Named sku={row.articleNumber} name={row.name} />}
      <p>{words.publishHint(count, f.count(count))}</p>
    </Panel>
  )
}

function Named({ sku, name }: { sku: string | null; name: string }) {
  return (
    <p>
      <span className="strong">{sku}</span> {name}
    </p>
  )
}
