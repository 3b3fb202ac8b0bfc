import { useSyncExternalStore } from 'react'
import type { Language } from '../../common/refusal.ts'
import { formatOf } from '../ui/format.ts'
import { de } from './de.ts'
import { en } from './en.ts'

/** Every text of the screens; a word that English lacks does not compile. */
export type Words = typeof de

const words: Record<Language, Words> = { de, en }
const formats = { de: formatOf('de'), en: formatOf('en') }
const STORED = 'tresen-language'

let language: Language = stored() ?? (navigator.language.startsWith('en') ? 'en' : 'de')
const listeners = new Set<() => void>()
document.documentElement.lang = language

function stored(): Language | undefined {
  const value = localStorage.getItem(STORED)
  return value === 'de' || value === 'en' ? value : undefined
}

export function setLanguage(next: Language): void {
  localStorage.setItem(STORED, next)
  apply(next)
}

/** The language of the user's account, unless this browser was set to another. */
export function suggestLanguage(next: Language): void {
  if (stored() === undefined) apply(next)
}

function apply(next: Language): void {
  language = next
  document.documentElement.lang = next
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

export function useWords() {
  const now = useSyncExternalStore(subscribe, () => language)
  return { language: now, w: words[now], f: formats[now] }
}
