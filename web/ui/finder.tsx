import { CloseButton, Combobox, Loader, TextInput, useCombobox } from '@mantine/core'
import { type ReactNode, useEffect, useState } from 'react'
import { useWords } from '../words/words.ts'

interface FinderProps<T> {
  label?: string
  'aria-label'?: string
  placeholder?: string
  description?: string
  error?: ReactNode
  /** what stands in the field once something is chosen */
  chosen?: string
  found: readonly T[] | undefined
  searching: boolean
  onSearch: (q: string) => void
  idOf: (row: T) => string
  option: (row: T) => ReactNode
  onChoose: (row: T) => void
  onClear?: () => void
  autoFocus?: boolean
  className?: string
  inputRef?: (input: HTMLInputElement | null) => void
}

/** Finds one of many by typing: results below, Enter takes the first, so a scanned number needs no mouse. */
export function Finder<T>({
  chosen,
  found,
  searching,
  onSearch,
  idOf,
  option,
  onChoose,
  onClear,
  inputRef,
  ...field
}: FinderProps<T>) {
  const { w } = useWords()
  const [typed, setTyped] = useState('')
  const [asked, setAsked] = useState('')
  const [hurry, setHurry] = useState(false)
  const box = useCombobox({ onDropdownClose: () => box.resetSelectedOption() })

  // biome-ignore lint/correctness/useExhaustiveDependencies: only typing starts a search
  useEffect(() => {
    const timer = setTimeout(() => {
      setAsked(typed.trim())
      onSearch(typed.trim())
    }, 150)
    return () => clearTimeout(timer)
  }, [typed])

  const settled = !searching && asked === typed.trim() && found !== undefined
  const take = (row: T) => {
    onChoose(row)
    setTyped('')
    box.closeDropdown()
  }
  // Enter before the results are there waits for them: scanners are faster than the network
  // biome-ignore lint/correctness/useExhaustiveDependencies: take is written anew on every rendering
  useEffect(() => {
    if (!hurry || !settled) return
    setHurry(false)
    if (found?.[0] !== undefined && typed.trim() !== '') take(found[0])
  }, [hurry, settled, found])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the first result is offered when results change
  useEffect(() => {
    if (box.dropdownOpened) box.selectFirstOption()
  }, [found])

  return (
    <Combobox
      store={box}
      onOptionSubmit={(id) => {
        const row = found?.find((candidate) => idOf(candidate) === id)
        if (row !== undefined) take(row)
      }}
    >
      <Combobox.Target>
        <TextInput
          {...field}
          ref={inputRef}
          autoComplete="off"
          data-scan="own"
          value={chosen ?? typed}
          readOnly={chosen !== undefined}
          onChange={(event) => {
            setTyped(event.currentTarget.value)
            box.openDropdown()
          }}
          onFocus={() => chosen === undefined && box.openDropdown()}
          onBlur={() => box.closeDropdown()}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && typed.trim() !== '' && !settled) {
              event.preventDefault()
              event.stopPropagation()
              setHurry(true)
            }
          }}
          rightSection={
            searching ? (
              <Loader size={14} />
            ) : chosen && onClear ? (
              <CloseButton size="sm" aria-label={w.actions.reset} onClick={onClear} />
            ) : undefined
          }
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={chosen !== undefined || found === undefined}>
        <Combobox.Options mah={320} style={{ overflowY: 'auto' }}>
          {found?.map((row) => (
            <Combobox.Option key={idOf(row)} value={idOf(row)}>
              {option(row)}
            </Combobox.Option>
          ))}
          {found?.length === 0 && <Combobox.Empty>{w.states.nothingFound}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}
