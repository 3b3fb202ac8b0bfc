export { priceFor } from '../../common/catalog/price-for.ts'
export { catalogRoutes } from './routes.ts'
export { changeArticle, createArticle, saveArticles } from './save-article.ts'
export {
  type ArticleText,
  articleIdsByNumber,
  articlesByNumbers,
  findArticleTexts,
  findPricedArticles,
  knownArticles,
  lockArticlesByNumbers,
  numbersByGtin,
  type PricedArticle,
} from './store.ts'
