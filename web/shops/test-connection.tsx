import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useEffect, useRef } from 'react'
import type { OutputOf } from '../../common/route.ts'
import { matchShop, type Shop, testShop } from '../../common/shops/api.ts'
import { useAction } from '../load.ts'
import { Ago } from '../ui/ago.tsx'
import { Notice, Section } from '../ui/page.tsx'
import { Refused } from '../ui/states.tsx'
import { useWords, type Words } from '../words/words.ts'
import { say, sayAll } from './remarks.ts'
import { ShopState } from './shop-state.tsx'

type Result = OutputOf<typeof testShop>

/** Asks the shop whether address and keys work; after each saving by itself. */
export function TestConnection({ shop, savedAt }: { shop: Shop; savedAt: number }) {
  const { w } = useWords()
  const { test: first } = useSearch({ from: '/shell/shops/$id/set-up' })
  const test = useAction(testShop)
  const { mutate } = test
  const run = useCallback(() => mutate({ channelId: shop.channelId }), [mutate, shop.channelId])
  const tested = useRef(first ? -1 : 0)
  useEffect(() => {
    if (tested.current === savedAt) return
    tested.current = savedAt
    run()
  }, [savedAt, run])
  const words = w.shops.setup
  return (
    <Section
      title={words.connection}
      aside={
        <Button size="xs" variant="default" loading={test.isPending} onClick={run}>
          {words.test}
        </Button>
      }
    >
      <Refused error={test.error} />
      <div aria-live="polite">
        {test.isPending ? (
          <Notice tone="plain" title={words.testing} />
        ) : test.data ? (
          <TestResult shop={shop} result={test.data} />
        ) : (
          <span className="row">
            <ShopState shop={shop} />
            {shop.health.polledAt && (
              <span className="quiet">
                {words.lastAsked} <Ago moment={shop.health.polledAt} />
              </span>
            )}
          </span>
        )}
      </div>
    </Section>
  )
}

function TestResult({ shop, result }: { shop: Shop; result: Result }) {
  const { w, f } = useWords()
  const words = w.shops.setup
  const { ok, shopName, version, warnings, remarks, problem } = result
  if (!ok)
    return (
      <Notice tone="red" title={words.troubleTitle}>
        <p>{remarks.length > 0 ? sayAll(remarks, null, w, f) : whatIsWrong(result, w)}</p>
        {problem && <p>{w.shops.says(problem)}</p>}
      </Notice>
    )
  return (
    <>
      <Notice tone="plain" title={words.works}>
        <p>{shopName && words.shopIs(shopName, version)}</p>
      </Notice>
      {warnings.length > 0 && (
        <Notice tone="amber" title={words.warnings}>
          <ul>
            {warnings.map((warning) => (
              <li key={say(warning, w, f)}>{say(warning, w, f)}</li>
            ))}
          </ul>
        </Notice>
      )}
      {shop.health.listings === 0 && <MatchNext shop={shop} />}
    </>
  )
}

function whatIsWrong({ trouble, currency }: Result, w: Words): string {
  const words = w.shops.setup
  if (trouble) return words.trouble[trouble]
  return currency && currency !== 'EUR' ? words.notEuro(currency) : words.noConnector
}

function MatchNext({ shop }: { shop: Shop }) {
  const { w } = useWords()
  const navigate = useNavigate()
  const match = useAction(matchShop, () => {
    notifications.show({ message: w.shops.catalogue.matching })
    void navigate({ to: '/shops/$id', params: { id: shop.channelId }, search: { tab: 'catalogue' } })
  })
  return (
    <Notice
      tone="plain"
      title={w.shops.setup.next}
      action={
        <Button loading={match.isPending} onClick={() => match.mutate({ channelId: shop.channelId })}>
          {w.shops.catalogue.match}
        </Button>
      }
    >
      <Refused error={match.error} />
    </Notice>
  )
}
