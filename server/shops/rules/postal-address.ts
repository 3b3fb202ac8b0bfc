import type { NewOrderInput } from '../../../common/orders/api.ts'
import { line, orNothing } from './plain-text.ts'

export type AddressInput = NonNullable<NewOrderInput['billTo']>

export interface ShopAddress {
  company: string
  person: string
  street: string
  /** second line of the street field: building, floor, ramp */
  addition: string
  postalCode: string
  city: string
  country: string
  phone: string
  email: string
}

/** The address as we print it: the firm first, then who in it; without a name or a city there is none to print. */
export function postalAddress(address: ShopAddress): AddressInput | undefined {
  const [company, person] = [line(address.company, 200), line(address.person, 200)]
  const [name, city] = [company || person, line(address.city, 120)]
  if (name === '' || city === '') return undefined
  return {
    name,
    additional: company !== '' && person !== company ? orNothing(person) : undefined,
    street: orNothing(line([address.street, address.addition].filter((part) => part.trim() !== '').join(', '), 200)),
    postalCode: line(address.postalCode, 20),
    city,
    // a German shop that asks for no country delivers at home
    country: orNothing(line(address.country, 20).toUpperCase()) ?? 'DE',
    phone: orNothing(line(address.phone, 60)),
    email: orNothing(line(address.email, 254)),
  }
}
