import { expect, test } from 'vitest'
import type { Staff } from '@/api/types'
import { byArea, canHaveBelow, rolesAt } from './areas'

test('a_grid_has_a_team_and_a_place_has_a_centre', () => {
  expect(rolesAt({ code: '140403001001001', name: '', level: 'GRID' })).toContain('GRID_LEADER')
  expect(rolesAt({ code: '140403001001001', name: '', level: 'GRID' })).not.toContain('DISPATCHER')
  expect(rolesAt({ code: '140403', name: '', level: 'COUNTY' })).toContain('DEPARTMENT_OFFICER')
  expect(rolesAt(undefined)).toEqual([])
})

test('nothing_lies_below_a_grid', () => {
  expect(canHaveBelow({ code: '', name: '', level: 'GRID' })).toBe(false)
  expect(canHaveBelow({ code: '', name: '', level: 'VILLAGE' })).toBe(true)
})

test('people_stand_by_area_the_wider_area_first', () => {
  const one = (user: string, area: string) => ({ user, area, name: user, role: 'GRID_WORKER' }) as Staff
  const groups = byArea([one('a', '140403001001001'), one('b', '140403'), one('c', '140403001001001')])
  expect(groups.map(({ area, people }) => [area, people.length])).toEqual([['140403', 1], ['140403001001001', 2]])
})
