import { Button, CloseButton, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { gtinHasRightCheckDigit } from '../../common/catalog/gtin.ts'
import { QuantityField } from '../ui/fields.tsx'
import { useWords } from '../words/words.ts'
import type { ArticleDraft } from './article-draft.ts'

type Packages = ArticleDraft['packageUnits']
const MOST = 10

/** In what the article is packed: box of 200, pallet of 48. */
export function PackageRows({ packages, onChange }: { packages: Packages; onChange: (packages: Packages) => void }) {
  const { w } = useWords()
  const { fields } = w.articles
  const set = (at: number, changes: Partial<Packages[number]>) =>
    onChange(packages.map((one, i) => (i === at ? { ...one, ...changes } : one)))
  return (
    <fieldset className="group">
      <legend>{fields.packages}</legend>
      <div className="stack">
        {packages.map((one, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name while they are written
          <div key={i} className="fields-line">
            <TextInput
              aria-label={fields.packageName}
              placeholder={fields.packageName}
              value={one.name}
              maxLength={60}
              onChange={(e) => set(i, { name: e.currentTarget.value })}
            />
            <QuantityField
              aria-label={fields.packageQuantity}
              placeholder={fields.packageQuantity}
              value={one.quantity}
              minimum={1}
              onChange={(quantity) => set(i, { quantity })}
            />
            <TextInput
              aria-label={`${fields.gtin}: ${one.name}`}
              placeholder={fields.gtin}
              value={one.gtin}
              maxLength={14}
              inputMode="numeric"
              data-scan="own"
              error={one.gtin !== '' && !gtinHasRightCheckDigit(one.gtin) && fields.gtinWrong}
              onChange={(e) => set(i, { gtin: e.currentTarget.value.trim() })}
            />
            <CloseButton
              aria-label={`${w.actions.remove}: ${one.name}`}
              onClick={() => onChange(packages.filter((_, k) => k !== i))}
            />
          </div>
        ))}
        {packages.length < MOST && (
          <span>
            <Button
              size="xs"
              variant="default"
              leftSection={<IconPlus size={14} />}
              onClick={() => onChange([...packages, { unit: 'XPK', name: '', quantity: undefined, gtin: '' }])}
            >
              {w.articles.addPackage}
            </Button>
          </span>
        )}
      </div>
    </fieldset>
  )
}
