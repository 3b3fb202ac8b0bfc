import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { type Refusal, refuse } from '../../../common/refusal.ts'

export const MINIMUM_PASSWORD_LENGTH = 10
const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 }

/** Short passwords are refused; length is what makes one strong. */
export function checkPassword(password: string): Refusal | undefined {
  return password.length < MINIMUM_PASSWORD_LENGTH
    ? refuse('weak-password', { minimum: MINIMUM_PASSWORD_LENGTH })
    : undefined
}

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const hash = await derive(password, salt)
  return `scrypt$${COST.N}$${salt.toString('base64url')}$${hash.toString('base64url')}`
}

export async function passwordMatches(password: string, stored: string): Promise<boolean> {
  const [, , salt, hash] = stored.split('$')
  if (!salt || !hash) return false
  const expected = Buffer.from(hash, 'base64url')
  return timingSafeEqual(await derive(password, Buffer.from(salt, 'base64url')), expected)
}

function derive(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, 32, COST, (error, key) => (error ? reject(error) : resolve(key)))
  })
}
