import { Button, Menu } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconBan, IconChevronDown, IconExternalLink, IconListCheck, IconTruckReturn } from '@tabler/icons-react'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { getDeliveryNote, makePickList } from '../../common/delivery/api.ts'
import { problemText } from '../api.ts'
import { useAction, useLoad } from '../load.ts'
import { useMay } from '../session/me.tsx'
import { fileAddress, openWhenReady } from '../ui/files.tsx'
import { Columns, Page, Primary, Secondary, Section } from '../ui/page.tsx'
import { PostalAddress } from '../ui/postal-address.tsx'
import { Failed, PageSkeleton } from '../ui/states.tsx'
import { InvoicingState, NoteState } from '../ui/status.tsx'
import { useWords } from '../words/words.ts'
import { CancelNotePanel } from './cancel-note-panel.tsx'
import { GoodsIssuePanel } from './goods-issue-panel.tsx'
import type { Note } from './note.ts'
import { NoteChain } from './note-chain.tsx'
import { NoteFacts } from './note-facts.tsx'
import { NoteLines } from './note-lines.tsx'
import { NoteReceipt } from './note-receipt.tsx'

/** One delivery note: first to be picked and booked, then the record of what left. */
export function ShowNote() {
  const { id } = useParams({ from: '/shell/delivery-notes/$id' })
  const { w } = useWords()
  const load = useLoad(getDeliveryNote, { id })
  const [open, setOpen] = useState<'issue' | 'cancel' | null>(null)
  if (!load.data) return load.error ? <Failed error={load.error} retry={() => void load.refetch()} /> : <PageSkeleton />
  const note = load.data
  return (
    <Page
      title={
        note.number
          ? w.delivery.note(note.number)
          : note.state === 'cancelled'
            ? w.delivery.cancelledNote
            : w.delivery.newNote
      }
      parent={{ to: '/delivery-notes', word: w.pages.notes }}
      state={
        <span className="statuses">
          <NoteState state={note.state} />
          {note.state === 'issued' && <InvoicingState state={note.invoicing} />}
        </span>
      }
      primary={<NoteActions note={note} onIssue={() => setOpen('issue')} onCancel={() => setOpen('cancel')} />}
    >
      <NoteChain note={note} />
      <Section title={w.delivery.lines}>
        <NoteLines note={note} />
      </Section>
      <Columns side={<NoteFacts note={note} />}>
        <Section title={w.delivery.deliverTo}>
          <PostalAddress address={note.deliverTo} />
        </Section>
        {note.state === 'issued' && <NoteReceipt note={note} />}
      </Columns>
      {note.state === 'open' && (
        <>
          <GoodsIssuePanel note={note} opened={open === 'issue'} onClose={() => setOpen(null)} />
          <CancelNotePanel note={note} opened={open === 'cancel'} onClose={() => setOpen(null)} />
        </>
      )}
    </Page>
  )
}

function NoteActions({ note, onIssue, onCancel }: { note: Note; onIssue: () => void; onCancel: () => void }) {
  const { w } = useWords()
  const may = useMay()
  const navigate = useNavigate()
  const billable =
    note.state === 'issued' && (note.invoicing === 'not-invoiced' || note.invoicing === 'partly-invoiced')
  return (
    <>
      {note.state === 'open' && may('delivery.write') && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" rightSection={<IconChevronDown size={15} />}>
              {w.actions.more}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconBan size={15} />} onClick={onCancel}>
              {w.delivery.cancelNote}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      {note.state === 'open' && <PickListButton note={note} />}
      {note.documentId && (
        <Button
          component="a"
          variant="default"
          href={fileAddress(note.documentId, 'pdf')}
          target="_blank"
          rel="noopener"
          leftSection={<IconExternalLink size={16} />}
        >
          {w.delivery.pdf}
        </Button>
      )}
      {note.state === 'open' && may('delivery.write') && <Primary onClick={onIssue}>{w.delivery.issue.submit}</Primary>}
      {note.noteLines.some((line) => line.returned < line.delivered) && may('returns.write') && (
        <Secondary
          leftSection={<IconTruckReturn size={16} />}
          onClick={() => void navigate({ to: '/returns/new', search: { noteId: note.id } })}
        >
          {w.returns.short}
        </Secondary>
      )}
      {billable && may('invoicing.write') && (
        <Primary
          onClick={() =>
            void navigate({
              to: '/unbilled/$customerId',
              params: { customerId: note.customerId },
              search: { noteId: note.id },
            })
          }
        >
          {w.delivery.bill}
        </Primary>
      )}
    </>
  )
}

function PickListButton({ note }: { note: Note }) {
  const { w, language } = useWords()
  const make = useAction(makePickList)
  const print = () => {
    const tab = window.open('', '_blank')
    const made = make.mutateAsync({ id: note.id }).then((output) => output.documentId)
    void openWhenReady(tab, made, 'pdf').catch((error: unknown) =>
      notifications.show({ color: 'red', message: problemText(error, language), autoClose: 10_000 }),
    )
  }
  return (
    <Secondary leftSection={<IconListCheck size={16} />} loading={make.isPending} onClick={print}>
      {w.delivery.pickList}
    </Secondary>
  )
}
