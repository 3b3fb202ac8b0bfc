import * as api from '../../common/catalog/api.ts'
import { read, write } from '../kernel/index.ts'
import { findArticle, findArticles } from './find-articles.ts'
import { changeArticle, createArticle } from './save-article.ts'

export const catalogRoutes = [
  read(api.listArticles, findArticles),
  read(api.getArticle, findArticle),
  write(api.createArticle, createArticle),
  write(api.changeArticle, changeArticle),
]
