import { beforeEach, expect, test } from 'vitest'
import { forget, forgetAll, keep, kept, nothingTyped } from './kept'

beforeEach(() => localStorage.clear())

test('typed_words_come_back_for_the_same_case_and_move_only', () => {
  keep('261123000017', 'NOTE', { ...nothingTyped(), words: '已到现场' })
  expect(kept('261123000017', 'NOTE')?.words).toBe('已到现场')
  expect(kept('261123000017', 'REPORT_BACK')).toBeUndefined()
  expect(kept('261123000025', 'NOTE')).toBeUndefined()
})

test('emptied_words_leave_nothing_behind', () => {
  keep('1', 'NOTE', { ...nothingTyped(), words: '已到现场' })
  keep('1', 'NOTE', { ...nothingTyped(), words: '  ' })
  expect(localStorage.length).toBe(0)
})

test('a_send_without_an_answer_is_kept_even_when_nothing_was_typed', () => {
  keep('1', 'ACCEPT', { ...nothingTyped(), waiting: true })
  expect(kept('1', 'ACCEPT')?.waiting).toBe(true)
  forget('1', 'ACCEPT')
  expect(kept('1', 'ACCEPT')).toBeUndefined()
})

test('signing_out_forgets_every_draft_and_nothing_else', () => {
  localStorage.setItem('linge.comfort', '{}')
  keep('1', 'NOTE', { ...nothingTyped(), words: '一' })
  keep('2', 'RETURN', { ...nothingTyped(), words: '二' })
  forgetAll()
  expect(Object.keys(localStorage)).toEqual(['linge.comfort'])
})

test('a_spoilt_draft_is_no_draft', () => {
  localStorage.setItem('linge.staff.move.1.NOTE', '{')
  expect(kept('1', 'NOTE')).toBeUndefined()
})
