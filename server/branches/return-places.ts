import type { Language } from '../../common/refusal.ts'
import { newId, statement, type Work } from '../kernel/index.ts'
import type { StoredLocation } from './store.ts'

export type Purpose = 'sale' | 'quarantine' | 'scrap' | 'supplier'

const placesOfBranch = statement<{ id: string; purpose: Purpose }>(
  'branches.places-of-branch',
  `select l.id, l.purpose from branches.stock_location l join branches.stock_location here on here.branch_id = l.branch_id
    where here.id = $1 and l.active and l.purpose <> 'sale' order by l.code`,
)
const insertPlace = statement<{ id: string }>(
  'branches.insert-place',
  `insert into branches.stock_location (id, code, name, branch_id, active, purpose)
   select $2, $3, $4, branch_id, true, $5 from branches.stock_location where id = $1
   on conflict (code) do update set active = true returning id`,
)

const placeNames: Record<Exclude<Purpose, 'sale'>, { code: string; de: string; en: string }> = {
  quarantine: { code: 'QU', de: 'Quarantäne', en: 'Quarantine' },
  scrap: { code: 'AU', de: 'Ausschuss', en: 'Scrap' },
  supplier: { code: 'LI', de: 'Zurück an Lieferant', en: 'Back to supplier' },
}

/**
 * Where returned goods go that are not for sale, beside a stock location: a place of its branch for that purpose. The
 * first time one is needed it is made.
 */
export async function findReturnPlaces(
  work: Work,
  location: StoredLocation,
  purposes: readonly Exclude<Purpose, 'sale'>[],
  language: Language = work.language,
): Promise<Map<Purpose, string>> {
  const places = new Map<Purpose, string>([['sale', location.id]])
  if (purposes.length === 0) return places
  for (const { id, purpose } of await work.query(placesOfBranch, [location.id]))
    if (!places.has(purpose)) places.set(purpose, id)
  for (const purpose of [...new Set(purposes)].sort()) {
    if (places.has(purpose)) continue
    const { code, ...names } = placeNames[purpose]
    const name = `${names[language]} ${location.name}`.slice(0, 120)
    const [made] = await work.query(insertPlace, [
      location.id,
      newId(),
      `${location.code.slice(0, 17)}-${code}`,
      name,
      purpose,
    ])
    places.set(purpose, made!.id)
  }
  return places
}
