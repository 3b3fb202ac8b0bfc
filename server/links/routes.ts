import * as api from '../../common/links/api.ts'
import { type Binding, read, write } from '../kernel/index.ts'
import { findLinks } from './find-links.ts'
import { makeLink } from './make-link.ts'
import { revokeLink } from './revoke-link.ts'

export const linkRoutes: Binding[] = [
  read(api.listLinks, findLinks),
  write(api.makeLink, makeLink, { confidential: true }),
  write(api.revokeLink, revokeLink),
]
