import * as api from '../../common/sending/api.ts'
import { type Binding, raw, read, write } from '../kernel/index.ts'
import { findDocumentSending, findMessage, findMessages, findSendingState } from './find-messages.ts'
import { saveSendingSettings, showSettings } from './save-settings.ts'
import { sendAgain, sendDocument } from './send-document.ts'
import { cancelMessage, recordBounce } from './steer-message.ts'
import { tryMailServer } from './try-mail-server.ts'

export const sendingRoutes: Binding[] = [
  read(api.getSendingState, findSendingState),
  read(api.getSendingSettings, (database, _, { kernel }) => showSettings(database, kernel)),
  write(api.saveSendingSettings, saveSendingSettings, { confidential: true }),
  raw(api.testSending, async (request, reply, { kernel }) => {
    const { to } = request.body as { to: string }
    const language = request.headers['accept-language']?.startsWith('en') ? 'en' : 'de'
    return reply.send(await tryMailServer(kernel, { to, language }))
  }),
  read(api.listMessages, findMessages),
  read(api.getMessage, findMessage),
  read(api.getDocumentSending, findDocumentSending),
  write(api.sendDocument, sendDocument),
  write(api.sendAgain, sendAgain),
  write(api.cancelMessage, cancelMessage),
  write(api.recordBounce, recordBounce),
]
