import { expect, test } from 'vitest'
import type { CaseSummary } from '@/api/types'
import { placeInShort } from './place'

const grid = (name: string, placeName?: string) => ({ grid: { name, placeName } }) as CaseSummary

test('a_village_that_the_grid_is_named_for_is_said_once', () => {
  expect(placeInShort(grid('英雄中路社区第一网格', '潞州区英雄街道英雄中路社区'))).toBe('潞州区英雄街道 · 英雄中路社区第一网格')
  expect(placeInShort(grid('英雄中路社区第一网格', '潞州区 英雄街道 英雄中路社区'))).toBe('潞州区 英雄街道 · 英雄中路社区第一网格')
})

test('a_grid_with_a_name_of_its_own_keeps_its_village', () => {
  expect(placeInShort(grid('长治二中', '潞州区英雄街道英雄中路社区'))).toBe('潞州区英雄街道英雄中路社区 · 长治二中')
})

test('without_a_grid_the_place_is_said_and_without_either_nothing', () => {
  expect(placeInShort({ grid: null, place: { code: '1', name: '英雄街道', level: 'TOWN', fullName: '潞州区英雄街道' } })).toBe('潞州区英雄街道')
  expect(placeInShort(grid('第一网格'))).toBe('第一网格')
  expect(placeInShort({ grid: null, place: null })).toBe('')
})
