import { IconMinus, IconPlus, IconX } from '@tabler/icons-react'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { LinkContent } from '../../../common/links/content.ts'
import { NotDone, sendReport } from './ask.ts'
import {
  type Draft,
  mostOf,
  type NoteLine,
  type Problem,
  reportedLines,
  saidOf,
  stepped,
  withQuantity,
} from './report-draft.ts'
import { useSaid } from './words.ts'

interface ReportDialogProps {
  token: string
  note: LinkContent['notes'][number]
  onDone: () => void
  onClose: () => void
}

/** What is wrong with a delivery, said in a minute with one thumb; on a phone it fills the screen. */
export function ReportDialog({ token, note, onDone, onClose }: ReportDialogProps) {
  const { w } = useSaid()
  const dialog = useRef<HTMLDialogElement>(null)
  const [sent, setSent] = useState<{ number: string; again: boolean }>()
  useEffect(() => {
    dialog.current?.showModal()
  }, [])
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby="report-title" onClose={onClose}>
      <div className="dialog-head">
        <h2 id="report-title">{sent ? w.report.number : w.report.title}</h2>
        <button
          type="button"
          className="icon-button"
          aria-label={w.report.back}
          onClick={() => dialog.current?.close()}
        >
          <IconX size={20} aria-hidden="true" />
        </button>
      </div>
      {sent ? (
        <Thanks sent={sent} onClose={() => dialog.current?.close()} />
      ) : (
        <ReportForm
          token={token}
          note={note}
          onSent={(answer) => {
            setSent(answer)
            onDone()
          }}
        />
      )}
    </dialog>
  )
}

function Thanks({ sent, onClose }: { sent: { number: string; again: boolean }; onClose: () => void }) {
  const { w } = useSaid()
  return (
    <div className="thanks" role="status">
      <p className="thanks-number">{sent.number}</p>
      <p className="strong">{sent.again ? w.report.doneAgain : w.report.done}</p>
      <p className="quiet">{w.report.next}</p>
      <button type="button" className="main-button" onClick={onClose}>
        {w.report.back}
      </button>
    </div>
  )
}

interface ReportFormProps extends Pick<ReportDialogProps, 'token' | 'note'> {
  onSent: (answer: { number: string; again: boolean }) => void
}

function ReportForm({ token, note, onSent }: ReportFormProps) {
  const { w, language } = useSaid()
  const [draft, setDraft] = useState<Draft>({})
  const [words, setWords] = useState('')
  const [contact, setContact] = useState('')
  const [sending, setSending] = useState(false)
  const [wrong, setWrong] = useState<string>()
  const lines = reportedLines(draft)
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (sending || lines.length === 0) return
    setSending(true)
    setWrong(undefined)
    sendReport(token, language, { lines, words, contact: contact.trim() || undefined })
      .then(onSent)
      .catch((error: unknown) => setWrong((error instanceof NotDone && error.refused.words) || w.unreachable))
      .finally(() => setSending(false))
  }
  return (
    <form className="dialog-form" onSubmit={send}>
      <div className="dialog-body">
        <p className="quiet">{w.report.hint}</p>
        <ul className="lines">
          {note.lines
            .filter((line) => line.kind === 'goods' && mostOf(line) > 0)
            .map((line) => (
              <ReportLine key={line.id} line={line} draft={draft} onChange={setDraft} />
            ))}
        </ul>
        <label className="field">
          <span>{w.report.words}</span>
          <textarea
            rows={3}
            maxLength={2000}
            placeholder={w.report.wordsHint}
            value={words}
            onChange={(e) => setWords(e.currentTarget.value)}
          />
        </label>
        <label className="field">
          <span>{w.report.contact}</span>
          <input
            maxLength={200}
            autoComplete="tel"
            value={contact}
            onChange={(e) => setContact(e.currentTarget.value)}
          />
        </label>
      </div>
      <div className="dialog-foot">
        {wrong && (
          <p className="warn" role="alert">
            {wrong}
          </p>
        )}
        {lines.length === 0 && <p className="quiet small">{w.report.chooseFirst}</p>}
        <button type="submit" className="main-button" disabled={lines.length === 0 || sending}>
          {sending ? w.report.sending : w.report.send}
        </button>
      </div>
    </form>
  )
}

interface ReportLineProps {
  line: NoteLine
  draft: Draft
  onChange: (draft: Draft) => void
}

function ReportLine({ line, draft, onChange }: ReportLineProps) {
  const { w, amount, language } = useSaid()
  const name = (language === 'en' ? line.nameEn : null) ?? line.name
  const said = saidOf(draft, line)
  const counter = (problem: Problem, word: string) => (
    <Counter
      word={word}
      name={name}
      value={said[problem]}
      text={amount(said[problem], line.unit)}
      onStep={(direction) => onChange(stepped(draft, line, problem, direction))}
      onAll={() => onChange(withQuantity(draft, line, problem, mostOf(line)))}
      isFull={said.missing + said.damaged === mostOf(line)}
    />
  )
  return (
    <li className={said.missing + said.damaged > 0 ? 'wrong-line wrong-line-said' : 'wrong-line'}>
      <span className="line-words">
        <span>{name}</span>
        <span className="quiet small">
          {line.articleNumber} · {w.report.of(amount(mostOf(line), line.unit))}
        </span>
      </span>
      {counter('missing', w.report.missing)}
      {counter('damaged', w.report.damaged)}
    </li>
  )
}

interface CounterProps {
  word: string
  name: string
  value: number
  text: string
  isFull: boolean
  onStep: (direction: 1 | -1) => void
  onAll: () => void
}

function Counter({ word, name, value, text, isFull, onStep, onAll }: CounterProps) {
  const { w } = useSaid()
  return (
    <fieldset className="counter" aria-label={`${word}: ${name}`}>
      <span className={value > 0 ? 'strong' : 'quiet'}>{word}</span>
      <button type="button" className="text-button" disabled={isFull} onClick={onAll}>
        {w.report.all}
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label={w.report.less(`${name}, ${word}`)}
        disabled={value === 0}
        onClick={() => onStep(-1)}
      >
        <IconMinus size={18} aria-hidden="true" />
      </button>
      <output className={value > 0 ? 'strong' : 'quiet'}>{text}</output>
      <button
        type="button"
        className="icon-button"
        aria-label={w.report.more(`${name}, ${word}`)}
        disabled={isFull}
        onClick={() => onStep(1)}
      >
        <IconPlus size={18} aria-hidden="true" />
      </button>
    </fieldset>
  )
}
