/** A stretch of a text: said in both, different from what the other says in the same place, or neither. */
export interface Piece {
  text: string
  kind: 'plain' | 'same' | 'differs'
}

const LEAST = 3
const LONGEST = 24
const TELLING = /(?:\d+|[一二三四五六七八九十百]+|[A-Za-z])\s*(?:号楼|栋|幢|单元|组|队|区|期|号|层|室|楼)|[东西南北正后](?:大?门|路|街)/g
const HAN = '零一二三四五六七八九'

/** What the eye should rest on when two reports are read side by side. Numbers of houses and gates count more than anything. */
export function pieces(text: string, other: string): Piece[] {
  const kinds: Piece['kind'][] = Array.from({ length: text.length }, () => 'plain')
  for (let at = 0; at < text.length; ) {
    const length = commonAt(text, at, other)
    if (length >= LEAST) kinds.fill('same', at, at + length)
    at += Math.max(length >= LEAST ? length : 1, 1)
  }
  const theirs = new Set([...other.matchAll(TELLING)].map(([word]) => plain(word)))
  for (const match of text.matchAll(TELLING)) {
    const known = theirs.size === 0 ? undefined : theirs.has(plain(match[0]))
    if (known !== undefined) kinds.fill(known ? 'same' : 'differs', match.index, match.index + match[0].length)
  }
  const found: Piece[] = []
  for (let at = 0; at < text.length; at++) {
    const last = found.at(-1)
    if (last && last.kind === kinds[at]) last.text += text[at]
    else found.push({ text: text[at]!, kind: kinds[at]! })
  }
  return found
}

function commonAt(text: string, at: number, other: string): number {
  let length = 0
  while (length < LONGEST && at + length < text.length && /[\p{L}\p{N}]/u.test(text[at + length]!) && other.includes(text.slice(at, at + length + 1))) length++
  return length
}

/** 三号楼 and 3号楼 are one. */
function plain(word: string): string {
  return word.replace(/\s/g, '').replace(/[零一二三四五六七八九十百]+/g, (digits) => String(number(digits)))
}

function number(digits: string): number {
  let whole = 0
  let last = 0
  for (const digit of digits) {
    const value = HAN.indexOf(digit)
    if (value >= 0) last = value
    else {
      whole += Math.max(1, last) * (digit === '百' ? 100 : 10)
      last = 0
    }
  }
  return whole + last
}

/** The same or not, of a row both have; undefined where one has nothing to compare. */
export function differs(one: string | null | undefined, other: string | null | undefined): boolean | undefined {
  return one && other ? one !== other : undefined
}
