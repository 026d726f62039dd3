import { expect, test } from 'vitest'
import { fieldsIn, filledIn, pieces, withoutEmpty } from './marks'

test('text_is_cut_at_its_marks_and_nothing_of_it_is_lost', () => {
  const text = '联系人13934556677，将更换电缆。'
  const cut = pieces(text, [{ from: 15, to: 20 }, { from: 3, to: 14 }, { from: 5, to: 9 }, { from: 19, to: 99 }, { from: null, to: null }])
  expect(cut.map(({ words }) => words).join('')).toBe(text)
  expect(cut.filter(({ marked }) => marked).map(({ words }) => words)).toEqual(['13934556677', '将更换电缆'])
})

test('fields_are_found_once_and_filled_where_something_is_written', () => {
  expect(fieldsIn('{甲}在{乙}，{甲}')).toEqual(['甲', '乙'])
  expect(filledIn('{甲}在{乙}，{甲}', { 甲: '网格员', 乙: ' ' })).toBe('网格员在{乙}，网格员')
})

test('a_clause_with_an_empty_optional_field_goes_as_a_whole', () => {
  expect(withoutEmpty('已修好，{复查日期}复查{复查情况}。谢谢', ['复查日期', '复查情况'])).toBe('已修好。谢谢')
  expect(withoutEmpty('说明：{内容}。依据是{依据}。', ['依据'])).toBe('说明：{内容}。')
  expect(withoutEmpty('与{对方}谈过，{结果}。', ['对方'])).toBe('，{结果}。')
  expect(withoutEmpty('与{对方}谈后{结果}。', ['对方'])).toBe('与{对方}谈后{结果}。')
})
