import { Link } from '@tanstack/react-router'
import { Fragment } from 'react'
import { unitName } from '../ui/unit.ts'
import { useWords } from '../words/words.ts'
import type { Invoice } from './show-invoice.tsx'
import '../ui/table.css'
import './invoice-lines.css'

/** The lines under the delivery notes they come from, as on paper. */
export function InvoiceLines({ invoice }: { invoice: Invoice }) {
  const { w, f } = useWords()
  const { heads } = w.billing
  return (
    <div className="table-frame">
      <table className="table">
        <caption className="hidden-visually">{w.billing.lines}</caption>
        <thead>
          <tr>
            <th scope="col">{w.orders.heads.position}</th>
            <th scope="col">{heads.article}</th>
            <th scope="col" className="grow">
              {heads.name}
            </th>
            <th scope="col">{heads.order}</th>
            <th scope="col" className="end">
              {heads.quantity}
            </th>
            <th scope="col" className="end">
              {heads.vat}
            </th>
            <th scope="col" className="end">
              {heads.net}
            </th>
          </tr>
        </thead>
        <tbody>
          {notesOf(invoice).map(({ note, lines }) => (
            <Fragment key={note.id}>
              <tr className="heading-row">
                <td colSpan={7} data-small="start">
                  <Link to="/delivery-notes/$id" params={{ id: note.id }}>
                    {w.billing.ofNote(note.number, f.day(note.deliveredOn))}
                  </Link>
                </td>
              </tr>
              {lines.map((line) => (
                <tr key={line.id}>
                  <td className="quiet" data-small="hide">
                    {line.position}
                  </td>
                  <td data-small="below">{line.articleNumber}</td>
                  <td className="grow" data-small="start" title={line.name}>
                    {line.name}
                  </td>
                  <td className="quiet" data-small="hide">
                    {line.orderNumber}
                  </td>
                  <td className="end" data-small="below">
                    {f.quantity(line.quantity)} {unitName(w, line.unit, line.quantity)}
                  </td>
                  <td className="end quiet" data-small="hide">
                    {f.percent(line.vatRate)}
                  </td>
                  <td className="end" data-small="end">
                    {f.money(line.net)}
                  </td>
                </tr>
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function notesOf(invoice: Invoice) {
  const groups = new Map<
    string,
    { note: { id: string; number: string; deliveredOn: string }; lines: Invoice['lines'] }
  >()
  for (const line of invoice.lines) {
    const group = groups.get(line.noteId)
    if (group) group.lines.push(line)
    else
      groups.set(line.noteId, {
        note: { id: line.noteId, number: line.noteNumber, deliveredOn: line.deliveredOn },
        lines: [line],
      })
  }
  return [...groups.values()]
}
