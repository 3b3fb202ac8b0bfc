import { useState } from 'react'
import type { z } from 'zod'
import { type articleRow, listArticles } from '../../common/catalog/api.ts'
import { useLoad } from '../load.ts'
import { Finder } from '../ui/finder.tsx'
import { unitName } from '../ui/unit.ts'
import { useWords } from '../words/words.ts'

export type ArticleRow = z.output<typeof articleRow>

interface PickArticleProps {
  label?: string
  'aria-label'?: string
  chosen?: string
  onChoose: (article: ArticleRow) => void
  onClear?: () => void
  autoFocus?: boolean
  inputRef?: (input: HTMLInputElement | null) => void
  className?: string
}

/** Finds an article by number, GTIN or name, with what of it is free. */
export function PickArticle(props: PickArticleProps) {
  const { w, f, language } = useWords()
  const [q, setQ] = useState('')
  const load = useLoad(
    listArticles,
    { q, active: 'true', limit: 8 },
    { enabled: props.chosen === undefined, keep: true },
  )
  return (
    <Finder
      {...props}
      placeholder={w.orders.phone.findArticle}
      found={load.data?.rows}
      searching={load.isFetching}
      onSearch={setQ}
      idOf={(article) => article.id}
      option={(article) => (
        <span className="spread">
          <span>
            <span className="quiet">{article.number}</span>{' '}
            <span>{(language === 'en' && article.nameEn) || article.nameDe}</span>
          </span>
          <span className={article.available > 0 ? 'quiet nowrap' : 'amber nowrap'}>
            {w.orders.phone.available(
              `${f.quantity(article.available)} ${unitName(w, article.unit, article.available)}`,
            )}
          </span>
        </span>
      )}
    />
  )
}
