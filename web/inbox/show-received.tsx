import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useParams } from '@tanstack/react-router'
import type { z } from 'zod'
import { getReceived, type receivedInvoice } from '../../common/inbox/api.ts'
import { useLoad } from '../load.ts'
import { Columns, Facts, Page, Section } from '../ui/page.tsx'
import { Failed, PageSkeleton } from '../ui/states.tsx'
import { useWords } from '../words/words.ts'
import { FindingList } from './finding-list.tsx'
import { FindingState } from './list-received.tsx'
import { ReceivedFacts, ReceivedParties, ReceivedRest } from './received-facts.tsx'
import { ReceivedLines } from './received-lines.tsx'
import { ReceivedSums } from './received-sums.tsx'
import { useAmounts } from './use-amounts.ts'
import './inbox.css'

export type Received = z.output<typeof receivedInvoice>

/** A received e-invoice as one would read it on paper, beside what is wrong with it. */
export function ShowReceived() {
  const { id } = useParams({ from: '/shell/inbox/$id' })
  const { w, f } = useWords()
  const words = w.inbox
  const { inCurrency } = useAmounts()
  const load = useLoad(getReceived, { id })
  if (!load.data) return load.error ? <Failed error={load.error} retry={() => void load.refetch()} /> : <PageSkeleton />
  const received = load.data
  const { invoice, findings } = received
  const fatal = findings.filter((found) => found.severity === 'fatal').length
  return (
    <Page
      title={words.invoice(received.number)}
      parent={{ to: '/inbox', word: w.pages.inbox }}
      state={
        <span className="statuses">
          <FindingState fatal={fatal} warnings={findings.length - fatal} />
          <span className="quiet">
            {received.sellerName}, {inCurrency(invoice.totals.amountDue, received.currency)}
          </span>
        </span>
      }
      actions={
        <Button component="a" variant="default" href={`/api/inbox/${id}/file`} leftSection={<IconDownload size={16} />}>
          {words.save}
        </Button>
      }
    >
      <Columns
        side={
          <>
            <Section title={words.findings}>
              <FindingList findings={findings} />
            </Section>
            <ReceivedFacts received={received} />
            <Section title={words.file}>
              <Facts
                facts={[
                  [
                    words.facts.fileName,
                    <span key="name" className="received-words">
                      {received.fileName}
                    </span>,
                  ],
                  [words.heads.profile, `${words.profiles[received.profile]}, ${received.syntax.toUpperCase()}`],
                  [words.facts.receivedAt, f.moment(received.receivedAt)],
                  [
                    words.facts.sha256,
                    <span key="hash" className="received-words small">
                      {received.sha256}
                    </span>,
                  ],
                ]}
              />
            </Section>
          </>
        }
      >
        <ReceivedParties invoice={invoice} />
        <Section title={words.lines}>
          <ReceivedLines lines={invoice.lines} />
        </Section>
        <Section title={words.vatTable}>
          <ReceivedSums received={received} />
        </Section>
        {invoice.notes.length > 0 && (
          <Section title={words.notes}>
            {invoice.notes.map((note) => (
              <p className="received-note" key={note}>
                {note}
              </p>
            ))}
          </Section>
        )}
        <ReceivedRest received={received} />
      </Columns>
    </Page>
  )
}
