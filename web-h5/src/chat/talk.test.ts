import { describe, expect, test } from 'vitest'
import type { ChatMessage } from '@/api/types'
import { factsOf } from './facts'
import { piecesOf } from './pieces'
import { bodyOf, choiceByNumber, hotlinesOf, lineOfMine, lineOfReply, merged, openChoices, timeAbove, wordsBeside, wordsOfLine } from './talk'

const choices = [{ id: 'light', label: '路灯' }, { id: 'water', label: '漏水' }]
const reply = lineOfReply({ id: 7, text: '是哪一种？', choices }, 'k', 0, '2026-11-24T08:00:00Z')
const mine = lineOfMine('k', { text: '坏了' }, '坏了', '2026-11-24T08:00:00Z')

describe('a choice', () => {
  test.each([['2', 'water'], ['２', 'water'], [' 1 ', 'light'], ['选2', 'water'], ['第 1 个', 'light'], ['2.', 'water']])('typed_as_%s_is_%s', (words, id) => {
    expect(choiceByNumber(words, choices)?.id).toBe(id)
  })
  test.each(['3', '0', '2 号楼', '12345', '一共 2', ''])('is_not_meant_by_%s', (words) => {
    expect(choiceByNumber(words, choices)).toBeUndefined()
  })
  test('is_open_until_i_say_something', () => {
    expect(openChoices([mine, reply])).toEqual(choices)
    expect(openChoices([reply, mine])).toEqual([])
    expect(openChoices([])).toEqual([])
  })
})

test('what_is_sent_names_the_conversation_and_only_what_was_said', () => {
  expect(bodyOf({ text: '路灯坏了' }, undefined)).toEqual({ text: '路灯坏了' })
  expect(bodyOf({ choice: 'yes' }, 'c1')).toEqual({ conversation: 'c1', choice: 'yes' })
  expect(bodyOf({ point: { lon: 113, lat: 36, crs: 'wgs84' } }, 'c1')).toEqual({ conversation: 'c1', point: { lon: 113, lat: 36, crs: 'wgs84' } })
  // A photo that is not up yet has no name to send.
  expect(bodyOf({ media: [{ kind: 'PHOTO', id: 'a' }, { kind: 'PHOTO' }] }, undefined)).toEqual({ media: ['a'] })
})

test('reading_the_conversation_again_keeps_what_the_service_does_not_have_yet', () => {
  const message: ChatMessage = { id: 1, from: 'RESIDENT', text: '在吗', at: '2026-11-24T07:00:00Z', media: ['p1'] }
  const sent = { ...lineOfMine('old', { text: '在吗' }, '在吗', '2026-11-24T07:00:00Z') }
  delete sent.state
  const lines = merged([message], [sent, mine])
  expect(lines.map(({ key }) => key)).toEqual(['m1', 'k'])
  expect(lines[0]!.media).toEqual([{ kind: 'PHOTO', id: 'p1' }])
})

test('the_time_stands_above_the_first_line_and_after_silence', () => {
  const later = { ...reply, at: '2026-11-24T08:11:00Z' }
  expect([timeAbove(mine, undefined), timeAbove(reply, mine), timeAbove(later, mine)]).toEqual([true, false, true])
})

test('numbers_to_call_at_once_stand_apart', () => {
  const { now, other } = hotlinesOf({ kind: 'hotline', hotlines: [{ number: '119', name: '火警' }, { number: '12345', name: '热线' }] })
  expect([now.map(({ number }) => number), other.map(({ number }) => number)]).toEqual([['119'], ['12345']])
})

test('choices_are_read_aloud_with_their_numbers', () => {
  expect(wordsOfLine(reply)).toBe('是哪一种？。1，路灯。2，漏水')
})

test('a_draft_is_summed_up_once_by_its_card', () => {
  const card = { kind: 'draft' as const, facts: [{ name: 'what', value: '路灯坏了' }, { name: 'where', value: '莲花池社区 3 号楼' }, { name: 'danger', value: 'true' }] }
  const text = '您看我记得对不对：\n什么事：路灯坏了\n在哪儿：莲花池社区 3 号楼\n没错我就报上去。'
  expect(wordsBeside({ ...reply, text, card })).toBe('您看我记得对不对：\n没错我就报上去。')
  expect(wordsBeside({ ...reply, text })).toBe(text)
})

test('hotlines_in_a_text_can_be_tapped_and_other_digits_cannot', () => {
  expect(piecesOf('打 12348 问，或者 110')).toEqual([{ text: '打 ' }, { text: '12348', tel: '12348' }, { text: ' 问，或者 ' }, { text: '110', tel: '110' }])
  expect(piecesOf('编号 202611012345，共 1100 元')).toEqual([{ text: '编号 202611012345，共 1100 元' }])
})

test('a_card_says_what_is_known_and_nothing_that_is_not', () => {
  const facts = factsOf({
    kind: 'draft',
    facts: [
      { name: 'what', value: '路灯坏了' }, { name: 'danger', value: 'true' }, { name: 'photos', value: '0' }, { name: 'anonymous', value: 'false' },
      { name: 'confidential', value: 'true' }, { name: 'category', value: 'lamp' }, { name: 'paper', value: '身份证' }, { name: 'paper', value: '合同' },
    ],
  })
  expect(facts.map(({ label, values }) => [label, ...values])).toEqual([
    ['什么事', '路灯坏了'], ['有没有危险', '有危险，请抓紧'], ['署名', '保密'], ['材料', '身份证', '合同'],
  ])
})
