import { Button } from '@mantine/core'
import { type PointerEvent, useRef } from 'react'
import type { Signature } from '../../common/delivery/signature.ts'
import { SIGNATURE_HEIGHT, SIGNATURE_WIDTH, signaturePath } from '../../common/delivery/signature-path.ts'
import { useWords } from '../words/words.ts'
import './receipt.css'

const CLOSEST = 6
const MOST_POINTS = 3_900

interface SignaturePadProps {
  strokes: Signature
  onChange: (strokes: Signature) => void
}

/** A field to sign on with finger, pen or mouse; only what the pen did is kept. */
export function SignaturePad({ strokes, onChange }: SignaturePadProps) {
  const { w } = useWords()
  const words = w.delivery.receipt
  const drawing = useRef<Signature | null>(null)
  const points = strokes.reduce((sum, stroke) => sum + stroke.length, 0)
  const begin = (event: PointerEvent<SVGSVGElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    drawing.current = [...strokes, [pointOf(event)]]
    onChange(drawing.current)
  }
  const move = (event: PointerEvent<SVGSVGElement>) => {
    const now = drawing.current
    const stroke = now?.at(-1)
    if (!now || !stroke || points >= MOST_POINTS) return
    const point = pointOf(event)
    const last = stroke.at(-1)!
    if (Math.hypot(point[0] - last[0], point[1] - last[1]) < CLOSEST) return
    drawing.current = [...now.slice(0, -1), [...stroke, point]]
    onChange(drawing.current)
  }
  const end = () => {
    drawing.current = null
  }
  return (
    <div className="signing">
      <svg
        className="signature-pad"
        viewBox={`0 0 ${SIGNATURE_WIDTH} ${SIGNATURE_HEIGHT}`}
        role="img"
        aria-label={words.signHere}
        onPointerDown={begin}
        onPointerMove={move}
        onPointerUp={end}
        onPointerCancel={end}
      >
        <path d={signaturePath(strokes)} />
      </svg>
      <div className="spread">
        <span className="quiet small">{words.signHere}</span>
        <Button variant="default" size="xs" disabled={strokes.length === 0} onClick={() => onChange([])}>
          {words.clear}
        </Button>
      </div>
    </div>
  )
}

function pointOf(event: PointerEvent<SVGSVGElement>): [number, number] {
  const { left, top, width, height } = event.currentTarget.getBoundingClientRect()
  const within = (share: number, whole: number) => Math.round(Math.min(Math.max(share, 0), 1) * whole)
  return [
    within((event.clientX - left) / width, SIGNATURE_WIDTH),
    within((event.clientY - top) / height, SIGNATURE_HEIGHT),
  ]
}

/** What somebody signed. */
export function SignatureImage({ strokes, name }: { strokes: Signature; name: string }) {
  return (
    <svg
      className="signature-image"
      viewBox={`0 0 ${SIGNATURE_WIDTH} ${SIGNATURE_HEIGHT}`}
      role="img"
      aria-label={name}
    >
      <path d={signaturePath(strokes)} />
    </svg>
  )
}
