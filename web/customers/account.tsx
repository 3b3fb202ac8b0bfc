import { Facts, Section } from '../ui/page.tsx'
import { useWords } from '../words/words.ts'
import type { CustomerView } from './show-customer.tsx'
import './account.css'

/** The exposure against the limit, and what it is made of. */
export function Account({ customer }: { customer: CustomerView }) {
  const { w, f } = useWords()
  const words = w.customers
  const { account } = customer
  const over = account.exposure > account.creditLimit
  const part =
    account.creditLimit === 0
      ? account.exposure > 0
        ? 100
        : 0
      : Math.min(100, Math.max(0, (account.exposure / account.creditLimit) * 100))
  return (
    <Section title={words.account}>
      <div className="account-box">
        <div>
          <p className="account-figure">
            <span className={over ? 'red' : undefined}>{f.euros(account.exposure)}</span>
            <span className="quiet">
              {' '}
              {account.creditLimit > 0 ? words.of(f.euros(account.creditLimit)) : words.noLimit}
            </span>
          </p>
          <div className="meter" aria-hidden="true">
            <span className={over ? 'meter-over' : undefined} style={{ width: `${part}%` }} />
          </div>
          <p className="quiet small">
            {over ? words.overLimit : words.left} {f.euros(Math.abs(account.creditLimit - account.exposure))}
          </p>
          {account.oldestOverdueDays > 0 && (
            <p className="amber small">{words.overdue(f.count(account.oldestOverdueDays))}</p>
          )}
        </div>
        <Facts
          facts={[
            [words.openOrders, f.euros(account.openOrders)],
            [words.deliveredNotInvoiced, f.euros(account.deliveredNotInvoiced)],
            [words.openInvoices, f.euros(account.openInvoices)],
            [words.credits, f.euros(-account.credits)],
            [words.downPayments, account.downPayments !== 0 && f.euros(-account.downPayments)],
          ]}
        />
      </div>
    </Section>
  )
}
