import { expect, test } from 'vitest'
import { differs, pieces } from './diff'

const said = (text: string, other: string, kind: string) =>
  pieces(text, other)
    .filter((piece) => piece.kind === kind)
    .map((piece) => piece.text)

test('another_building_stands_out_and_the_rest_is_known_again', () => {
  const one = '锦绣花园3号楼门口的路灯不亮了'
  const other = '锦绣花园9号楼门口的路灯坏了'
  expect(said(one, other, 'differs')).toEqual(['3号楼'])
  expect(said(other, one, 'differs')).toEqual(['9号楼'])
  expect(said(one, other, 'same')).toEqual(['锦绣花园', '门口的路灯'])
})

test('a_number_in_characters_is_the_same_number', () => {
  expect(said('三号楼的灯坏了', '3号楼没有灯', 'differs')).toEqual([])
  expect(said('十二栋返水', '20栋返水', 'differs')).toEqual(['十二栋'])
  expect(said('十二栋返水', '12栋返水', 'differs')).toEqual([])
})

test('nothing_is_called_different_where_the_other_names_nothing', () => {
  expect(said('东门的垃圾桶满了', '垃圾没人清运', 'differs')).toEqual([])
  expect(said('东门的垃圾桶满了', '西门垃圾没人清运', 'differs')).toEqual(['东门'])
})

test('the_pieces_make_the_text_again', () => {
  for (const text of ['', '路', '锦绣花园3号楼，🙂 门口…', '\n\n']) {
    expect(pieces(text, '锦绣花园9号楼').map((piece) => piece.text).join('')).toBe(text)
  }
})

test('rows_differ_only_where_both_have_something', () => {
  expect(differs('路灯', '井盖')).toBe(true)
  expect(differs('路灯', '路灯')).toBe(false)
  expect(differs(null, '路灯')).toBeUndefined()
})
