import { emailAddress } from '../../common/customers/sending.ts'

/** Addresses as they are typed: with commas, semicolons or spaces between them. */
export function addressesIn(text: string): string[] {
  return [...new Set(text.split(/[\s,;]+/).filter((part) => part !== ''))]
}

export const textOf = (addresses: readonly string[]): string => addresses.join(', ')

const MOST = 10

export function areAddresses(text: string): boolean {
  const addresses = addressesIn(text)
  return addresses.length <= MOST && addresses.every((address) => emailAddress.safeParse(address).success)
}
