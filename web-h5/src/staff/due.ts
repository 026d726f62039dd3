import { dueInWords } from '@/app/time'

const SOON = 4 * 3_600_000

export interface StaffDue {
  words: string
  tone: 'calm' | 'soon' | 'late'
}

/** The time left in words. On a desk “soon” means within four hours: a whole day of amber would colour every card. */
export function dueOnDesk(due: string, now: Date = new Date()): StaffDue {
  const { words, tone } = dueInWords(due, now)
  if (tone === 'late') return { words, tone }
  return { words, tone: new Date(due).getTime() - now.getTime() < SOON ? 'soon' : 'calm' }
}
