import { SegmentedControl } from '@mantine/core'
import type { Language } from '../../common/refusal.ts'
import { setLanguage, useWords } from '../words/words.ts'

export function LanguageSwitch() {
  const { w, language } = useWords()
  return (
    <SegmentedControl
      size="xs"
      aria-label={w.appearance.language}
      value={language}
      onChange={(value) => setLanguage(value as Language)}
      data={[
        { value: 'de', label: 'DE' },
        { value: 'en', label: 'EN' },
      ]}
    />
  )
}
