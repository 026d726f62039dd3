import { expect, test } from 'vitest'
import { lights } from './steps'

const trail = (item: Parameters<typeof lights>[0]) => lights(item).map(({ light }) => light)

test('steps_before_the_current_one_are_done_and_later_ones_ahead', () => {
  expect(trail({ step: 'HANDLE', state: 'HANDLING', supervised: false })).toEqual([
    'done', 'done', 'current', 'ahead', 'ahead', 'ahead',
  ])
})

test('supervision_is_lit_only_when_the_case_was_supervised', () => {
  expect(trail({ step: 'RATE', state: 'REPORTED', supervised: false })[4]).toBe('ahead')
  expect(trail({ step: 'RATE', state: 'REPORTED', supervised: true })[4]).toBe('done')
  expect(trail({ step: 'SUPERVISE', state: 'HANDLING', supervised: true })[4]).toBe('current')
})

test('a_rated_case_has_nothing_left_to_do', () => {
  expect(trail({ step: 'RATE', state: 'RATED', supervised: false })).toEqual(['done', 'done', 'done', 'done', 'ahead', 'done'])
})
