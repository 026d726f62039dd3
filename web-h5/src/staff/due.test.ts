import { expect, test } from 'vitest'
import { dueOnDesk } from './due'

const now = new Date('2026-11-23T10:00:00+08:00')
const tone = (due: string) => dueOnDesk(due, now).tone

test('a_passed_deadline_is_late_from_the_first_second', () => {
  expect(tone('2026-11-23T09:59:59+08:00')).toBe('late')
})

test('amber_begins_just_under_four_hours', () => {
  expect(tone('2026-11-23T14:00:00+08:00')).toBe('calm')
  expect(tone('2026-11-23T13:59:59+08:00')).toBe('soon')
  expect(tone('2026-11-23T10:00:00+08:00')).toBe('soon')
})

test('tomorrow_is_calm_and_says_how_long', () => {
  expect(dueOnDesk('2026-11-24T13:00:00+08:00', now)).toEqual({ words: '还剩 1 天 3 小时', tone: 'calm' })
})
