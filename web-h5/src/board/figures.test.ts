import { expect, test } from 'vitest'
import type { BoardFigure } from '@/api/types'
import { changeOf, dayOf, percent, plain, shadeOf, spanOf, weekOf } from './figures'

const figure = (over: Partial<BoardFigure>): BoardFigure => ({
  figure: 'ON_TIME', name: '按时办结率', definition: '', share: true, moreIsBetter: true, base: 200, hit: 180, before: { base: 100, hit: 80 }, ...over,
})

test('a_rate_is_never_rounded_up_to_a_hundred', () => {
  expect(percent(0.9996)).toBe('99.9%')
  expect(percent(1)).toBe('100%')
  expect(percent(0.5)).toBe('50%')
  expect(percent(undefined)).toBe('–')
})

test('a_change_says_which_way_is_better', () => {
  expect(changeOf(figure({}))).toEqual({ words: '升 10 个百分点', tone: 'better' })
  expect(changeOf(figure({ figure: 'OVERDUE', moreIsBetter: false, before: { base: 90, hit: 170 } }))).toEqual({ words: '多 10', tone: 'worse' })
  expect(changeOf(figure({ figure: 'FILED', before: { base: 150, hit: 150 } }))).toEqual({ words: '多 50', tone: 'same' })
  expect(changeOf(figure({ before: { base: 0, hit: 0 } }))).toBeUndefined()
})

test('days_are_the_citys_own', () => {
  expect(dayOf(new Date('2026-11-25T16:00:00Z'))).toBe('2026-11-26')
  const now = new Date('2026-11-26T06:00:00Z')
  expect(spanOf('week', now)).toEqual({ from: '2026-11-20', to: '2026-11-26' })
  expect(spanOf('lastMonth', now)).toEqual({ from: '2026-10-01', to: '2026-10-31' })
  expect(weekOf(now)).toEqual({ from: '2026-11-16', to: '2026-11-22' })
  expect(weekOf(new Date('2026-11-23T01:00:00Z'))).toEqual({ from: '2026-11-16', to: '2026-11-22' })
})

test('shades_spread_over_what_there_is', () => {
  expect([0, 5, 10].map((value) => shadeOf(value, 0, 10))).toEqual([0, 2, 4])
  expect(shadeOf(3, 3, 3)).toBe(2)
})

test('a_plain_count_counts_what_meets_it', () => {
  expect(plain('OVERDUE', { base: 90, hit: 7 })).toBe(7)
  expect(plain('FILED', { base: 90, hit: 90 })).toBe(90)
})
