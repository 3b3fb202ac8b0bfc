export const SIGNATURE_WIDTH = 1000
export const SIGNATURE_HEIGHT = 400

type Point = readonly [x: number, y: number]

/** The strokes of a pen as the `d` of one SVG path; a dot is a line to where it began. */
export function signaturePath(strokes: readonly (readonly Point[])[]): string {
  return strokes
    .map(([first, ...rest]) => {
      const points = rest.length > 0 ? rest : [first!]
      return `M${first!.join(' ')}${points.map((p) => `L${p.join(' ')}`).join('')}`
    })
    .join('')
}
