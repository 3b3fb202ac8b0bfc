import { Checkbox } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { z } from 'zod'
import { completeParkedOrder, getParkedOrder, type ParkReason } from '../../common/orders/api.ts'
import { PickArticle } from '../catalog/pick-article.tsx'
import { PickCustomer } from '../customers/pick-customer.tsx'
import { useAction, useLoad } from '../load.ts'
import { useMay } from '../session/me.tsx'
import { Columns, Facts, Notice, Page, Primary, Secondary, Section } from '../ui/page.tsx'
import { sayParked } from '../ui/say-facts.ts'
import { Failed, PageSkeleton, Refused } from '../ui/states.tsx'
import { useWords } from '../words/words.ts'
import { ChannelName } from './channel-name.tsx'
import { DiscardPanel } from './discard-panel.tsx'
import { ParkedState } from './list-parked-orders.tsx'
import { ParkedContent } from './parked-content.tsx'

export type ParkedView = z.output<(typeof getParkedOrder)['output']>

/** A parked order: why it could not be taken, what mends it, take it or put it aside. */
export function ShowParkedOrder() {
  const { id } = useParams({ from: '/shell/parked-orders/$id' })
  const { w } = useWords()
  const load = useLoad(getParkedOrder, { id })
  if (!load.data) return load.error ? <Failed error={load.error} retry={() => void load.refetch()} /> : <PageSkeleton />
  return <ParkedPage key={load.data.id} parked={load.data} words={w.orders.parked} />
}

function ParkedPage({
  parked,
  words,
}: {
  parked: ParkedView
  words: ReturnType<typeof useWords>['w']['orders']['parked']
}) {
  const { w, f } = useWords()
  const may = useMay()
  const navigate = useNavigate()
  const [articles, setArticles] = useState<Record<string, string>>({})
  const [customer, setCustomer] = useState<{ name: string; number: string }>()
  const [acceptTotals, setAcceptTotals] = useState(false)
  const [acceptState, setAcceptState] = useState(false)
  const [discarding, setDiscarding] = useState(false)
  const complete = useAction(completeParkedOrder, (result) => {
    if (result.orderId === null) return void notifications.show({ color: 'yellow', message: words.still })
    notifications.show({ message: words.completed(result.number ?? '') })
    void navigate({ to: '/orders/$id', params: { id: result.orderId }, replace: true })
  })
  const waiting = parked.state === 'parked' && may('orders.write')
  const submit = () =>
    complete.mutate({ id: parked.id, articles, customerNumber: customer?.number, acceptTotals, acceptState })
  const { orderId } = parked
  return (
    <Page
      title={words.title(parked.externalNumber ?? words.unnumbered)}
      parent={{ to: '/parked-orders', word: w.pages.parked }}
      state={<ParkedState state={parked.state} />}
      actions={waiting && <Secondary onClick={() => setDiscarding(true)}>{words.discard}</Secondary>}
      primary={
        waiting ? (
          <Primary loading={complete.isPending} onClick={submit}>
            {words.complete}
          </Primary>
        ) : (
          orderId && (
            <Primary onClick={() => void navigate({ to: '/orders/$id', params: { id: orderId } })}>
              {words.goToOrder}
            </Primary>
          )
        )
      }
    >
      {parked.state === 'parked' && (
        <Notice tone="amber" title={words.mend}>
          <ul>
            {parked.reasons.map((reason) => (
              <li key={JSON.stringify(reason)}>{sayParked(reason, w, f)}</li>
            ))}
          </ul>
        </Notice>
      )}
      <Refused error={complete.error} />
      {waiting && (
        <div className="stack form-width mend">
          {articlesToReplace(parked.reasons).map((number) => (
            <PickArticle
              key={number}
              label={words.replaceArticle(number)}
              chosen={articles[number]}
              onChoose={(article) => setArticles({ ...articles, [number]: article.number })}
              onClear={() =>
                setArticles(Object.fromEntries(Object.entries(articles).filter(([name]) => name !== number)))
              }
            />
          ))}
          {has(parked, 'unknown-customer') && (
            <PickCustomer
              label={words.chooseCustomer}
              chosen={customer}
              onChoose={setCustomer}
              onClear={() => setCustomer(undefined)}
            />
          )}
          {has(parked, 'totals-differ') && (
            <Checkbox
              label={words.acceptTotals}
              description={words.acceptTotalsHint}
              checked={acceptTotals}
              onChange={(e) => setAcceptTotals(e.currentTarget.checked)}
            />
          )}
          {parked.reasons.some((reason) => reason.code.endsWith('-in-shop')) && (
            <Checkbox
              label={words.acceptState}
              description={words.acceptStateHint}
              checked={acceptState}
              onChange={(e) => setAcceptState(e.currentTarget.checked)}
            />
          )}
          <OtherWays parked={parked} />
        </div>
      )}
      <Columns
        side={
          <Section title={w.orders.details}>
            <Facts
              facts={[
                [w.orders.channel, <ChannelName key="channel" code={parked.channel} />],
                [w.orders.externalNumber, parked.externalNumber],
                [words.heads.received, f.moment(parked.receivedAt)],
                [w.orders.customer, parked.customerName],
                [w.orders.gross, parked.gross !== null && f.euros(parked.gross)],
              ]}
            />
          </Section>
        }
      >
        <Section title={words.content}>
          <ParkedContent content={parked.content} />
        </Section>
      </Columns>
      <DiscardPanel parked={parked} opened={discarding} onClose={() => setDiscarding(false)} />
    </Page>
  )
}

/** What is mended in another place. */
function OtherWays({ parked }: { parked: ParkedView }) {
  const words = useWords().w.orders.parked
  return (
    <>
      {has(parked, 'article-inactive') && <p className="quiet">{words.activate}</p>}
      {(has(parked, 'foreign-currency') || has(parked, 'unreadable-order')) && (
        <p className="quiet">{words.otherWay}</p>
      )}
      {(has(parked, 'no-price') || has(parked, 'no-vat-rate')) && <p className="quiet">{words.elsewhere}</p>}
    </>
  )
}

const has = (parked: ParkedView, code: ParkReason['code']) => parked.reasons.some((reason) => reason.code === code)

/** The shop's words for articles we do not have or sell; where the number is missing the name stands for it. */
function articlesToReplace(reasons: ParkReason[]): string[] {
  const named = reasons
    .filter((reason) => reason.code === 'unknown-article' || reason.code === 'article-inactive')
    .map(({ facts }) => facts.article ?? facts.name)
  return [...new Set(named.filter((name) => typeof name === 'string'))]
}
