import { expect, test } from 'vitest'
import { isFor } from './audience'

test('a_part_is_for_its_roles_with_all_that_lies_below_it', () => {
  expect(isFor('/staff/board', 'SUPERVISOR')).toBe(true)
  expect(isFor('/staff/board/cases', 'GRID_WORKER')).toBe(false)
  expect(isFor('/staff/boardroom', 'GRID_WORKER')).toBe(true)
})

test('the_longest_part_that_fits_counts', () => {
  expect(isFor('/staff/whistles', 'DEPARTMENT_OFFICER')).toBe(false)
  expect(isFor('/staff/whistles/1', 'DEPARTMENT_OFFICER')).toBe(true)
  expect(isFor('/staff/field/campaigns', 'DISPATCHER')).toBe(true)
  expect(isFor('/staff/field/log', 'DISPATCHER')).toBe(false)
  expect(isFor('/staff/legal/statutes', 'DISPATCHER')).toBe(false)
})

test('what_nobody_named_and_whoever_is_not_known_are_not_held_up', () => {
  expect(isFor('/staff/me', 'GRID_ASSISTANT')).toBe(true)
  expect(isFor('/staff/cases/261126000017', undefined)).toBe(true)
})
