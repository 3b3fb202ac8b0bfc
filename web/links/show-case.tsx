import { Button, Menu } from '@mantine/core'
import { IconBan, IconCheck, IconChevronDown, IconMessage } from '@tabler/icons-react'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { z } from 'zod'
import { getCase, type shortageCase } from '../../common/links/api.ts'
import { useLoad } from '../load.ts'
import { useMay } from '../session/me.tsx'
import { Moment } from '../ui/cells.tsx'
import { Columns, Facts, Notice, Page, Primary, Secondary, Section } from '../ui/page.tsx'
import { Failed, PageSkeleton } from '../ui/states.tsx'
import { useWords } from '../words/words.ts'
import { CaseLines } from './case-lines.tsx'
import { type CasePanelKind, CaseWordsPanel } from './case-words-panel.tsx'
import { CaseState } from './list-cases.tsx'
import './links.css'

export type Case = z.output<typeof shortageCase>

/** One report of a customer: what he says, of which lines, and what was done about it. */
export function ShowCase() {
  const { id } = useParams({ from: '/shell/cases/$id' })
  const { w } = useWords()
  const words = w.links
  const load = useLoad(getCase, { id })
  const [open, setOpen] = useState<CasePanelKind | null>(null)
  if (!load.data) return load.error ? <Failed error={load.error} retry={() => void load.refetch()} /> : <PageSkeleton />
  const report = load.data
  const somethingLeft = report.caseLines.some((line) => line.returnable > 0)
  return (
    <Page
      title={words.case(report.number)}
      parent={{ to: '/cases', word: w.pages.cases }}
      state={<CaseState state={report.state} />}
      primary={<Actions report={report} somethingLeft={somethingLeft} onOpen={setOpen} />}
    >
      {report.state !== 'done' && !somethingLeft && <Notice tone="plain" title={words.nothingLeft} />}
      <Columns side={<CaseFacts report={report} />}>
        <Section title={words.whatHeSays}>
          {report.words ? <p className="customer-words">{report.words}</p> : <p className="quiet">{words.noWords}</p>}
        </Section>
        <Section title={words.about}>
          <CaseLines report={report} />
        </Section>
        <Section title={words.steps}>
          <Steps report={report} />
        </Section>
      </Columns>
      {open && <CaseWordsPanel report={report} kind={open} onClose={() => setOpen(null)} />}
    </Page>
  )
}

interface ActionsProps {
  report: Case
  somethingLeft: boolean
  onOpen: (panel: CasePanelKind) => void
}

function Actions({ report, somethingLeft, onOpen }: ActionsProps) {
  const { w } = useWords()
  const may = useMay()
  const navigate = useNavigate()
  if (report.state === 'done' || !may('links.write')) return null
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={15} />}>
            {w.actions.more}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconBan size={15} />} onClick={() => onOpen('rejected')}>
            {w.links.reject}
          </Menu.Item>
          <Menu.Item leftSection={<IconCheck size={15} />} onClick={() => onOpen('settled')}>
            {w.links.settle}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Secondary leftSection={<IconMessage size={16} />} onClick={() => onOpen('answered')}>
        {w.links.answer}
      </Secondary>
      {somethingLeft && may('returns.write') && (
        <Primary onClick={() => void navigate({ to: '/returns/new', search: { caseId: report.id } })}>
          {w.links.takeBack}
        </Primary>
      )}
    </>
  )
}

function CaseFacts({ report }: { report: Case }) {
  const { w, f } = useWords()
  const may = useMay()
  const { heads } = w.links
  return (
    <Section title={w.delivery.details}>
      <Facts
        facts={[
          [
            heads.customer,
            may('customers.read') ? (
              <Link key="customer" to="/customers/$id" params={{ id: report.customerId }}>
                {report.customerName}
              </Link>
            ) : (
              report.customerName
            ),
          ],
          [w.links.contact, report.contact],
          [w.links.language, report.language === 'en' ? w.appearance.english : w.appearance.german],
          [heads.reportedAt, f.moment(report.reportedAt)],
          [
            heads.notes,
            <span key="notes" className="row links">
              {report.notes.map((note) => (
                <Link key={note.id} to="/delivery-notes/$id" params={{ id: note.id }}>
                  {note.number}
                </Link>
              ))}
            </span>,
          ],
        ]}
      />
    </Section>
  )
}

function Steps({ report }: { report: Case }) {
  const { w } = useWords()
  if (report.steps.length === 0) return <p className="quiet">{w.links.waiting}</p>
  return (
    <ul className="log">
      {report.steps.map((step) => (
        <li key={step.at}>
          <Moment moment={step.at} />
          <span>
            <span className="strong">{w.links.stepKinds[step.kind]}</span> <span className="quiet">{step.by}</span>
            {step.returnId && (
              <>
                {' '}
                <Link to="/returns/$id" params={{ id: step.returnId }}>
                  {step.returnNumber}
                </Link>
              </>
            )}
            {step.words && <p className="step-words">{step.words}</p>}
          </span>
        </li>
      ))}
    </ul>
  )
}
