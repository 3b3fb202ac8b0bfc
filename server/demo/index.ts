export { demoArticles } from './articles.ts'
export { demoCustomers } from './customers.ts'
export { demoHistory } from './history.ts'
export type {
  CancelStep,
  DeliverStep,
  GoodsReceiptStep,
  HistoryStep,
  InvoiceStep,
  OrderStep,
  PartOfOrder,
  PayStep,
  Ref,
} from './history-steps.ts'
export { type DemoProgress, loadDemoHistory, loadDemoMasterData } from './load-demo.ts'
export { type DemoMerchant, demoMerchant } from './merchant.ts'
export { playStory } from './play-story.ts'
export { type DemoStock, demoStock } from './stock.ts'
export { storyClient } from './story-client.ts'
export { StoryOutput } from './story-output.ts'
