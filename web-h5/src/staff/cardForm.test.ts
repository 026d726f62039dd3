import { expect, test } from 'vitest'
import type { CardDraft } from '@/api/types'
import { bodyOf, formOf, linesOf } from './cardForm'

const draft: CardDraft = {
  id: 1, version: 3, title: '养鸡太吵怎么办', topic: 'noise', asks: ['邻居养鸡', '公鸡打鸣'], routes: ['MEDIATION_NEIGHBOURS'],
  answer: '先好好说。〔民法典288〕', steps: ['找社区。〔人民调解法17〕'], papers: [], limits: [], places: ['社区'],
  published: false, problems: [], updatedAt: '2026-11-24T00:00:00Z',
}

test('a_draft_written_out_and_read_back_is_the_same', () => {
  const { version, title, topic, asks, routes, answer, steps, papers, limits, places } = draft
  expect(bodyOf(formOf(draft), version)).toEqual({ version, title, topic, asks, routes, answer, steps, papers, limits, places })
})

test('numbers_and_dashes_before_a_line_and_empty_lines_are_not_part_of_it', () => {
  expect(linesOf('1. 先找社区\n\n2、再找街道\n- 带身份证\n  • 户口本 \n12345 转人工')).toEqual(['先找社区', '再找街道', '带身份证', '户口本', '12345 转人工'])
})
