import { expect, test } from 'vitest'
import type { RunningClock } from '@/api/types'
import { byHour, whenInCity } from './board'
import { sheetsOf } from './year'

const clock = (due: string, colour: RunningClock['colour'] = 'GREEN') => ({ id: due, due, colour }) as RunningClock

test('what_has_passed_comes_first_and_the_rest_hour_by_hour', () => {
  const groups = byHour([
    clock('2026-11-23T01:00:00Z', 'RED'),
    clock('2026-11-23T02:10:00Z'),
    clock('2026-11-23T02:59:59Z', 'YELLOW'),
    clock('2026-11-23T03:00:00Z'),
  ])
  expect(groups.map((one) => [one.from?.toISOString() ?? 'late', one.items.length])).toEqual([
    ['late', 1],
    ['2026-11-23T02:00:00.000Z', 2],
    ['2026-11-23T03:00:00.000Z', 1],
  ])
})

test('hours_and_days_are_those_of_the_city', () => {
  expect(whenInCity(new Date('2026-11-23T16:30:00Z'), new Date('2026-11-23T15:00:00Z'))).toEqual({ days: 1, month: 11, day: 24, hour: 0 })
})

test('a_year_is_twelve_sheets_with_holidays_and_worked_weekends', () => {
  const sheets = sheetsOf(2026, [
    { date: '2026-10-01', works: false, name: '国庆节' },
    { date: '2026-10-10', works: true, name: '国庆节' },
  ])
  expect(sheets.map((one) => one.days.length)).toEqual([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
  const october = sheets[9]!
  expect(october.blank).toBe(3)
  expect(october.days[0]).toEqual({ day: 1, kind: 'off', name: '国庆节' })
  expect(october.days[9]!.kind).toBe('work')
  expect(october.days[10]!.kind).toBe('weekend')
  expect(october.days[11]!.kind).toBe('weekday')
})
