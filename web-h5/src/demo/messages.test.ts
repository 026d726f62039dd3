import { expect, test } from 'vitest'
import { codeIn, threads } from './messages'

test('the_code_is_found_and_a_case_number_is_none', () => {
  expect(codeIn({ text: '您的验证码是 482913，5 分钟内有效。', purpose: 'code' })).toBe('482913')
  expect(codeIn({ text: '诉求 261123000017 已受理。', purpose: 'notice' })).toBeUndefined()
  expect(codeIn({ text: '诉求 261123000017 已受理。' })).toBeUndefined()
})

test('messages_of_one_phone_stand_together_in_their_order', () => {
  const message = (phone: string, text: string) => ({ phone, text, at: '2026-11-23T10:00:00Z' })
  const found = threads([message('1', 'c'), message('2', 'b'), message('1', 'a')])
  expect(found.map(({ phone, messages }) => [phone, messages.map(({ text }) => text).join('')])).toEqual([['1', 'ca'], ['2', 'b']])
})
