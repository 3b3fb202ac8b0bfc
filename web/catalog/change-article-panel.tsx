import { notifications } from '@mantine/notifications'
import { useEffect, useState } from 'react'
import { type Article, changeArticle } from '../../common/catalog/api.ts'
import { useAction } from '../load.ts'
import { Panel } from '../ui/panel.tsx'
import { useWords } from '../words/words.ts'
import { contentOf, draftOf, isComplete } from './article-draft.ts'
import { ArticleFields } from './article-fields.tsx'

export function ChangeArticlePanel({
  article,
  opened,
  onClose,
}: {
  article: Article
  opened: boolean
  onClose: () => void
}) {
  const { w } = useWords()
  const [draft, setDraft] = useState(() => draftOf(article))
  // what somebody else saved meanwhile is shown on the next opening, not under the hands
  // biome-ignore lint/correctness/useExhaustiveDependencies: only opening takes the article anew
  useEffect(() => {
    if (opened) setDraft(draftOf(article))
  }, [opened])
  const action = useAction(changeArticle, () => {
    notifications.show({ message: w.articles.saved })
    onClose()
  })
  return (
    <Panel
      wide
      title={w.articles.article(article.number)}
      opened={opened}
      onClose={onClose}
      submit={w.actions.save}
      onSubmit={() =>
        action.mutate({
          id: article.id,
          ...contentOf(draft),
          gtin: draft.gtin || null,
          nameEn: draft.nameEn.trim() || null,
          descriptionDe: draft.descriptionDe.trim() || null,
          weightGrams: draft.weightGrams ?? null,
          listPrice: draft.listPrice ?? null,
        })
      }
      busy={action.isPending}
      disabled={!isComplete(draft)}
      error={action.error}
    >
      <ArticleFields draft={draft} onChange={setDraft} numberFixed />
    </Panel>
  )
}
