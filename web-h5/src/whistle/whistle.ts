import type { CaseSummary, Point, WhistleActName, WhistleCall, WhistleState, WhistleSummary } from '@/api/types'
import { t } from '@/locales'

/** The open states in the order of the board. */
export const COLUMNS = ['CALLED', 'GATHERED', 'HANDLING', 'SIGNING'] as const satisfies readonly WhistleState[]

/** Whistles by column; in each, those with somebody late first, then by their deadline. */
export function byColumn(items: readonly WhistleSummary[]): Record<(typeof COLUMNS)[number], WhistleSummary[]> {
  const column = (state: WhistleState) =>
    items.filter((item) => item.state === state).sort((a, b) => Number(isLate(b)) - Number(isLate(a)) || dueOf(a).localeCompare(dueOf(b)))
  return { CALLED: column('CALLED'), GATHERED: column('GATHERED'), HANDLING: column('HANDLING'), SIGNING: column('SIGNING') }
}

const dueOf = (item: WhistleSummary) => item.clock?.due ?? item.blownAt

export const isAwaited = ({ state }: WhistleCall) => state === 'CALLED' || state === 'LATE'
export const isThere = ({ state }: WhistleCall) => state === 'REPORTED_IN' || state === 'DONE'

/** Somebody who was called did not come in time and is still missing. */
export function isLate(item: WhistleSummary): boolean {
  return item.calls.some((call) => call.overdue || (call.state === 'LATE' && item.state !== 'CLOSED'))
}

export const awaited = (item: WhistleSummary) => item.calls.filter(isAwaited)

/** Whose signature the centre still waits for; empty when it may close. */
export const unsigned = (item: WhistleSummary) => (item.state === 'SIGNING' ? item.calls.filter(({ state }) => state === 'REPORTED_IN') : [])

/** How many of those who should come are there. */
export function thereOf(item: WhistleSummary): { there: number; all: number } {
  const asked = item.calls.filter(({ state }) => state !== 'EXCUSED')
  return { there: asked.filter(isThere).length, all: asked.length }
}

export const namesOf = (calls: readonly WhistleCall[]) => calls.map(({ department }) => department.name).join('、')

/** What this person's next step is: writing a conclusion anew, or calling off, is never the next step. */
export function nextAct(item: Pick<WhistleSummary, 'acts' | 'conclusion'>): WhistleActName | undefined {
  const order: WhistleActName[] = item.conclusion ? ['REPORT_IN', 'COUNTERSIGN', 'CLOSE', 'NOTE'] : ['REPORT_IN', 'CONCLUDE', 'NOTE']
  return order.find((act) => item.acts.includes(act))
}

/** One line of a department's list: a call or a case, with the clock that runs for the department. */
export type Entry = { key: string; due: string | undefined } & ({ kind: 'call'; call: WhistleSummary } | { kind: 'case'; case: CaseSummary })

/** What waits longest by its clock comes first; then what waits for this department without one; then what it waits for itself. */
export function inOneList(calls: readonly WhistleSummary[], cases: readonly CaseSummary[]): Entry[] {
  const entries: Entry[] = [
    ...calls.map((call) => ({ kind: 'call' as const, key: call.id, call, due: mineOf(call) && isAwaited(mineOf(call)!) ? mineOf(call)!.due : undefined })),
    ...cases.map((one) => ({ kind: 'case' as const, key: one.number, case: one, due: one.due ?? undefined })),
  ]
  return entries.sort((a, b) => rank(a) - rank(b) || (a.due ?? '').localeCompare(b.due ?? '') || a.key.localeCompare(b.key))
}

function rank(entry: Entry): number {
  if (entry.due) return 0
  if (entry.kind === 'case') return 2
  const next = nextAct(entry.call)
  return next === 'CONCLUDE' || next === 'COUNTERSIGN' ? 1 : 3
}

/** The caller's own department among those called. */
export function mineOf(item: WhistleSummary): WhistleCall | undefined {
  return item.calls.find(({ department }) => department.code === item.mine)
}

const EARTH = 6_371_008.8

/** Metres along the great circle; both in wgs84. */
export function metresBetween(a: Pick<Point, 'lon' | 'lat'>, b: Pick<Point, 'lon' | 'lat'>): number {
  const rad = Math.PI / 180
  const dLat = ((b.lat - a.lat) * rad) / 2
  const dLon = ((b.lon - a.lon) * rad) / 2
  const chord = Math.sin(dLat) ** 2 + Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * Math.sin(dLon) ** 2
  return 2 * EARTH * Math.asin(Math.min(1, Math.sqrt(chord)))
}

/** “35 米”, “1.2 公里”. */
export function inMetres(metres: number): string {
  return metres < 1000 ? t('whistle.metres', { n: Math.round(metres) }) : t('whistle.kilometres', { n: (metres / 1000).toFixed(1) })
}

/** Names as people type them: by 、 ， comma, semicolon, blank or line. */
export function namesIn(typed: string): string[] {
  return [...new Set(typed.split(/[、，,；;\s]+/).filter(Boolean))]
}
