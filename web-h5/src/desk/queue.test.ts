import { expect, test } from 'vitest'
import { asked, conditions, same } from './queue'

test('a_filter_is_asked_without_what_is_off', () => {
  expect(asked({ view: 'open', states: ['ACCEPTED', 'DISPATCHED'], supervised: false, q: '', due: 'today' }))
    .toEqual({ view: 'open', states: 'ACCEPTED,DISPATCHED', due: 'today' })
})

test('the_view_the_words_and_the_order_are_no_conditions', () => {
  expect(conditions({ view: 'all', q: '路灯', sort: 'filed', states: [] })).toBe(0)
  expect(conditions({ view: 'all', supervised: true, area: '140403', returned: false })).toBe(2)
})

test('filters_are_the_same_in_whatever_order_they_were_written', () => {
  expect(same({ view: 'open', due: 'today' }, { due: 'today', view: 'open', supervised: false })).toBe(true)
  expect(same({ view: 'open' }, { view: 'all' })).toBe(false)
})
