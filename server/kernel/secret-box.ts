import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/** Keeps secrets that must be used again (a password for another server) so that the database alone doesn't tell them. */
export interface SecretBox {
  /** `name` says what the secret is for; opened under another name it is refused */
  seal(name: string, secret: string): string
  /** undefined: sealed with another key, or changed */
  open(name: string, sealed: string): string | undefined
}

const VERSION = 'v1'
const IV_BYTES = 12
const TAG_BYTES = 16

/** AES-256-GCM with a key of 32 bytes that lies outside the database and its backups. */
export function secretBox(key: Buffer): SecretBox {
  if (key.length !== 32) throw new Error('the key for secrets needs 32 bytes')
  return {
    seal(name, secret) {
      const iv = randomBytes(IV_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(name))
      const hidden = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
      return `${VERSION}.${Buffer.concat([iv, cipher.getAuthTag(), hidden]).toString('base64url')}`
    },
    open(name, sealed) {
      const [version, content] = sealed.split('.')
      const bytes = Buffer.from(content ?? '', 'base64url')
      if (version !== VERSION || bytes.length < IV_BYTES + TAG_BYTES) return undefined
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES))
        .setAAD(Buffer.from(name))
        .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
      try {
        return decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
      } catch {
        return undefined
      }
    },
  }
}
