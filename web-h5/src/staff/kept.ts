import type { Media, MoveName } from '@/api/types'

/** What was typed for a move and not sent yet, on this device until it is. */
export interface KeptMove {
  words: string
  channel: string
  target: string
  media: Media[]
  /** CORRECT: what the case is about, chosen by hand. */
  category?: { code: string; path: string[] }
  /** RESOLVE, REPORT_BACK: why nothing shows it. */
  without: string
  /** ASK_EXTENSION: how much longer. */
  days: string
  /** SUSPEND: the day it resumes, 2026-11-26. */
  until: string
  /** RETURN_VISIT: what it found. */
  visit: '' | 'SATISFIED' | 'DISSATISFIED' | 'NOT_REACHED'
  /** Was sent once and no answer came. */
  waiting: boolean
}

/** Everything staff typed and did not send begins so. */
export const ALL = 'linge.staff.'
const PREFIX = `${ALL}move.`
const keyOf = (number: string, move: MoveName) => `${PREFIX}${number}.${move}`

export const nothingTyped = (): KeptMove => ({ words: '', channel: '', target: '', media: [], without: '', days: '', until: '', visit: '', waiting: false })

export function isTyped(kept: KeptMove): boolean {
  const typed = [kept.words, kept.channel, kept.without, kept.days, kept.until, kept.visit]
  return typed.some((one) => one.trim() !== '') || kept.media.length > 0 || kept.category !== undefined
}

export function keep(number: string, move: MoveName, typed: KeptMove) {
  if (!isTyped(typed) && !typed.waiting) return forget(number, move)
  try {
    localStorage.setItem(keyOf(number, move), JSON.stringify(typed))
  } catch {
    // A private window or a full store: the words stay on the page as long as it is open.
  }
}

export function kept(number: string, move: MoveName): KeptMove | undefined {
  try {
    const found = localStorage.getItem(keyOf(number, move))
    return found ? { ...nothingTyped(), ...(JSON.parse(found) as Partial<KeptMove>) } : undefined
  } catch {
    return undefined
  }
}

export function forget(number: string, move: MoveName) {
  try {
    localStorage.removeItem(keyOf(number, move))
  } catch {
    // Nothing was kept either.
  }
}

/** On signing out: the next person at this device reads nothing of it. */
export function forgetAll() {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(ALL)) localStorage.removeItem(key)
  } catch {
    // Nothing was kept either.
  }
}
