export { readReceived } from './read/read-received.ts'
export { checkReceived } from './rules/check-received.ts'
