import { expect, test } from 'vitest'
import { isOld, lookOf, pathOf } from './told'

const TOLD = {
  delivery: 7, kind: 'RESIDENT', subject: '261123000017', title: '您的诉求已受理', text: '诉求 261123000017 已受理。', urgent: false, at: '2026-03-02T01:00:00Z',
}
const look = (change: object = {}) => lookOf(JSON.stringify({ ...TOLD, ...change }))

test('a_push_shows_its_words_and_leads_to_its_case', () => {
  const { title, look: shown } = look()
  expect(title).toBe('您的诉求已受理')
  expect(shown.body).toBe('诉求 261123000017 已受理。')
  expect(shown.data.path).toBe('/cases/261123000017')
  expect(shown.timestamp).toBe(Date.parse('2026-03-02T01:00:00Z'))
  expect(shown.requireInteraction).toBe(false)
  expect(look({ urgent: true }).look.requireInteraction).toBe(true)
})

test('a_subject_leads_where_its_reader_works', () => {
  expect(look({ kind: 'STAFF' }).look.data.path).toBe('/staff/cases/261123000017')
  expect(look({ subject: 'chat:abc' }).look.data.path).toBe('/chat')
  expect(look({ subject: 'chat:abc', kind: 'STAFF' }).look.data.path).toBe('/staff/talks/abc')
  expect(look({ subject: 'webhook:3', kind: 'STAFF' }).look.data.path).toBe('/staff/systems')
  expect(look({ subject: '' }).look.data.path).toBe('/inbox')
  expect(look({ subject: '../../evil' }).look.data.path).toBe('/cases/..%2F..%2Fevil')
})

test('one_place_a_case_and_the_newer_takes_it', () => {
  expect(look({ delivery: 8 }).look.tag).toBe(look().look.tag)
  expect(look({ subject: '261123000025' }).look.tag).not.toBe(look().look.tag)
  expect(look({ kind: 'STAFF' }).look.tag).not.toBe(look().look.tag)
  expect(isOld(look({ delivery: 8 }).look, [look().look])).toBe(false)
  expect(isOld(look().look, [look().look])).toBe(true)
  expect(isOld(look().look, [look({ delivery: 8 }).look])).toBe(true)
  expect(isOld(look().look, [])).toBe(false)
})

test('what_cannot_be_read_still_says_that_there_is_something', () => {
  for (const text of [undefined, '', 'nonsense', 'null', '[]']) {
    const { title, look: shown } = lookOf(text)
    expect(title).toBe('邻格')
    expect(shown.data.path).toBe('/inbox')
  }
})

test('a_tap_stays_in_the_house', () => {
  expect(pathOf({ path: '/cases/1' })).toBe('/cases/1')
  for (const path of ['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)', 7, undefined])
    expect(pathOf({ path })).toBe('/inbox')
  expect(pathOf(undefined)).toBe('/inbox')
})
