import type { Media, Point } from '@/api/types'
import { ALL } from '@/staff/kept'
import { uuid } from '@/app/uuid'

/** What was typed for a whistle and not sent yet, on this device until it is. Signing out forgets it with the rest. */
const PREFIX = `${ALL}whistle.`

/** A check-in on its way: the key makes a resend the same check-in. */
export interface KeptReport {
  key: string
  people: string
  words: string
  media: Media[]
  point?: Point | undefined
  /** Was sent and no answer came. */
  waiting: boolean
}

export interface KeptWords {
  key: string
  words: string
}

export interface KeptBlow {
  key: string
  reason: string
  lead: string
  assisting: string[]
  emergency: boolean
  place: string
  elsewhere: boolean
  at: string
}

function read<T>(name: string): T | undefined {
  try {
    const found = localStorage.getItem(PREFIX + name)
    return found ? (JSON.parse(found) as T) : undefined
  } catch {
    return undefined
  }
}

function write(name: string, thing: unknown) {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(thing))
  } catch {
    // A private window or a full store: the words stay on the page as long as it is open.
  }
}

export function drop(name: string) {
  try {
    localStorage.removeItem(PREFIX + name)
  } catch {
    // Nothing was kept either.
  }
}

export const reportOf = (id: string) => `report.${id}`
export const wordsFor = (id: string, act: string, department = '') => `words.${id}.${act}.${department}`
export const blowOf = (number: string) => `blow.${number}`

export function keptReport(id: string, me: string): KeptReport {
  return { key: uuid(), people: me, words: '', media: [], waiting: false, ...read<KeptReport>(reportOf(id)) }
}
/** A check-in that was sent and never answered, if there is one. */
export function waitingReport(id: string): KeptReport | undefined {
  const found = read<KeptReport>(reportOf(id))
  return found?.waiting ? found : undefined
}
export const keepReport = (id: string, report: KeptReport) => write(reportOf(id), report)

export const keptWords = (name: string): KeptWords => read<KeptWords>(name) ?? { key: uuid(), words: '' }
export const keepWords = (name: string, words: KeptWords) => (words.words.trim() ? write(name, words) : drop(name))

export const keptBlow = (number: string): KeptBlow =>
  read<KeptBlow>(blowOf(number)) ?? { key: uuid(), reason: '', lead: '', assisting: [], emergency: false, place: '', elsewhere: false, at: '' }
export const keepBlow = (number: string, blow: KeptBlow) => write(blowOf(number), blow)
