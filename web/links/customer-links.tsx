import { Button, CopyButton } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconLink } from '@tabler/icons-react'
import { useState } from 'react'
import type { z } from 'zod'
import { type linkRow, listLinks, makeLink, revokeLink } from '../../common/links/api.ts'
import type { OutputOf } from '../../common/route.ts'
import { useAction, useLoad } from '../load.ts'
import { useMay } from '../session/me.tsx'
import { Secondary, Section } from '../ui/page.tsx'
import { Refused } from '../ui/states.tsx'
import { Status } from '../ui/status.tsx'
import { useWords } from '../words/words.ts'
import './links.css'

type Row = z.output<typeof linkRow>
const tones = { valid: 'done', expired: 'off', revoked: 'stop' } as const
const SHOWN = 5

/** On the page of a document: the links its customer has, and the button for a new one. */
export function CustomerLinks({ customerId, documentId }: { customerId: string; documentId: string }) {
  const { w } = useWords()
  const words = w.links
  const may = useMay()
  const load = useLoad(listLinks, { documentId, limit: SHOWN }, { enabled: may('links.read') })
  const [made, setMade] = useState<OutputOf<typeof makeLink>>()
  const make = useAction(makeLink, (output) => {
    setMade(output)
    notifications.show({ message: words.made })
    void load.refetch()
  })
  if (!load.data) return null
  return (
    <Section title={words.title}>
      {load.data.rows.length === 0 ? (
        <p className="quiet">{words.none}</p>
      ) : (
        <ul className="customer-links">
          {load.data.rows.map((link) => (
            <LinkOfCustomer key={link.id} link={link} onRevoked={() => void load.refetch()} />
          ))}
        </ul>
      )}
      {made && <Address made={made} />}
      <Refused error={make.error} />
      {may('links.write') && (
        <Secondary
          size="xs"
          leftSection={<IconLink size={15} />}
          loading={make.isPending}
          onClick={() => make.mutate({ customerId, documentId })}
        >
          {words.make}
        </Secondary>
      )}
    </Section>
  )
}

function LinkOfCustomer({ link, onRevoked }: { link: Row; onRevoked: () => void }) {
  const { w, f } = useWords()
  const words = w.links
  const may = useMay()
  const revoke = useAction(revokeLink, () => {
    notifications.show({ message: words.revoked })
    onRevoked()
  })
  return (
    <li>
      <Status tone={tones[link.state]} word={words.states[link.state]} />
      <span className="quiet small">
        {link.state === 'valid' && `${words.until(f.dayOfMoment(link.expiresAt))} · `}
        {words.madeBy(link.madeBy)} ·{' '}
        {link.lastOpenedAt ? words.opened(link.opened, f.moment(link.lastOpenedAt)) : words.neverOpened}
      </span>
      {link.state === 'valid' && may('links.write') && (
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          loading={revoke.isPending}
          onClick={() => revoke.mutate({ id: link.id })}
        >
          {words.revoke}
        </Button>
      )}
      <Refused error={revoke.error} />
    </li>
  )
}

/** The address is told once; without a public one it begins where the clerk works. */
function Address({ made }: { made: OutputOf<typeof makeLink> }) {
  const { w } = useWords()
  const address = made.address ?? `${window.location.origin}${made.path}`
  return (
    <div className="link-address">
      <code>{address}</code>
      <CopyButton value={address}>
        {({ copied, copy }) => (
          <Button size="xs" onClick={copy}>
            {copied ? w.actions.copied : w.actions.copy}
          </Button>
        )}
      </CopyButton>
      <p className="quiet small">{made.address === null ? w.links.noAddress : w.links.madeHint}</p>
    </div>
  )
}
