import type { BoardCount, BoardFigure, BoardFigureName, BoardLine } from '@/api/types'
import { t } from '@/locales'

/** The figures that stand in large on top, and the rest below them. */
export const HEADLINES: readonly BoardFigureName[] = ['FILED', 'COMPLETION', 'ON_TIME', 'SATISFACTION']

/** By which figures areas, categories and departments are compared. */
export const COMPARED: readonly BoardFigureName[] = ['FILED', 'COMPLETION', 'ON_TIME', 'SATISFACTION', 'OVERDUE']

/** Shares that are read as rates; the others are read as counts, though each is counted among something. */
const RATES: readonly BoardFigureName[] = ['COMPLETION', 'ON_TIME', 'ACCEPTED_ON_TIME', 'SATISFACTION']

export function isRate(figure: BoardFigureName): boolean {
  return RATES.includes(figure)
}

type Counted = Pick<BoardCount, 'base' | 'hit'>

/** 0 to 1; nothing where there is nothing to take a share of. */
export function rateOf({ base, hit }: Counted): number | undefined {
  return base === 0 ? undefined : hit / base
}

/** “89.6%”, never rounded up to a hundred; a dash where nothing was counted. */
export function percent(rate: number | undefined): string {
  if (rate === undefined) return t('board.nothing')
  const shown = Math.floor(rate * 1000 + 1e-9) / 10
  return `${shown === Math.round(shown) ? shown.toFixed(0) : shown.toFixed(1)}%`
}

/** What is written large: a share, or how many. */
export function valueOf(figure: BoardFigureName, count: Counted): string {
  return isRate(figure) ? percent(rateOf(count)) : String(plain(figure, count))
}

/** How many a plain count comes to. */
export function plain(figure: BoardFigureName, { base, hit }: Counted): number {
  return figure === 'FILED' ? base : hit
}

/** For sorting and shading: bigger is more. */
export function weight(figure: BoardFigureName, count: Counted): number | undefined {
  return isRate(figure) ? rateOf(count) : plain(figure, count)
}

export function countOf(line: Pick<BoardLine, 'counts'>, figure: BoardFigureName): Counted {
  return line.counts.find((one) => one.figure === figure) ?? { base: 0, hit: 0 }
}

export interface Change {
  words: string
  tone: 'better' | 'worse' | 'same'
}

/** Against as many days right before; in words, as an arrow alone says nothing to who cannot see it. */
export function changeOf(figure: BoardFigure): Change | undefined {
  const before = weight(figure.figure, figure.before)
  const now = weight(figure.figure, figure)
  if (before === undefined || now === undefined) return undefined
  if (isRate(figure.figure)) {
    const points = Math.round((now - before) * 1000) / 10
    if (points === 0) return { words: t('board.same'), tone: 'same' }
    const words = t(points > 0 ? 'board.pointsUp' : 'board.pointsDown', { n: Math.abs(points) })
    return { words, tone: points > 0 === figure.moreIsBetter ? 'better' : 'worse' }
  }
  if (now === before) return { words: t('board.same'), tone: 'same' }
  const words = t(now > before ? 'board.more' : 'board.fewer', { n: Math.abs(now - before) })
  // More reports are neither good nor bad.
  return { words, tone: figure.figure === 'FILED' ? 'same' : now > before === figure.moreIsBetter ? 'better' : 'worse' }
}

const DAY = 86_400_000
const EIGHT = 8 * 3_600_000

/** A day in the city's time, as the contract writes it. */
export function dayOf(at: Date): string {
  return new Date(at.getTime() + EIGHT).toISOString().slice(0, 10)
}

export function plusDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10)
}

export interface Span {
  from: string
  to: string
}
export type Preset = 'week' | 'weeks' | 'month' | 'lastMonth'
export const PRESETS: readonly Preset[] = ['week', 'weeks', 'month', 'lastMonth']

/** The days a word like “this month” stands for, today included. */
export function spanOf(preset: Preset, now: Date): Span {
  const today = dayOf(now)
  const first = `${today.slice(0, 8)}01`
  if (preset === 'week') return { from: plusDays(today, -6), to: today }
  if (preset === 'weeks') return { from: plusDays(today, -27), to: today }
  if (preset === 'month') return { from: first, to: today }
  const last = plusDays(first, -1)
  return { from: `${last.slice(0, 8)}01`, to: last }
}

/** The last whole week from Monday to Sunday, or so many weeks before it. */
export function weekOf(now: Date, back = 0): Span {
  const today = dayOf(now)
  const sinceMonday = (new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7
  const monday = plusDays(today, -sinceMonday - 7 * (back + 1))
  return { from: monday, to: plusDays(monday, 6) }
}

/** “11月3日”. */
export function dayInWords(day: string): string {
  return t('board.day', { month: Number(day.slice(5, 7)), day: Number(day.slice(8, 10)) })
}

/** Which of five shades a value gets between the least and the most; the middle one where all are alike. */
export function shadeOf(value: number, least: number, most: number): number {
  if (most <= least) return 2
  return Math.min(4, Math.floor(((value - least) / (most - least)) * 5))
}
