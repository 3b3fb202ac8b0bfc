import { Button, Menu } from '@mantine/core'
import { IconBan, IconChevronDown, IconExternalLink } from '@tabler/icons-react'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { z } from 'zod'
import { getReturn, type goodsReturn } from '../../common/returns/api.ts'
import { useLoad } from '../load.ts'
import { DocumentSending } from '../sending/document-sending.tsx'
import { useMay } from '../session/me.tsx'
import { ChainStrip, type Station } from '../ui/chain.tsx'
import { Files, fileAddress } from '../ui/files.tsx'
import { Columns, Facts, Page, Primary, Section } from '../ui/page.tsx'
import { Failed, PageSkeleton } from '../ui/states.tsx'
import { useWords } from '../words/words.ts'
import { CancelReturnPanel } from './cancel-return-panel.tsx'
import { InspectPanel } from './inspect-panel.tsx'
import { ReturnState } from './list-returns.tsx'
import { ReturnLines } from './return-lines.tsx'

export type GoodsReturn = z.output<typeof goodsReturn>

/** One return: what came back, where it went, and all documents it belongs to. */
export function ShowReturn() {
  const { id } = useParams({ from: '/shell/returns/$id' })
  const { w } = useWords()
  const load = useLoad(getReturn, { id })
  const [open, setOpen] = useState<'cancel' | 'inspect' | null>(null)
  if (!load.data) return load.error ? <Failed error={load.error} retry={() => void load.refetch()} /> : <PageSkeleton />
  const goods = load.data
  return (
    <Page
      title={w.returns.return(goods.number)}
      parent={{ to: '/returns', word: w.pages.returns }}
      state={<ReturnState row={goods} />}
      primary={<Actions goods={goods} onOpen={setOpen} />}
    >
      <ReturnChain goods={goods} />
      <Columns side={<ReturnFacts goods={goods} />}>
        <Section title={w.returns.lines}>
          <ReturnLines goods={goods} />
        </Section>
      </Columns>
      <CancelReturnPanel goods={goods} opened={open === 'cancel'} onClose={() => setOpen(null)} />
      {goods.waiting > 0 && <InspectPanel goods={goods} opened={open === 'inspect'} onClose={() => setOpen(null)} />}
    </Page>
  )
}

function Actions({ goods, onOpen }: { goods: GoodsReturn; onOpen: (panel: 'cancel' | 'inspect') => void }) {
  const { w } = useWords()
  const may = useMay()
  return (
    <>
      {goods.state === 'taken-back' && may('returns.write') && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" rightSection={<IconChevronDown size={15} />}>
              {w.actions.more}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconBan size={15} />} onClick={() => onOpen('cancel')}>
              {w.returns.cancel}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      <Button
        component="a"
        variant="default"
        href={fileAddress(goods.documentId, 'pdf')}
        target="_blank"
        rel="noopener"
        leftSection={<IconExternalLink size={16} />}
      >
        {w.returns.pdf}
      </Button>
      {goods.waiting > 0 && may('returns.write') && (
        <Primary onClick={() => onOpen('inspect')}>{w.returns.inspect}</Primary>
      )}
    </>
  )
}

function ReturnFacts({ goods }: { goods: GoodsReturn }) {
  const { w, f } = useWords()
  return (
    <>
      <Section title={w.returns.details}>
        <Facts
          facts={[
            [
              w.returns.heads.customer,
              <Link key="customer" to="/customers/$id" params={{ id: goods.customerId }}>
                {goods.customerName}
              </Link>,
            ],
            [w.returns.heads.returnedOn, f.day(goods.returnedOn)],
            [w.returns.heads.credited, goods.credited > 0 && f.euros(goods.credited)],
            [w.returns.moneyOf, goods.credited > 0 && w.returns.money[goods.money]],
            [
              w.returns.exchange.title,
              goods.exchange && (
                <span key="exchange">
                  <Link to="/orders/$id" className="nowrap" params={{ id: goods.exchange.order.id }}>
                    {goods.exchange.order.number}
                  </Link>
                  {goods.exchange.note && (
                    <>
                      {', '}
                      <Link to="/delivery-notes/$id" className="nowrap" params={{ id: goods.exchange.note.id }}>
                        {goods.exchange.note.number}
                      </Link>
                    </>
                  )}
                  {goods.exchange.invoice && (
                    <>
                      {', '}
                      <Link to="/invoices/$id" className="nowrap" params={{ id: goods.exchange.invoice.id }}>
                        {goods.exchange.invoice.number}
                      </Link>
                    </>
                  )}
                </span>
              ),
            ],
            [w.returns.remark, goods.remark],
            [w.returns.cancelReason, goods.cancelReason],
          ]}
        />
      </Section>
      <DocumentSending documentId={goods.documentId} title={w.returns.return(goods.number)} />
      <Section title={w.files.title}>
        <Files documentId={goods.documentId} files={goods.files} />
      </Section>
    </>
  )
}

/** From the order to what the return made of its invoices. */
function ReturnChain({ goods }: { goods: GoodsReturn }) {
  const { w, f } = useWords()
  const of = (...kinds: GoodsReturn['chain'][number]['kind'][]) => goods.chain.filter((c) => kinds.includes(c.kind))
  const invoices = of('invoice', 'correction')
  const refunds = of('refund')
  const stations: Station[] = [
    {
      name: w.chain.order,
      progress: 'done',
      links: of('order').map((o) => ({ kind: 'order', id: o.id, word: o.number })),
      summary: w.chain.orders(of('order').length),
    },
    {
      name: w.chain.notes,
      progress: 'done',
      links: of('delivery-note').map((n) => ({
        kind: 'delivery-note',
        id: n.id,
        word: n.number,
        detail: n.day ? f.day(n.day) : undefined,
      })),
      summary: '',
    },
    {
      name: w.returns.chainName,
      progress: goods.state === 'cancelled' ? 'off' : 'done',
      links: [{ kind: 'return', id: goods.id, word: goods.number, here: true, off: goods.state === 'cancelled' }],
      summary: f.day(goods.returnedOn),
    },
    {
      name: w.chain.invoices,
      progress: invoices.length > 0 ? 'done' : 'none',
      links: invoices.map((i) => ({
        kind: 'invoice',
        id: i.id,
        word: i.number,
        detail: i.amount === null ? undefined : f.euros(i.amount),
      })),
      summary:
        refunds.length > 0
          ? `${w.returns.desk.refund} ${f.euros(refunds.reduce((sum, r) => sum + (r.amount ?? 0), 0))}`
          : '',
    },
  ]
  return <ChainStrip stations={stations} />
}
