import { Button, Menu } from '@mantine/core'
import { IconChevronDown, IconEdit, IconScale } from '@tabler/icons-react'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { Article } from '../../common/catalog/api.ts'
import { getArticle } from '../../common/catalog/api.ts'
import { listStock } from '../../common/stock/api.ts'
import { useLoad } from '../load.ts'
import { useMay } from '../session/me.tsx'
import { Columns, Facts, Page, Primary, Section } from '../ui/page.tsx'
import { Failed, PageSkeleton } from '../ui/states.tsx'
import { Status } from '../ui/status.tsx'
import { unitName } from '../ui/unit.ts'
import { useWords } from '../words/words.ts'
import { Movements, PriceTable, StockTable } from './article-tables.tsx'
import { ChangeArticlePanel } from './change-article-panel.tsx'
import { CorrectPanel, ReceivePanel } from './stock-panels.tsx'

type PanelName = 'receive' | 'correct' | 'change'

/** One article: where it stands, what moved, what it costs. */
export function ShowArticle() {
  const { id } = useParams({ from: '/shell/articles/$id' })
  const { w, f, language } = useWords()
  const may = useMay()
  const load = useLoad(getArticle, { id })
  const stock = useLoad(listStock, { articleId: id, limit: 200 }, { enabled: may('stock.read') })
  const [open, setOpen] = useState<PanelName | null>(null)
  if (!load.data) return load.error ? <Failed error={load.error} retry={() => void load.refetch()} /> : <PageSkeleton />
  const article = load.data
  const levels = stock.data?.rows ?? []
  const close = () => setOpen(null)
  const available = levels.reduce((sum, level) => sum + level.available, 0)
  return (
    <Page
      title={(language === 'en' && article.nameEn) || article.nameDe}
      parent={{ to: '/articles', word: w.pages.articles }}
      state={
        <span className="statuses">
          <span className="quiet">{article.number}</span>
          {!article.active && <Status tone="off" word={w.status.inactive} />}
          {stock.data && (
            <span className="quiet">
              {f.quantity(available)} {unitName(w, article.unit, available)} {w.articles.heads.available.toLowerCase()}
            </span>
          )}
        </span>
      }
      actions={<MoreActions onOpen={setOpen} />}
      primary={may('stock.write') && <Primary onClick={() => setOpen('receive')}>{w.articles.receive}</Primary>}
    >
      <Columns side={<ArticleFacts article={article} />}>
        <Section title={w.articles.stock}>
          <StockTable levels={stock.data?.rows} />
        </Section>
        <Section title={w.articles.prices}>
          <PriceTable article={article} />
        </Section>
        {may('stock.read') && (
          <Section title={w.articles.movements}>
            <Movements articleId={id} />
          </Section>
        )}
      </Columns>
      <ReceivePanel article={article} levels={levels} opened={open === 'receive'} onClose={close} />
      <CorrectPanel article={article} levels={levels} opened={open === 'correct'} onClose={close} />
      <ChangeArticlePanel article={article} opened={open === 'change'} onClose={close} />
    </Page>
  )
}

function MoreActions({ onOpen }: { onOpen: (panel: PanelName) => void }) {
  const { w } = useWords()
  const may = useMay()
  if (!may('stock.write') && !may('catalog.write')) return null
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" rightSection={<IconChevronDown size={15} />}>
          {w.actions.more}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {may('catalog.write') && (
          <Menu.Item leftSection={<IconEdit size={15} />} onClick={() => onOpen('change')}>
            {w.actions.change}
          </Menu.Item>
        )}
        {may('stock.write') && (
          <Menu.Item leftSection={<IconScale size={15} />} onClick={() => onOpen('correct')}>
            {w.articles.correct}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}

function ArticleFacts({ article }: { article: Article }) {
  const { w, f } = useWords()
  const { fields } = w.articles
  return (
    <>
      <Section title={w.articles.details}>
        <Facts
          facts={[
            [fields.number, article.number],
            [fields.gtin, article.gtin],
            [fields.nameEn, article.nameEn],
            [fields.unit, unitName(w, article.unit)],
            [fields.listPrice, article.listPrice !== undefined && `${f.price(article.listPrice)}\u00a0€`],
            [fields.vatClass, w.articles.vatClasses[article.vatClass] ?? article.vatClass],
            [fields.weight, article.weightGrams !== undefined && f.kilograms(article.weightGrams)],
            [
              fields.packages,
              article.packageUnits.map((p) => `${p.name ?? unitName(w, p.unit)}: ${f.quantity(p.quantity)}`).join(', '),
            ],
          ]}
        />
      </Section>
      {article.descriptionDe && <p className="quiet">{article.descriptionDe}</p>}
    </>
  )
}
