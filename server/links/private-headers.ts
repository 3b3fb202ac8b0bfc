/** What every answer to who has a link says: kept nowhere, found by nobody, and its address told to nobody. */
export const privateHeaders = {
  'cache-control': 'private, no-store',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex, nofollow, noarchive',
} as const

/** And its page: our own scripts and pictures, nothing from elsewhere, in nobody's frame, sending forms to nobody. */
export const privatePageHeaders = {
  ...privateHeaders,
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
} as const
