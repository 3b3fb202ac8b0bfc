import { Button, CloseButton, Select, Switch, Textarea, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { listVatRates } from '../../common/branches/api.ts'
import { gtinHasRightCheckDigit } from '../../common/catalog/gtin.ts'
import { useLoad } from '../load.ts'
import { PriceField, QuantityField, WeightField } from '../ui/fields.tsx'
import { unitName } from '../ui/unit.ts'
import { useWords } from '../words/words.ts'
import type { ArticleDraft } from './article-draft.ts'
import { PackageRows } from './package-rows.tsx'

interface ArticleFieldsProps {
  draft: ArticleDraft
  onChange: (draft: ArticleDraft) => void
  /** a number given once stays */
  numberFixed?: boolean
}

export function ArticleFields({ draft, onChange, numberFixed }: ArticleFieldsProps) {
  const { w } = useWords()
  const { fields } = w.articles
  const rates = useLoad(listVatRates, {})
  const classes = [
    ...new Set([
      draft.vatClass,
      'standard',
      'reduced',
      'zero',
      ...(rates.data?.rates.map((rate) => rate.vatClass) ?? []),
    ]),
  ]
  const set = (changes: Partial<ArticleDraft>) => onChange({ ...draft, ...changes })
  const units = ['H87', 'KGM', 'GRM', 'MTR', 'MTK', 'LTR', 'SET', 'PR', 'XPK', 'XBX', 'XRO', 'HUR']
  return (
    <>
      <div className="fields">
        <TextInput
          className="w4"
          label={fields.number}
          value={draft.number}
          disabled={numberFixed}
          maxLength={80}
          required
          onChange={(e) => set({ number: e.currentTarget.value })}
        />
        <TextInput
          className="w4"
          label={fields.gtin}
          value={draft.gtin}
          maxLength={14}
          inputMode="numeric"
          data-scan="own"
          error={draft.gtin !== '' && !gtinHasRightCheckDigit(draft.gtin) && fields.gtinWrong}
          onChange={(e) => set({ gtin: e.currentTarget.value.trim() })}
        />
        <Select
          className="w4"
          label={fields.unit}
          value={draft.unit}
          allowDeselect={false}
          searchable
          onChange={(unit) => unit && set({ unit })}
          data={[...new Set([draft.unit, ...units])].map((unit) => ({ value: unit, label: unitName(w, unit) }))}
        />
        <TextInput
          label={fields.nameDe}
          value={draft.nameDe}
          maxLength={300}
          required
          onChange={(e) => set({ nameDe: e.currentTarget.value })}
        />
        <TextInput
          label={fields.nameEn}
          value={draft.nameEn}
          maxLength={300}
          onChange={(e) => set({ nameEn: e.currentTarget.value })}
        />
        <PriceField
          className="w4"
          label={fields.listPrice}
          value={draft.listPrice}
          onChange={(listPrice) => set({ listPrice })}
        />
        <Select
          className="w4"
          label={fields.vatClass}
          value={draft.vatClass}
          allowDeselect={false}
          onChange={(vatClass) => vatClass && set({ vatClass })}
          data={classes.map((value) => ({ value, label: w.articles.vatClasses[value] ?? value }))}
        />
        <WeightField
          className="w4"
          label={fields.weight}
          value={draft.weightGrams}
          onChange={(weightGrams) => set({ weightGrams })}
        />
        <Textarea
          label={fields.descriptionDe}
          value={draft.descriptionDe}
          maxLength={4000}
          autosize
          minRows={2}
          onChange={(e) => set({ descriptionDe: e.currentTarget.value })}
        />
      </div>
      <PriceRows prices={draft.prices} onChange={(prices) => set({ prices })} />
      <PackageRows packages={draft.packageUnits} onChange={(packageUnits) => set({ packageUnits })} />
      <Switch label={fields.active} checked={draft.active} onChange={(e) => set({ active: e.currentTarget.checked })} />
    </>
  )
}

type Prices = ArticleDraft['prices']

function PriceRows({ prices, onChange }: { prices: Prices; onChange: (prices: Prices) => void }) {
  const { w } = useWords()
  const { heads } = w.articles
  const set = (at: number, changes: Partial<Prices[number]>) =>
    onChange(prices.map((price, i) => (i === at ? { ...price, ...changes } : price)))
  return (
    <fieldset className="group">
      <legend>{w.articles.prices}</legend>
      <div className="stack">
        {prices.map((price, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name while they are written
          <div key={i} className="fields-line">
            <TextInput
              aria-label={heads.priceGroup}
              placeholder={heads.priceGroup}
              value={price.priceGroup}
              maxLength={40}
              onChange={(e) => set(i, { priceGroup: e.currentTarget.value })}
            />
            <QuantityField
              aria-label={heads.fromQuantity}
              value={price.fromQuantity}
              minimum={1}
              onChange={(fromQuantity) => set(i, { fromQuantity })}
            />
            <PriceField
              aria-label={heads.groupPrice}
              value={price.price}
              onChange={(value) => set(i, { price: value })}
            />
            <CloseButton aria-label={w.actions.remove} onClick={() => onChange(prices.filter((_, k) => k !== i))} />
          </div>
        ))}
        <span>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} />}
            onClick={() => onChange([...prices, { priceGroup: 'standard', fromQuantity: 1000, price: undefined }])}
          >
            {w.articles.addPrice}
          </Button>
        </span>
      </div>
    </fieldset>
  )
}
