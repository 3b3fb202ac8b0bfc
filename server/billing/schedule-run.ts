import { type Day, dayOf, SHOP_TIME_ZONE } from '../../common/dates.ts'
import { type Database, type Kernel, perform, statement, systemActor, type Work } from '../kernel/index.ts'
import { planRun } from './plan-run.ts'

interface Settings {
  scheduled: boolean
  hour: number
  lastRunOn: Day | null
}
const settingsRow = statement<Settings>(
  'billing.settings',
  'select scheduled, hour, last_run_on as "lastRunOn" from billing.settings',
)
const saveSettings = statement(
  'billing.save-settings',
  'update billing.settings set scheduled = $1, hour = $2, last_run_on = coalesce($3, last_run_on)',
)
const takeTheDay = statement<{ taken: boolean }>(
  'billing.take-the-day',
  'update billing.settings set last_run_on = $1 where scheduled and (last_run_on is null or last_run_on < $1) returning true as taken',
)

const hourOf = (moment: Date) =>
  Number(
    new Intl.DateTimeFormat('en-GB', { timeZone: SHOP_TIME_ZONE, hour: '2-digit', hourCycle: 'h23' }).format(moment),
  )

export async function findBillingSettings(database: Database): Promise<Settings> {
  return (await database.query(settingsRow))[0]!
}

/** Changes when the run comes by itself. Where the hour has passed, the first one is that of tomorrow. */
export async function saveBillingSettings(
  work: Work,
  input: { scheduled: boolean; hour: number },
): Promise<Record<string, never>> {
  const passed = hourOf(work.now) >= input.hour
  work.save(saveSettings, [input.scheduled, input.hour, passed ? work.today : null])
  work.record({ after: { ...input } })
  return {}
}

/** The run of the day over all that is due; of several processes that see the hour come, one starts it. */
async function startScheduledRun(work: Work): Promise<{ id: string | null }> {
  const [day] = await work.query(takeTheDay, [work.today])
  if (!day) return { id: null }
  return planRun(work, { everything: false, atOnce: true, scheduled: true })
}

/** Looks whether the hour has come; a server that was off at that hour does it when it is back. */
export async function runIfTime(kernel: Kernel): Promise<void> {
  const now = kernel.now()
  const { scheduled, hour, lastRunOn } = await findBillingSettings(kernel.database)
  if (!scheduled || hourOf(now) < hour || (lastRunOn !== null && lastRunOn >= dayOf(now))) return
  await perform(kernel, { name: 'start-scheduled-run', actor: systemActor, input: {} }, startScheduledRun)
}
