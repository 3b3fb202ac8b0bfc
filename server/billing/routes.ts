import { Readable } from 'node:stream'
import * as api from '../../common/billing/api.ts'
import { dayOf } from '../../common/dates.ts'
import { type Binding, raw, read, write } from '../kernel/index.ts'
import { findDeliveredNotBilled, writeDeliveredNotBilled } from './find-delivered-not-billed.ts'
import { findBills, findRun, findRuns } from './find-runs.ts'
import { findChangedPrices, findToBill } from './find-to-bill.ts'
import { planRun } from './plan-run.ts'
import { findBillingSettings, saveBillingSettings } from './schedule-run.ts'
import { discardRun, excludeBills, startRun, stopRun } from './steer-run.ts'

export const billingRoutes: Binding[] = [
  read(api.listToBill, (database, input, { kernel }) => findToBill(database, input, dayOf(kernel.now()))),
  read(api.listChangedPrices, findChangedPrices),
  read(api.listDeliveredNotBilled, (database, { day }, { kernel }) =>
    findDeliveredNotBilled(database, day ?? dayOf(kernel.now())),
  ),
  raw(api.getDeliveredNotBilledCsv, async (request, reply, { kernel }) => {
    const day = (request.query as { day?: string }).day ?? dayOf(kernel.now())
    return reply
      .type('text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="geliefert-nicht-berechnet-${day}.csv"`)
      .send(Readable.from(writeDeliveredNotBilled(kernel.database, day)))
  }),
  write(api.planRun, planRun),
  read(api.listRuns, findRuns),
  read(api.getRun, findRun),
  read(api.listBills, findBills),
  write(api.startRun, startRun),
  write(api.stopRun, stopRun),
  write(api.discardRun, discardRun),
  write(api.excludeBills, excludeBills),
  read(api.getBillingSettings, findBillingSettings),
  write(api.saveBillingSettings, saveBillingSettings),
]
