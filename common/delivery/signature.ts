import { z } from 'zod'
import { SIGNATURE_HEIGHT, SIGNATURE_WIDTH } from './signature-path.ts'

/* A signature is what the pen did, never a picture: a picture from outside could carry anything. */

const MOST_STROKES = 80
const MOST_POINTS = 4_000

const point = z.tuple([z.int().min(0).max(SIGNATURE_WIDTH), z.int().min(0).max(SIGNATURE_HEIGHT)])

/** The strokes of a pen on a field of 1000 by 400, each the points it went through. */
export const signature = z
  .array(z.array(point).min(1).max(MOST_POINTS))
  .min(1)
  .max(MOST_STROKES)
  .refine((strokes) => strokes.reduce((sum, stroke) => sum + stroke.length, 0) <= MOST_POINTS, {
    error: 'too many points',
  })
export type Signature = z.output<typeof signature>
