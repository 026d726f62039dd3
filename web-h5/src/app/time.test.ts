import { expect, test } from 'vitest'
import { dueInWords, momentInWords } from './time'

const now = new Date('2026-11-23T10:00:00+08:00')
const due = (at: string) => dueInWords(at, now)

test.each([
  ['2026-11-24T13:00:00+08:00', '还剩 1 天 3 小时', 'calm'],
  ['2026-11-25T10:00:00+08:00', '还剩 2 天', 'calm'],
  ['2026-11-24T09:59:00+08:00', '还剩 23 小时 59 分钟', 'soon'],
  ['2026-11-23T12:00:00+08:00', '还剩 2 小时', 'soon'],
  ['2026-11-23T10:20:59+08:00', '还剩 20 分钟', 'soon'],
  ['2026-11-23T10:00:30+08:00', '还剩不到 1 分钟', 'soon'],
  ['2026-11-23T09:59:40+08:00', '刚刚超时', 'late'],
  ['2026-11-23T08:00:00+08:00', '已超时 2 小时', 'late'],
  ['2026-11-21T08:30:00+08:00', '已超时 2 天 1 小时', 'late'],
])('due_%s_reads_%s', (at, words, tone) => {
  expect(due(at)).toEqual({ words, tone })
})

test.each([
  ['2026-11-23T00:01:00+08:00', '今天 00:01'],
  ['2026-11-22T23:59:00+08:00', '昨天 23:59'],
  ['2026-03-08T09:05:00+08:00', '3 月 8 日 09:05'],
  ['2025-12-31T09:05:00+08:00', '2025 年 12 月 31 日'],
])('the_moment_%s_reads_%s', (at, words) => {
  expect(momentInWords(at, now)).toBe(words)
})
