import { code128 as drawCode128, datamatrix as drawDataMatrix, drawingSVG } from 'bwip-js/node'
import QRCode from 'qrcode'

/** A number for every scanner, also the old laser ones; wide. */
export function code128(text: string): string {
  return drawCode128({ bcid: 'code128', text, scale: 2, height: 10 }, drawingSVG())
}

/** A number for camera scanners, in a corner of the page. */
export function dataMatrix(text: string): string {
  return drawDataMatrix({ bcid: 'datamatrix', text, scale: 2 }, drawingSVG())
}

/** GiroCode: error correction M, bytes only (EPC069-12); the quiet zone is left to the page. */
export function giroCode(text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text)
  return QRCode.toString([{ data: bytes, mode: 'byte' }], { type: 'svg', errorCorrectionLevel: 'M', margin: 0 })
}
