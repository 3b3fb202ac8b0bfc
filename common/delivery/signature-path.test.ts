import { expect, test } from 'vitest'
import { signaturePath } from './signature-path.ts'

test('strokes become one path, a dot a line of no length', () => {
  expect(
    signaturePath([
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
      [[7, 8]],
    ]),
  ).toBe('M1 2L3 4L5 6M7 8L7 8')
})
