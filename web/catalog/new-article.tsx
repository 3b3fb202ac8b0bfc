import { notifications } from '@mantine/notifications'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { createArticle } from '../../common/catalog/api.ts'
import { useAction } from '../load.ts'
import { Page, Primary } from '../ui/page.tsx'
import { Refused } from '../ui/states.tsx'
import { useWords } from '../words/words.ts'
import { contentOf, emptyDraft, isComplete } from './article-draft.ts'
import { ArticleFields } from './article-fields.tsx'

export function NewArticle() {
  const { w } = useWords()
  const navigate = useNavigate()
  const [draft, setDraft] = useState(emptyDraft)
  const action = useAction(createArticle, ({ id }) => {
    notifications.show({ message: w.articles.created(draft.number) })
    void navigate({ to: '/articles/$id', params: { id }, replace: true })
  })
  const submit = () =>
    action.mutate({
      ...contentOf(draft),
      number: draft.number.trim(),
      gtin: draft.gtin || undefined,
      listPrice: draft.listPrice,
      nameEn: draft.nameEn.trim() || undefined,
      descriptionDe: draft.descriptionDe.trim() || undefined,
      weightGrams: draft.weightGrams,
    })
  return (
    <Page
      narrow
      title={w.articles.newArticle}
      parent={{ to: '/articles', word: w.pages.articles }}
      primary={
        <Primary disabled={!isComplete(draft)} loading={action.isPending} onClick={submit}>
          {w.actions.save}
        </Primary>
      }
    >
      <div className="stack-wide">
        <Refused error={action.error} />
        <ArticleFields draft={draft} onChange={setDraft} />
      </div>
    </Page>
  )
}
