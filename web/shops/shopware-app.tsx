import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { renewShopwareManifest, type Shop } from '../../common/shops/api.ts'
import { useAction } from '../load.ts'
import { Section } from '../ui/page.tsx'
import { Refused } from '../ui/states.tsx'
import { useWords } from '../words/words.ts'

/** The manifest of the app to put into a Shopware shop; it then registers by itself, and no key is copied. */
export function ShopwareApp({ shop: { channelId } }: { shop: Shop }) {
  const { w } = useWords()
  const words = w.shops.setup
  const renew = useAction(renewShopwareManifest, () => notifications.show({ message: words.renewed }))
  return (
    <Section title={words.app}>
      <Refused error={renew.error} />
      <div className="row">
        <Button
          size="xs"
          variant="default"
          component="a"
          href={`/api/shops/${channelId}/shopware-manifest`}
          download="manifest.xml"
        >
          {words.manifest}
        </Button>
        <Button size="xs" variant="subtle" loading={renew.isPending} onClick={() => renew.mutate({ channelId })}>
          {words.renewManifest}
        </Button>
      </div>
      <p className="quiet small shop-hint">
        {words.appHint} {words.renewManifest}: {words.renewHint}
      </p>
    </Section>
  )
}
