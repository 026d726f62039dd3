import type { Body } from '@/api/operations'
import type { CardDraft } from '@/api/types'

/** A card draft as it is written: lists are lines of a text. */
export interface CardForm {
  title: string
  topic: string
  asks: string
  routes: string[]
  answer: string
  steps: string
  papers: string
  limits: string
  places: string
}

export function formOf(draft: CardDraft): CardForm {
  const lines = (list: string[] | undefined) => (list ?? []).join('\n')
  return {
    title: draft.title, topic: draft.topic, asks: lines(draft.asks), routes: [...(draft.routes ?? [])], answer: draft.answer,
    steps: lines(draft.steps), papers: lines(draft.papers), limits: lines(draft.limits), places: lines(draft.places),
  }
}

export function bodyOf(form: CardForm, version: number): Body<'changeCardDraft'> {
  return {
    version, title: form.title.trim(), topic: form.topic, asks: linesOf(form.asks), routes: form.routes, answer: form.answer.trim(),
    steps: linesOf(form.steps), papers: linesOf(form.papers), limits: linesOf(form.limits), places: linesOf(form.places),
  }
}

/** Lines without the numbers and dashes people put before them: “1. ……”, “- ……”. */
export function linesOf(text: string): string[] {
  return text.split('\n').map((line) => line.replace(/^\s*(?:[-•·]|\d{1,2}[.、．])\s*/, '').trim()).filter(Boolean)
}
