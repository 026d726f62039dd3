/** A piece of a text: plain, or a number that can be called. */
export interface Piece {
  text: string
  tel?: string
}

/** The hotlines that texts name. Other digits (dates, articles, case numbers) are no phone numbers. */
const HOTLINE = /(?<!\d)(110|119|120|122|12309|12315|12333|12338|12345|12348|12350|12356|12368|12369|12377|12385|12388)(?!\d)/

/** A text with its hotlines to tap on. */
export function piecesOf(text: string): Piece[] {
  // split keeps what the group caught at the odd places.
  return text.split(HOTLINE).map((piece, at) => (at % 2 ? { text: piece, tel: piece } : { text: piece })).filter(({ text: words }) => words !== '')
}
