export interface Piece {
  words: string
  marked: boolean
}

/** The text cut where marks begin and end; marks may overlap, and those beyond the text are of an older text and left out. */
export function pieces(text: string, marks: readonly { from?: number | null; to?: number | null }[]): Piece[] {
  const spans = marks
    .flatMap(({ from, to }) => (from != null && to != null && from < to && to <= text.length ? [{ from, to }] : []))
    .sort((a, b) => a.from - b.from)
  const all: Piece[] = []
  let at = 0
  for (const { from, to } of spans) {
    if (to <= at) continue
    const start = Math.max(from, at)
    if (start > at) all.push({ words: text.slice(at, start), marked: false })
    all.push({ words: text.slice(start, to), marked: true })
    at = to
  }
  if (at < text.length) all.push({ words: text.slice(at), marked: false })
  return all
}

/** The fields in words, each once: `{办理结果}` → `办理结果`. */
export function fieldsIn(words: string): string[] {
  return [...new Set([...words.matchAll(/\{([^{}\n]{1,20})\}/g)].map((one) => one[1]!))]
}

/** With the fields filled that something is written for. */
export function filledIn(words: string, typed: Record<string, string>): string {
  return words.replace(/\{([^{}\n]{1,20})\}/g, (whole, name: string) => typed[name]?.trim() || whole)
}

/** A clause that only has fields left empty says nothing and goes; one that also has a filled field stays, to be looked at. */
export function withoutEmpty(words: string, empty: readonly string[]): string {
  const left = words.replace(/[，、；]?[^，、；。！\n]+/g, (clause) => {
    const fields = fieldsIn(clause)
    return fields.length > 0 && fields.every((name) => empty.includes(name)) ? '' : clause
  })
  return left.replace(/。{2,}/g, '。')
}
