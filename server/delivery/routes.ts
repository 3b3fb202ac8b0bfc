import * as api from '../../common/delivery/api.ts'
import { read, write } from '../kernel/index.ts'
import { cancelDeliveryNote } from './cancel-delivery-note.ts'
import { createDeliveryNote } from './create-delivery-note.ts'
import { findDeliveryNote, findDeliveryNotes, findOpenLines, findUnbilledLines } from './find-delivery-notes.ts'
import { makePickList } from './make-pick-list.ts'
import { postGoodsIssue } from './post-goods-issue.ts'
import { recordReceipt } from './record-receipt.ts'

export const deliveryRoutes = [
  read(api.listDeliveryNotes, findDeliveryNotes),
  read(api.getDeliveryNote, findDeliveryNote),
  read(api.listOpenLines, findOpenLines),
  read(api.listUnbilledLines, findUnbilledLines),
  write(api.createDeliveryNote, createDeliveryNote),
  write(api.postGoodsIssue, postGoodsIssue),
  write(api.recordReceipt, recordReceipt),
  write(api.cancelDeliveryNote, cancelDeliveryNote),
  write(api.makePickList, makePickList),
]
