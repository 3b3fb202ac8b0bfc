import { Checkbox, PasswordInput, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Shop, ShopKind } from '../../common/shops/api.ts'
import { DayField, QuantityField } from '../ui/fields.tsx'
import { today } from '../ui/format.ts'
import { useWords } from '../words/words.ts'
import { givenFor, isAddress, type Kind, type ShopDraft } from './shop-draft.ts'

interface FieldsProps {
  draft: ShopDraft
  onChange: (changes: Partial<ShopDraft>) => void
}

/** Where the shop is and which keys open it. Keys that were given are never shown again, only replaced. */
export function ReachFields({
  draft,
  shop,
  kinds,
  onChange,
}: FieldsProps & { shop: Shop | undefined; kinds: readonly Kind[] }) {
  const { w, language } = useWords()
  const words = w.shops.setup
  const [left, setLeft] = useState(false)
  const given = givenFor(draft.kind, shop)
  const secrets = kinds.find((one) => one.kind === draft.kind)?.secrets ?? []
  return (
    <div className="fields">
      <Select
        className="w4"
        label={words.kind}
        value={draft.kind}
        allowDeselect={false}
        data={kinds.map(({ kind }) => ({ value: kind, label: w.shops.kinds[kind] }))}
        onChange={(kind) => onChange({ kind: kind as ShopKind, secrets: {} })}
      />
      <TextInput
        className="w8"
        label={words.address}
        type="url"
        placeholder="https://"
        value={draft.address}
        error={left && draft.address !== '' && !isAddress(draft.address) ? words.addressWrong : undefined}
        onFocus={() => setLeft(false)}
        onBlur={() => setLeft(true)}
        onChange={(event) => onChange({ address: event.currentTarget.value })}
      />
      {shop && shop.health.lastOrderIn !== null && hasMoved(shop, draft) && (
        <Checkbox
          label={words.moved}
          description={words.movedHint}
          checked={draft.moved}
          onChange={(event) => onChange({ moved: event.currentTarget.checked })}
        />
      )}
      {secrets.map(({ name, label, optional }) => {
        const isGiven = given.includes(name)
        return (
          <PasswordInput
            key={name}
            className="w6"
            label={label[language]}
            placeholder={isGiven ? words.secretGiven : optional ? words.optional : undefined}
            description={isGiven ? words.secretReplace : undefined}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            autoComplete="new-password"
            spellCheck={false}
            value={draft.secrets[name] ?? ''}
            onChange={(event) => onChange({ secrets: { ...draft.secrets, [name]: event.currentTarget.value } })}
          />
        )
      })}
      {!shop && (
        <DayField
          className="w6"
          label={words.ordersSince}
          description={words.ordersSinceHint}
          value={draft.ordersSince}
          maximum={today()}
          onChange={(ordersSince) => onChange({ ordersSince })}
        />
      )}
    </div>
  )
}

/** Its orders go on under the new address only if somebody says that it is the same shop. */
function hasMoved(shop: Shop, { kind, address }: ShopDraft): boolean {
  return kind === shop.kind && isAddress(address) && address.trim().replace(/\/+$/, '') !== shop.address
}

/** What of the stock and whose prices the shop shows. */
export function StockFields({ draft, onChange }: FieldsProps) {
  const { w } = useWords()
  const words = w.shops.setup
  return (
    <div className="fields">
      <QuantityField
        className="w6"
        label={words.safetyStock}
        description={words.safetyHint}
        suffix={w.units.H87}
        value={draft.safetyStock}
        onChange={(safetyStock) => onChange({ safetyStock })}
      />
      <TextInput
        className="w6"
        label={words.priceGroup}
        description={words.priceGroupHint}
        maxLength={40}
        value={draft.priceGroup}
        onChange={(event) => onChange({ priceGroup: event.currentTarget.value })}
      />
    </div>
  )
}
