export { letterheadOf, type StoredLetterhead, withLogo } from './letterhead.ts'
export { findReturnPlaces, type Purpose } from './return-places.ts'
export { branchRoutes } from './routes.ts'
export { saveBranch, saveChannel, saveStockLocation } from './save-branches.ts'
export { saveMerchant } from './save-merchant.ts'
export {
  type ChannelRow,
  findChannel,
  findMerchant,
  findWholeMerchant,
  locationNames,
  type StoredLocation,
  type StoredMerchant,
} from './store.ts'
