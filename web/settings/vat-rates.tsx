import { Select, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { listVatRates, saveVatRate } from '../../common/branches/api.ts'
import { useAction, useLoad } from '../load.ts'
import { useMay } from '../session/me.tsx'
import { Day } from '../ui/cells.tsx'
import { DayField, PercentField } from '../ui/fields.tsx'
import { today } from '../ui/format.ts'
import { Secondary } from '../ui/page.tsx'
import { Panel } from '../ui/panel.tsx'
import { Failed } from '../ui/states.tsx'
import { Table } from '../ui/table.tsx'
import { useWords } from '../words/words.ts'

/** Rates with the day they count from. */
export default function VatRates() {
  const { w, f } = useWords()
  const words = w.settings.vat
  const may = useMay()
  const load = useLoad(listVatRates, {})
  const [adding, setAdding] = useState(false)
  if (load.error && !load.data) return <Failed error={load.error} retry={() => void load.refetch()} />
  return (
    <div className="stack">
      <Table
        label={w.settings.parts.vat}
        rows={load.data?.rates}
        idOf={(rate) => `${rate.vatClass} ${rate.country} ${rate.validFrom}`}
        listKey="rates"
        skeletonRows={3}
        columns={[
          {
            name: 'class',
            head: words.vatClass,
            grow: true,
            small: 'start',
            cell: (rate) => w.articles.vatClasses[rate.vatClass] ?? rate.vatClass,
          },
          { name: 'country', head: words.country, small: 'below', cell: (rate) => rate.country },
          { name: 'from', head: words.validFrom, small: 'named', cell: (rate) => <Day day={rate.validFrom} /> },
          { name: 'rate', head: words.rate, end: true, small: 'end', cell: (rate) => f.percent(rate.rate) },
        ]}
      />
      {may('settings.write') && (
        <span>
          <Secondary leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
            {words.newRate}
          </Secondary>
        </span>
      )}
      {adding && <RatePanel onClose={() => setAdding(false)} />}
    </div>
  )
}

function RatePanel({ onClose }: { onClose: () => void }) {
  const { w } = useWords()
  const words = w.settings.vat
  const [vatClass, setVatClass] = useState('standard')
  const [country, setCountry] = useState('DE')
  const [rate, setRate] = useState<number>()
  const [validFrom, setValidFrom] = useState<string | undefined>(today())
  const action = useAction(saveVatRate, onClose)
  return (
    <Panel
      title={words.newRate}
      opened
      onClose={onClose}
      submit={w.actions.save}
      onSubmit={() => rate !== undefined && validFrom && action.mutate({ vatClass, country, rate, validFrom })}
      busy={action.isPending}
      disabled={rate === undefined || validFrom === undefined || !/^[A-Z]{2}$/.test(country)}
      error={action.error}
      foot={words.hint}
    >
      <div className="fields">
        <Select
          className="w8"
          label={words.vatClass}
          value={vatClass}
          allowDeselect={false}
          onChange={(value) => value && setVatClass(value)}
          data={Object.entries(w.articles.vatClasses).map(([value, label]) => ({ value, label }))}
        />
        <TextInput
          className="w4"
          label={words.country}
          value={country}
          maxLength={2}
          onChange={(event) => setCountry(event.currentTarget.value.toUpperCase())}
        />
        <PercentField className="w6" label={words.rate} value={rate} maximum={10_000} onChange={setRate} />
        <DayField className="w6" label={words.validFrom} value={validFrom} onChange={setValidFrom} />
      </div>
    </Panel>
  )
}
