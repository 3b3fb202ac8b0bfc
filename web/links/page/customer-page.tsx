import { useCallback, useEffect, useMemo, useState } from 'react'
import type { LinkContent } from '../../../common/links/content.ts'
import type { Language } from '../../../common/refusal.ts'
import { askContent, NotDone, type Refused } from './ask.ts'
import { CaseList } from './case-list.tsx'
import { Foot } from './foot.tsx'
import { Gone } from './gone.tsx'
import { Head } from './head.tsx'
import { InvoiceCard } from './invoice-card.tsx'
import { NoteCard } from './note-card.tsx'
import { ReportDialog } from './report-dialog.tsx'
import { ReturnCard } from './return-card.tsx'
import { SaidContext, saidIn, useSaid } from './words.ts'

type Note = LinkContent['notes'][number]

/** All that a customer sees behind his link: what came, what it costs, and what to do when something is wrong. */
export function CustomerPage({ token }: { token: string }) {
  const [chosen, choose] = useState<Language>()
  const [content, setContent] = useState<LinkContent>()
  const [refused, setRefused] = useState<Refused>()
  const [reporting, setReporting] = useState<Note>()
  const language = chosen ?? content?.language ?? (navigator.language.startsWith('en') ? 'en' : 'de')
  const said = useMemo(() => saidIn(language), [language])
  const load = useCallback(() => {
    setRefused(undefined)
    askContent(token, language).then(setContent, (error: unknown) =>
      setRefused(error instanceof NotDone ? error.refused : { status: 500, code: 'fault', words: String(error) }),
    )
  }, [token, language])
  // the content is the same in each language, so it is asked for once
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(load, [token])
  useEffect(() => {
    document.documentElement.lang = language
    document.title = titleOf(content, said.w)
    if (content) document.documentElement.style.setProperty('--mark', content.merchant.accentColor)
  }, [language, content, said])

  return (
    <SaidContext value={said}>
      {content ? (
        <>
          <Head token={token} content={content} onLanguage={choose} />
          <Papers token={token} content={content} onReport={setReporting} />
          <Foot content={content} />
          {reporting && (
            <ReportDialog token={token} note={reporting} onDone={load} onClose={() => setReporting(undefined)} />
          )}
        </>
      ) : refused ? (
        <Gone refused={refused} again={load} />
      ) : (
        <p className="loading" role="status">
          {said.w.loading}
        </p>
      )}
    </SaidContext>
  )
}

interface PapersProps {
  token: string
  content: LinkContent
  onReport: (note: Note) => void
}

/** Beside each other where there is room; what the link was made for comes first. */
function Papers({ token, content, onReport }: PapersProps) {
  const { w } = useSaid()
  const { about, notes, returns, bank, cases, mayReport } = content
  const invoices = [...content.invoices].sort(
    (a, b) => Number(b.number === about?.number) - Number(a.number === about?.number),
  )
  const goods = (
    <section key="goods" className="column" aria-label={w.delivery}>
      {notes.map((note) => (
        <NoteCard key={note.id} token={token} note={note} mayReport={mayReport} onReport={onReport} />
      ))}
      {returns.map((back) => (
        <ReturnCard key={back.id} token={token} goods={back} />
      ))}
    </section>
  )
  const money = invoices.length > 0 && (
    <section key="money" className="column" aria-label={w.invoice}>
      {invoices.map((invoice) => (
        <InvoiceCard key={invoice.id} token={token} invoice={invoice} bank={bank} />
      ))}
    </section>
  )
  const moneyFirst = about === null || about.kind === 'invoice' || about.kind === 'correction'
  return (
    <main className="papers">
      <CaseList cases={cases} />
      {moneyFirst ? [money, goods] : [goods, money]}
    </main>
  )
}

function titleOf(content: LinkContent | undefined, w: ReturnType<typeof saidIn>['w']): string {
  if (!content) return '…'
  const { about, merchant } = content
  return `${about ? `${w.kinds[about.kind] ?? ''} ${about.number}` : w.yourPapers} · ${merchant.name}`
}
