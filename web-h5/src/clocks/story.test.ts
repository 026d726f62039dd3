import { expect, test } from 'vitest'
import type { ClockStory } from '@/api/types'
import { account, inTwo, lineOf, standing } from './story'

const now = new Date('2026-11-26T18:00:00+08:00')
const clock = (some: Partial<ClockStory> = {}): ClockStory => ({
  id: 'a', rule: 'ORDINARY', label: '5 个工作日内办结', article: '12345 热线办理规则', countsFrom: '受理起', area: '140403', areaName: '潞州区',
  startedAt: '2026-11-16T09:00:00+08:00', due: '2026-11-26T09:00:00+08:00', colour: 'RED', extended: 0, unit: 'WORKING_DAYS', provisional: false,
  pauses: [], events: [], ...some,
})

test('who_must_explain_a_missed_deadline_reads_from_when_what_stood_still_what_was_added_and_by_how_much', () => {
  const late = clock({
    extended: 2,
    pauses: [{ from: '2026-11-18T09:00:00+08:00', to: '2026-11-19T10:00:00+08:00' }],
    events: [
      { act: 'YELLOW', at: '2026-11-25T09:00:00+08:00' },
      { act: 'RECKON', at: '2026-11-20T09:00:00+08:00', dueBefore: '2026-11-25T09:00:00+08:00', dueAfter: '2026-11-26T09:00:00+08:00', why: '节假日安排或服务时间有变' },
    ],
  })
  expect(account(late, now)).toEqual([
    '受理起；11 月 16 日 09:00 起算，今天 09:00 到期。',
    '其间停表 1 次，共 1 天 1 小时，没有算在内。',
    '批准延期 2 个工作日，已经算在内。',
    '重新推算过（节假日安排或服务时间有变）：原来 昨天 09:00 到期，改为 今天 09:00。',
    '昨天 09:00 给过黄牌。',
    '到现在已超时 9 小时。',
  ])
})

test('one_that_was_missed_says_when_it_was_done_and_that_nothing_was_extended', () => {
  const missed = clock({ outcome: 'MISSED', stoppedAt: '2026-11-26T11:30:00+08:00' })
  expect(standing(missed)).toBe('MISSED')
  expect(account(missed, now).slice(1)).toEqual(['没有批准过延期。', '今天 11:30 才办到，超时 2 小时 30 分钟。'])
})

test('one_in_time_explains_nothing_away', () => {
  expect(account(clock({ colour: 'GREEN', due: '2026-11-30T09:00:00+08:00' }), now)).toHaveLength(1)
  expect(standing(clock({ colour: 'GREEN', pausedAt: '2026-11-26T09:00:00+08:00' }))).toBe('paused')
})

test('what_runs_comes_first_by_its_deadline_and_what_ended_last_comes_next', () => {
  const items = [
    clock({ id: 'old', outcome: 'MET', stoppedAt: '2026-11-17T09:00:00+08:00' }), clock({ id: 'far', due: '2026-12-26T09:00:00+08:00' }), clock({ id: 'near' }),
    clock({ id: 'newer', outcome: 'MET', stoppedAt: '2026-11-18T09:00:00+08:00' }),
  ]
  const { running, ended } = inTwo(items)
  expect([running, ended].map((list) => list.map(({ id }) => id))).toEqual([['near', 'far'], ['newer', 'old']])
})

test('a_line_tells_both_deadlines_where_it_moved_and_no_codes', () => {
  expect(lineOf({ act: 'EXTEND', at: '2026-11-25T09:00:00+08:00', dueBefore: '2026-11-25T09:00:00+08:00', dueAfter: '2026-11-26T09:00:00+08:00', why: '批准延期' }, now))
    .toBe('延期，昨天 09:00 改为 今天 09:00，批准延期')
  expect(lineOf({ act: 'MOVE', at: '2026-11-25T09:00:00+08:00', why: '140403001 → 140403002' }, now)).toBe('换了地区')
  expect(lineOf({ act: 'START', at: '2026-11-25T09:00:00+08:00', dueAfter: '2026-11-26T09:00:00+08:00' }, now)).toBe('起算，今天 09:00 到期')
})
