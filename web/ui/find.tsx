import { Modal } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, useEffect, useState } from 'react'
import { useWords } from '../words/words.ts'
import { type Hit, useHits } from './use-hits.ts'

/** Search over everything: numbers, customers, articles, pages and actions; keyboard first. */
export function Find({ opened, first, onClose }: { opened: boolean; first: string; onClose: () => void }) {
  const { w } = useWords()
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      withCloseButton={false}
      padding={0}
      size={640}
      yOffset="12vh"
      aria-label={w.find.open}
    >
      <FindBody first={first} onClose={onClose} />
    </Modal>
  )
}

function FindBody({ first, onClose }: { first: string; onClose: () => void }) {
  const { w } = useWords()
  const navigate = useNavigate()
  const [typed, setTyped] = useState(first)
  const [q] = useDebouncedValue(typed.trim(), 130)
  const [at, setAt] = useState(0)
  const { groups, searching } = useHits(q)
  const hits = groups.flatMap((group) => group.hits)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new search begins at its first hit
  useEffect(() => setAt(0), [q])

  const open = (hit: Hit) => {
    onClose()
    void navigate({ href: hit.href })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (by !== undefined && hits.length > 0) {
      event.preventDefault()
      setAt((old) => (old + by + hits.length) % hits.length)
    } else if (event.key === 'Enter' && hits[at] && q === typed.trim()) {
      event.preventDefault()
      open(hits[at])
    }
  }
  return (
    <>
      <input
        className="find-input"
        role="combobox"
        aria-expanded="true"
        aria-controls="find-results"
        aria-activedescendant={hits[at] ? `hit-${hits[at].key}` : undefined}
        aria-label={w.find.placeholder}
        placeholder={w.find.placeholder}
        value={typed}
        data-autofocus
        data-scan="own"
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <div id="find-results" className="find-results" role="listbox" aria-label={w.find.open}>
        {groups.map((group) => (
          <fieldset key={group.name} className="group" aria-label={group.name}>
            <p className="find-head">{group.name}</p>
            {group.hits.map((hit) => (
              <Row
                key={hit.key}
                hit={hit}
                chosen={hits[at]?.key === hit.key}
                onOpen={() => open(hit)}
                onPoint={() => setAt(hits.indexOf(hit))}
              />
            ))}
          </fieldset>
        ))}
        {hits.length === 0 && <p className="quiet find-head">{searching ? w.states.loading : w.find.empty}</p>}
      </div>
      <p className="find-foot quiet small">{w.find.keys}</p>
    </>
  )
}

function Row({ hit, chosen, onOpen, onPoint }: { hit: Hit; chosen: boolean; onOpen: () => void; onPoint: () => void }) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the focus and the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the field above has the focus and names this row
    <div
      id={`hit-${hit.key}`}
      role="option"
      aria-selected={chosen}
      className="find-row"
      onClick={onOpen}
      onMouseMove={onPoint}
      ref={(row) => {
        if (chosen) row?.scrollIntoView({ block: 'nearest' })
      }}
    >
      <span className="strong nowrap">{hit.word}</span>
      <span className="quiet">{hit.detail}</span>
      {hit.end && <span className="find-end quiet">{hit.end}</span>}
    </div>
  )
}
