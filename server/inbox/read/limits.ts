/** What a received file may be at most, in bytes; a PDF with all its attachments. */
export const MAX_FILE = 20 * 1024 * 1024
/** The XML of an invoice; attachments lie in it as base64. */
export const MAX_XML = 15 * 1024 * 1024
/** Elements of the XML: about three thousand lines. */
export const MAX_ELEMENTS = 300_000
/** EN 16931 nests nine deep. */
export const MAX_DEPTH = 30
