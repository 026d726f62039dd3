import type { ServiceCalendar } from '@/api/types'

export interface DayCell {
  day: number
  /** A holiday, a weekend worked, or as its weekday says. */
  kind: 'off' | 'work' | 'weekday' | 'weekend'
  name: string
}
export interface MonthSheet {
  month: number
  /** Empty cells before the first: weeks begin on Monday. */
  blank: number
  days: DayCell[]
}

/** Twelve sheets of a year. */
export function sheetsOf(year: number, known: ServiceCalendar['days']): MonthSheet[] {
  const said = new Map(known.map((one) => [one.date, one]))
  return Array.from({ length: 12 }, (_, at) => {
    const month = at + 1
    const length = new Date(Date.UTC(year, month, 0)).getUTCDate()
    return {
      month,
      blank: (new Date(Date.UTC(year, at, 1)).getUTCDay() + 6) % 7,
      days: Array.from({ length }, (_, i) => {
        const day = i + 1
        const one = said.get(`${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`)
        const weekday = new Date(Date.UTC(year, at, day)).getUTCDay()
        const weekend = weekday === 0 || weekday === 6
        return { day, kind: one ? (one.works ? 'work' : 'off') : weekend ? 'weekend' : 'weekday', name: one?.name ?? '' } as const
      }),
    }
  })
}
