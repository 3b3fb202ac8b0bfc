import type { LinkContent } from '../../../common/links/content.ts'
import { Files } from './files.tsx'
import { useSaid } from './words.ts'

/** What was taken back. */
export function ReturnCard({ token, goods }: { token: string; goods: LinkContent['returns'][number] }) {
  const { w, f, amount } = useSaid()
  return (
    <article className="card" aria-labelledby={`return-${goods.id}`}>
      <div className="card-head">
        <h2 id={`return-${goods.id}`}>
          {w.return} <span className="number">{goods.number}</span>
        </h2>
        <p className="quiet">{w.issuedOn(f.day(goods.returnedOn))}</p>
        {goods.cancelled && <span className="mark mark-plain">{w.returnCancelled}</span>}
      </div>
      <ul className="lines">
        {goods.lines.map((line, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same article may stand there twice, and nothing moves
          <li key={i} className="line">
            <span className="line-words">{line.name}</span>
            <span className="line-quantity">{amount(line.quantity, line.unit)}</span>
          </li>
        ))}
      </ul>
      <Files token={token} files={goods.files} name={goods.number} />
    </article>
  )
}
