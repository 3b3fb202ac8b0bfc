import type { Merchant } from '../../common/branches/api.ts'
import { statement, type Work } from '../kernel/index.ts'
import { logoHash } from './letterhead.ts'
import type { StoredMerchant } from './store.ts'

const upsertMerchant = statement(
  'branches.save-merchant',
  'insert into branches.merchant (details, changed_at) values ($1, $2) on conflict (single) do update set details = excluded.details, changed_at = excluded.changed_at',
)

const keepLogo = statement(
  'branches.keep-logo',
  'insert into branches.logo (sha256, svg) values ($1, $2) on conflict do nothing',
)

/** The own company changes its details. Documents already issued keep what they said. */
export async function saveMerchant(work: Work, input: Merchant): Promise<Record<string, never>> {
  const { logoSvg, ...details } = input
  const stored: StoredMerchant = { ...details, ...(logoSvg ? { logo: logoHash(logoSvg) } : {}) }
  work.save(upsertMerchant, [JSON.stringify(stored), work.now])
  if (input.logoSvg) work.save(keepLogo, [logoHash(input.logoSvg), input.logoSvg])
  work.record({
    after: { smallBusiness: input.smallBusiness, vatId: input.vatId ?? null, bankAccounts: input.bankAccounts.length },
  })
  work.announce('merchant.changed', {})
  return {}
}
