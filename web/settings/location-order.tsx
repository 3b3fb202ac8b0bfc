import { ActionIcon, Checkbox } from '@mantine/core'
import { IconArrowUp } from '@tabler/icons-react'
import { useWords } from '../words/words.ts'

interface LocationOrderProps {
  locations: { id: string; name: string }[]
  chosen: string[]
  onChange: (ids: string[]) => void
}

/** Which stock serves a channel, and which first. */
export function LocationOrder({ locations, chosen, onChange }: LocationOrderProps) {
  const { w } = useWords()
  const words = w.settings.channels
  const rest = locations.filter((location) => !chosen.includes(location.id))
  const ordered = [...chosen.flatMap((id) => locations.filter((location) => location.id === id)), ...rest]
  return (
    <fieldset className="group">
      <legend>{words.locations}</legend>
      {ordered.map((location) => {
        const at = chosen.indexOf(location.id)
        return (
          <div key={location.id} className="spread location-line">
            <Checkbox
              label={location.name}
              checked={at >= 0}
              onChange={() => onChange(at >= 0 ? chosen.filter((id) => id !== location.id) : [...chosen, location.id])}
            />
            {at > 0 && (
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`${words.up}: ${location.name}`}
                onClick={() =>
                  onChange(chosen.map((id, i) => (i === at - 1 ? location.id : i === at ? chosen[at - 1]! : id)))
                }
              >
                <IconArrowUp size={16} />
              </ActionIcon>
            )}
          </div>
        )
      })}
    </fieldset>
  )
}
