import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { signatureBase, signedParameters } from './sign-oauth.ts'

test('the base string is that of the published example (RFC 5849 1.2)', () => {
  const base = signatureBase('get', 'http://photos.example.net/photos', {
    file: 'vacation.jpg',
    size: 'original',
    oauth_consumer_key: 'dpf43f3p2l4k3l03',
    oauth_token: 'nnch734d00sl2jdk',
    oauth_signature_method: 'HMAC-SHA1',
    oauth_timestamp: '137131202',
    oauth_nonce: 'chapoH',
  })
  const signature = createHmac('sha1', 'kd94hf93k423kf44&pfkkdhi9sl3r4s00').update(base).digest('base64')
  expect(signature).toBe('MdpQcU8iPSUjWoN/UDMsK2sui9I=')
})

test('parameters are sorted by their encoded names and encoded twice, signs OAuth reserves too', () => {
  expect(signatureBase('PUT', 'http://a.example/x', { b: "1 +'(ü)*!", a: '2' })).toBe(
    'PUT&http%3A%2F%2Fa.example%2Fx&a%3D2%26b%3D1%2520%252B%2527%2528%25C3%25BC%2529%252A%2521',
  )
})

test('the secret signs and is not sent', () => {
  const request = { method: 'GET', url: 'http://a.example/x', parameters: { page: '1' } }
  const parameters = signedParameters(request, { key: 'ck_1', secret: 'cs_1' }, { nonce: 'n', seconds: 1 })
  expect(Object.keys(parameters)).not.toContain('oauth_version')
  expect(JSON.stringify(parameters)).not.toContain('cs_1')
  expect(parameters).toMatchObject({ oauth_signature_method: 'HMAC-SHA256', oauth_timestamp: '1', page: '1' })
})
