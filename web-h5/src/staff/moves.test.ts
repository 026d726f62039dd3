import { expect, test } from 'vitest'
import type { CaseMove, HistoryLine, MoveName } from '@/api/types'
import { phrases } from '@/locales/zh-CN/phrases'
import { alreadyMine, fieldsOf, inOrder, STAFF_MOVES, targetsFor, type StaffCaseMove } from './moves'

const move = (name: MoveName, needs: string[] = []) => ({ move: name, label: name, needs }) as CaseMove
const names = (moves: CaseMove[], state: Parameters<typeof inOrder>[1]) => inOrder(moves, state).map((m) => m.move)

test('every_staff_move_has_three_to_five_beginnings_that_fit', () => {
  expect(Object.keys(phrases).sort()).toEqual([...STAFF_MOVES].sort())
  for (const name of STAFF_MOVES) {
    expect(phrases[name].length).toBeGreaterThanOrEqual(3)
    expect(phrases[name].length).toBeLessThanOrEqual(5)
    expect(new Set(phrases[name]).size).toBe(phrases[name].length)
    for (const phrase of phrases[name]) expect(phrase.length).toBeLessThanOrEqual(30)
  }
})

test('the_natural_next_move_comes_first', () => {
  expect(names([move('NOTE'), move('DECLINE'), move('ACCEPT'), move('ESCALATE')], 'SUBMITTED')[0]).toBe('ACCEPT')
  expect(names([move('NOTE'), move('HANDLE'), move('DISPATCH')], 'ACCEPTED')[0]).toBe('DISPATCH')
  expect(names([move('NOTE'), move('ESCALATE'), move('HANDLE')], 'ACCEPTED')[0]).toBe('HANDLE')
  expect(names([move('NOTE'), move('REPORT_BACK')], 'HANDLING')[0]).toBe('REPORT_BACK')
})

test('who_is_asked_for_an_answer_answers_first_and_turning_away_comes_last', () => {
  expect(names([move('NOTE'), move('REFUSE_EXTENSION'), move('DISPATCH'), move('GRANT_EXTENSION')], 'HANDLING')).toEqual([
    'GRANT_EXTENSION', 'NOTE', 'DISPATCH', 'REFUSE_EXTENSION',
  ])
  expect(names([move('ESCALATE'), move('ARBITRATE'), move('HANDLE')], 'ACCEPTED')[0]).toBe('ARBITRATE')
  expect(names([move('ARCHIVE'), move('RETURN_VISIT')], 'REPORTED')[0]).toBe('RETURN_VISIT')
})

test('sending_elsewhere_is_not_the_natural_move_of_a_case_already_sent', () => {
  expect(names([move('DISPATCH'), move('NOTE')], 'DISPATCHED')).toEqual(['NOTE', 'DISPATCH'])
})

test('residents_moves_are_never_offered_to_staff', () => {
  expect(names([move('RATE'), move('URGE'), move('WITHDRAW'), move('NOTE')], 'HANDLING')).toEqual(['NOTE'])
})

test('a_sheet_asks_for_what_the_move_needs', () => {
  const asked = (name: MoveName, needs: string[]) =>
    Object.entries(fieldsOf(move(name, needs) as StaffCaseMove)).filter(([, asks]) => asks && asks !== 'welcome').map(([field]) => field)
  expect(asked('DECLINE', ['words', 'channel'])).toEqual(['channel', 'words'])
  expect(asked('DISPATCH', ['target'])).toEqual(['target'])
  expect(asked('REPORT_BACK', ['words', 'evidence'])).toEqual(['words', 'proof', 'evidence'])
  expect(asked('REPORT_BACK', ['words'])).toEqual(['words', 'proof'])
  expect(asked('ACCEPT', [])).toEqual([])
  expect(asked('CORRECT', ['category'])).toEqual(['category'])
  expect(asked('ASK_EXTENSION', ['words', 'days'])).toEqual(['words', 'days'])
  expect(asked('SUSPEND', ['words', 'until'])).toEqual(['words', 'until'])
  expect(asked('RETURN_VISIT', ['words', 'visit'])).toEqual(['words', 'visit'])
})

test('suggested_targets_come_first_and_a_search_narrows_them', () => {
  const targets = [{ name: '住建局', department: 'a' }, { name: '城管局', department: 'b', suggested: true }, { name: '英雄街道', to: '1' }]
  expect(targetsFor(targets, '').map((t) => t.name)).toEqual(['城管局', '住建局', '英雄街道'])
  expect(targetsFor(targets, ' 街道 ').map((t) => t.name)).toEqual(['英雄街道'])
  expect(targetsFor(undefined, '')).toEqual([])
})

test('a_resend_after_a_lost_answer_is_known_by_our_own_line', () => {
  const line = (by: string, words: string) =>
    ({ seq: 4, move: 'NOTE', label: '', to: 'HANDLING', at: '', words, by: { kind: 'STAFF', name: by } }) as HistoryLine
  const sent = { move: 'NOTE' as const, version: 3, words: '已到现场 ' }
  expect(alreadyMine([line('张三', '已到现场')], sent, '张三')).toBe(true)
  expect(alreadyMine([line('李四', '已到现场')], sent, '张三')).toBe(false)
  expect(alreadyMine([line('张三', '别的话')], sent, '张三')).toBe(false)
  expect(alreadyMine([], sent, '张三')).toBe(false)
})
