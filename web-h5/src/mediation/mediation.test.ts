import { expect, test } from 'vitest'
import { actsInOrder, daysLeft, fenOf, yuan } from './mediation'

test('what_comes_next_stands_first_and_what_ends_it_last', () => {
  expect(actsInOrder(['WITHDRAW', 'NOTE', 'RECORD', 'FAIL', 'PLAN'])).toEqual(['PLAN', 'RECORD', 'NOTE', 'FAIL', 'WITHDRAW'])
})

test('waiting_for_an_appraisal_it_goes_on_first_and_more_time_comes_after_what_settles_it', () => {
  expect(actsInOrder(['NOTE', 'RESUME', 'ASSIGN'])).toEqual(['RESUME', 'ASSIGN', 'NOTE'])
  expect(actsInOrder(['EXTEND', 'PAUSE', 'AGREE', 'FAIL'])).toEqual(['AGREE', 'EXTEND', 'PAUSE', 'FAIL'])
})

test('money_is_counted_in_fen_and_never_loses_one', () => {
  expect(fenOf('3,500')).toBe(350_000)
  expect(fenOf('0.1 元')).toBe(10)
  expect(fenOf('12.345')).toBeUndefined()
  expect(fenOf('一千')).toBeUndefined()
  expect(yuan(350_005)).toBe('3,500.05')
  for (const fen of [0, 1, 99, 100, 123_456_789]) expect(fenOf(yuan(fen))).toBe(fen)
})

test('days_left_are_whole_and_never_less_than_none', () => {
  const now = new Date('2026-11-25T04:00:00Z')
  expect(daysLeft('2026-12-25T16:00:00Z', now)).toBe(31)
  expect(daysLeft('2026-11-25T04:00:01Z', now)).toBe(1)
  expect(daysLeft('2026-11-20T04:00:00Z', now)).toBe(0)
})
