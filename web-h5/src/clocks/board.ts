import type { RunningClock } from '@/api/types'

const HOUR = 3_600_000

export interface HourGroup {
  key: string
  /** Start of the hour; null: time has run out. */
  from: Date | null
  items: RunningClock[]
}

/** What has passed first, then hour by hour; the order within stays as it came. */
export function byHour(items: readonly RunningClock[]): HourGroup[] {
  const groups = new Map<string, HourGroup>()
  for (const one of items) {
    // China's hours begin when everybody else's do: no half-hour zone.
    const hour = Math.floor(new Date(one.due).getTime() / HOUR) * HOUR
    const late = one.colour === 'RED'
    const key = late ? 'late' : String(hour)
    const group = groups.get(key) ?? { key, from: late ? null : new Date(hour), items: [] }
    group.items.push(one)
    groups.set(key, group)
  }
  return [...groups.values()].sort((a, b) => (a.from?.getTime() ?? 0) - (b.from?.getTime() ?? 0))
}

/** Day and hour in the city's time: `days` from today, month, day, hour. */
export function whenInCity(at: Date, now: Date): { days: number; month: number; day: number; hour: number } {
  const city = new Date(at.getTime() + 8 * HOUR)
  const today = new Date(now.getTime() + 8 * HOUR)
  const midnight = (date: Date) => Math.floor(date.getTime() / (24 * HOUR))
  return { days: midnight(city) - midnight(today), month: city.getUTCMonth() + 1, day: city.getUTCDate(), hour: city.getUTCHours() }
}
