import type { ClockStory } from '@/api/types'
import { momentInWords, span } from '@/app/time'
import { t, type Key } from '@/locales'

/** What a clerk must be able to say of a deadline: why it is where it is, and why it was missed. */

/** Running ones first, the nearest deadline first; those that ended after, the latest first. */
export function inTwo(items: readonly ClockStory[]): { running: ClockStory[]; ended: ClockStory[] } {
  const running = items.filter((one) => !one.stoppedAt).sort((a, b) => a.due.localeCompare(b.due))
  const ended = items.filter((one) => one.stoppedAt).sort((a, b) => b.stoppedAt!.localeCompare(a.stoppedAt!))
  return { running, ended }
}

export type Standing = 'late' | 'soon' | 'paused' | 'runs' | 'MET' | 'MISSED' | 'CANCELLED'
/** How a clock stands, in one word. */
export function standing(one: ClockStory): Standing {
  if (one.outcome) return one.outcome
  if (one.colour === 'RED') return 'late'
  return one.pausedAt ? 'paused' : one.colour === 'YELLOW' ? 'soon' : 'runs'
}

/**
 * Sentence by sentence: from when it counts and to when, what stood still, what was added, what was reckoned anew, and by how much it was
 * missed. Nothing is said that did not happen, but that nothing was extended of what is late.
 */
export function account(one: ClockStory, now: Date): string[] {
  const at = (moment: string) => momentInWords(moment, now)
  const say: string[] = [t('clocks.story.counts', { from: one.countsFrom, start: at(one.startedAt), due: at(one.due) })]
  const stood = one.pauses.reduce((sum, { from, to }) => sum + Date.parse(to) - Date.parse(from), 0)
  if (one.pauses.length) say.push(t('clocks.story.stood', { n: one.pauses.length, time: span(stood) || t('clocks.story.moment') }))
  if (one.pausedAt && !one.stoppedAt) say.push(t('clocks.story.stands', { at: at(one.pausedAt) }))
  const missed = standing(one) === 'late' || standing(one) === 'MISSED'
  if (one.extended) say.push(t('clocks.story.extended', { n: one.extended, unit: t(`clocks.rules.unit.${one.unit === 'MONTHS' ? 'DAYS' : one.unit}` as Key) }))
  else if (missed) say.push(t('clocks.story.neverExtended'))
  const reckoned = one.events.filter(({ act }) => act === 'RECKON')
  for (const { why, dueBefore, dueAfter } of reckoned)
    say.push(t('clocks.story.reckoned', { why: why ?? '', before: dueBefore ? at(dueBefore) : '', after: dueAfter ? at(dueAfter) : '' }))
  const warned = one.events.find(({ act }) => act === 'YELLOW')
  if (missed && warned) say.push(t('clocks.story.warned', { at: at(warned.at) }))
  if (missed) {
    const end = one.stoppedAt ? new Date(one.pausedAt ?? one.stoppedAt) : one.pausedAt ? new Date(one.pausedAt) : now
    const time = span(end.getTime() - Date.parse(one.due)) || t('clocks.story.moment')
    say.push(one.stoppedAt ? t('clocks.story.missed', { at: at(one.stoppedAt), time }) : t('clocks.story.late', { time }))
  }
  return say
}

/** One line of what happened, with the deadline before and after where it moved. */
export function lineOf({ act, dueBefore, dueAfter, why }: ClockStory['events'][number], now: Date): string {
  const moved = dueBefore && dueAfter && dueBefore !== dueAfter
  const label = t(`clocks.story.act.${act}`)
  const change = moved ? t('clocks.story.moved', { before: momentInWords(dueBefore, now), after: momentInWords(dueAfter, now) }) : act === 'START' && dueAfter ? t('clocks.story.until', { due: momentInWords(dueAfter, now) }) : ''
  // Where it went is told by codes of areas, which nobody reads.
  return [label, change, act === 'MOVE' ? '' : why].filter(Boolean).join('，')
}
