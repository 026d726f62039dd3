import { expect, test } from 'vitest'
import type { Case, FieldItem } from '@/api/types'
import type { Entry } from './entries'
import { expected } from './expected'
import { byDistance, distanceIn, metresBetween } from './nearby'

const item = (state: string, moves: string[], version = 3) => ({ state, version, moves: moves.map((move) => ({ move, label: move, needs: [] })) }) as unknown as Case
const waits = (move: string, version: number, state = 'waiting') => ({ work: { kind: 'move', move, version }, state }) as unknown as Entry
const names = (found: ReturnType<typeof expected>) => found.moves.map(({ move }) => move)

test('nothing_waits_the_case_is_as_the_service_says', () => {
  const found = expected(item('SUBMITTED', ['NOTE', 'ACCEPT', 'CORRECT']), [])
  expect(found).toMatchObject({ version: 3, state: 'SUBMITTED', unsettled: false })
  expect(names(found)).toEqual(['ACCEPT', 'NOTE'])
})

test('own_moves_that_wait_lead_on_and_what_may_follow_them_is_offered', () => {
  const found = expected(item('SUBMITTED', ['ACCEPT', 'NOTE', 'ESCALATE']), [waits('ACCEPT', 3), waits('HANDLE', 4), waits('NOTE', 5)])
  expect(found).toMatchObject({ version: 6, state: 'HANDLING' })
  expect(names(found)).toEqual(['REPORT_BACK', 'NOTE', 'ESCALATE'])
  // The answer after one's own beginning needs a photo too, or why there is none.
  expect(found.moves[0]).toMatchObject({ move: 'REPORT_BACK', needsPhoto: true })
  expect(names(expected(item('HANDLING', ['REPORT_BACK', 'NOTE']), [waits('REPORT_BACK', 3)]))).toEqual([])
})

test('a_case_read_anew_while_something_waits_is_followed_from_where_it_is', () => {
  expect(expected(item('ACCEPTED', ['NOTE'], 9), [waits('NOTE', 4)]).version).toBe(9)
})

test('what_waits_for_an_answer_comes_first', () => {
  expect(expected(item('SUBMITTED', ['ACCEPT']), [waits('ACCEPT', 1, 'conflict')]).unsettled).toBe(true)
})

test('a_degree_of_latitude_is_a_hundred_and_eleven_kilometres', () => {
  expect(metresBetween({ lon: 113, lat: 36 }, { lon: 113, lat: 37 })).toBeCloseTo(111_195, -1)
  expect(metresBetween({ lon: 113, lat: 36 }, { lon: 113, lat: 36 })).toBe(0)
})

test('the_nearest_comes_first_and_what_has_no_place_last_in_its_order', () => {
  const at = (number: string, lon?: number) => ({ number, point: lon === undefined ? null : { lon, lat: 36 } }) as unknown as FieldItem
  const sorted = byDistance([at('a'), at('far', 113.1), at('b'), at('near', 113.001)], { lon: 113, lat: 36 })
  expect(sorted.map(({ number }) => number)).toEqual(['near', 'far', 'a', 'b'])
})

test('distances_are_told_no_finer_than_a_phone_knows', () => {
  expect(distanceIn(3)).toEqual({ n: '10', unit: 'metres' })
  expect(distanceIn(284)).toEqual({ n: '280', unit: 'metres' })
  expect(distanceIn(1249)).toEqual({ n: '1.2', unit: 'km' })
})
