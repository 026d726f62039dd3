import { t } from '@/locales'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** How much time a clock leaves: calm, soon (under a day) or late. */
export interface DueWords {
  words: string
  tone: 'calm' | 'soon' | 'late'
}

/** “还剩 1 天 3 小时”, “已超时 2 小时”: never more than two units, never rounded up in our favour. */
export function dueInWords(due: string, now: Date = new Date()): DueWords {
  const left = new Date(due).getTime() - now.getTime()
  const time = span(Math.abs(left))
  if (left < 0) return { words: time ? t('cases.due.late', { time }) : t('cases.due.lateMoment'), tone: 'late' }
  const words = time ? t('cases.due.left', { time }) : t('cases.due.leftMoment')
  return { words, tone: left < DAY ? 'soon' : 'calm' }
}

/** “1 天 3 小时”: never more than two units; empty under a minute. */
export function span(ms: number): string {
  const d = Math.floor(ms / DAY)
  const h = Math.floor((ms % DAY) / HOUR)
  const m = Math.floor((ms % HOUR) / MINUTE)
  if (d > 0) return h > 0 ? t('cases.due.days', { d, h }) : t('cases.due.wholeDays', { d })
  if (h > 0) return m > 0 ? t('cases.due.hours', { h, m }) : t('cases.due.wholeHours', { h })
  return m > 0 ? t('cases.due.minutes', { m }) : ''
}

/** “今天 14:05”, “昨天 09:30”, “3 月 8 日 09:30”, or with the year when it is another one; in the city's time. */
export function momentInWords(at: string, now: Date = new Date()): string {
  const then = inCity(new Date(at))
  const today = inCity(now)
  const time = `${two(then.getUTCHours())}:${two(then.getUTCMinutes())}`
  const days = Math.round((midnight(today) - midnight(then)) / DAY)
  if (days === 0) return t('cases.time.today', { time })
  if (days === 1) return t('cases.time.yesterday', { time })
  const day = { year: then.getUTCFullYear(), month: then.getUTCMonth() + 1, day: then.getUTCDate() }
  return day.year === today.getUTCFullYear() ? t('cases.time.day', { ...day, time }) : t('cases.time.year', day)
}

/** The hour it is in the city, 0 to 23, wherever the phone thinks it is. */
export function hourInCity(now: Date = new Date()): number {
  return inCity(now).getUTCHours()
}

/** China has one time, eight hours ahead, all year: read the result's UTC fields. */
function inCity(date: Date): Date {
  return new Date(date.getTime() + 8 * HOUR)
}
function midnight(date: Date): number {
  return Math.floor(date.getTime() / DAY) * DAY
}
function two(n: number): string {
  return String(n).padStart(2, '0')
}
