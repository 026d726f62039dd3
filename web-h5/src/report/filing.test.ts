import { expect, test } from 'vitest'
import type { TriageAnswer } from '@/api/types'
import { emptyDraft, type Draft } from './draft'
import { bodyToSend, filingOf } from './report'

const understood: TriageAnswer = {
  category: { code: 'light', path: ['城乡建设', '公共照明'] },
  confidence: 0.9,
  abstained: false,
  department: null,
  urgency: 'NORMAL',
  place: null,
  candidates: [],
  grid: { code: '140403001001001', name: '一网格', kind: 'RESIDENTIAL', confidence: 0.8, reason: '', demo: true },
}
const draft: Draft = { ...emptyDraft(), text: ' 路灯坏了 ' }

test('what_was_understood_is_filed_when_nobody_corrected_it', () => {
  expect(filingOf(draft, understood)).toEqual({ text: '路灯坏了', category: 'light', grid: '140403001001001' })
})

test('a_correction_by_hand_wins', () => {
  const corrected: Draft = {
    ...draft,
    category: { code: 'noise', path: ['环境', '噪声'] },
    place: {
      grid: { code: '140403001001002', name: '二网格', kind: 'RESIDENTIAL', demo: true },
      placeName: '', how: 'map', point: { lon: 113.1, lat: 36.2, crs: 'wgs84' },
    },
    detail: ' 3 号楼 ',
  }
  expect(filingOf(corrected, understood)).toEqual({
    text: '路灯坏了', category: 'noise', grid: '140403001001002', point: { lon: 113.1, lat: 36.2, crs: 'wgs84' }, address: '3 号楼',
  })
})

test('an_abstained_category_is_left_to_the_service', () => {
  expect(filingOf(draft, { ...understood, abstained: true, grid: null })).toEqual({ text: '路灯坏了' })
})

test('an_unanswered_draft_sends_the_very_same_body_again_even_when_understood_otherwise', () => {
  const mine = structuredClone(draft)
  const first = bodyToSend(mine, understood)
  expect(bodyToSend(structuredClone(mine), undefined)).toEqual(first)
})

test('an_edited_draft_sends_what_it_says_now', () => {
  const mine = structuredClone(draft)
  bodyToSend(mine, understood)
  mine.text = '路灯修好了又坏'
  expect(bodyToSend(mine, understood).text).toBe('路灯修好了又坏')
})

test('privacy_is_said_in_the_contracts_words', () => {
  expect(filingOf({ ...draft, privacy: 'ANONYMOUS' }, undefined)).toEqual({ text: '路灯坏了', anonymous: true })
  expect(filingOf({ ...draft, privacy: 'CONFIDENTIAL' }, undefined)).toEqual({ text: '路灯坏了', confidential: true })
})
