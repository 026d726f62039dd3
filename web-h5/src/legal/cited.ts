import type { Citation, CitedSentence } from '@/api/types'

/** A piece of an answer: words, and after them the articles they rest on. */
export interface CitedPiece {
  text: string
  citations: Citation[]
}

/** The sentences of a card with what they rest on. Brackets left in the words are taken out: the links say it. */
export function piecesOfSentences(sentences: readonly CitedSentence[], citations: readonly Citation[]): CitedPiece[] {
  return sentences.map(({ text, citations: nths }) => ({ text: withoutBrackets(text), citations: nths.flatMap((nth) => citations[nth] ?? []) }))
}

export function withoutBrackets(text: string): string {
  return text.replace(/〔[^〕]*〕/g, '')
}
