import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test } from 'vitest'
import { sentencesOf } from '@/ui/aloud'
import { useAnswers } from './answers'
import { bodyOf, emptyApplication, fits } from './application'
import { piecesOfSentences, withoutBrackets } from './cited'
import { nameOf, pathOf, yuanOf } from './law'

const citations = [
  { law: '劳动法', article: '50', label: '《劳动法》第五十条', since: '2018-12-29', url: '' },
  { law: '劳动合同法', article: '30', since: '2013-07-01', url: '' },
]

beforeEach(() => {
  sessionStorage.clear()
  setActivePinia(createPinia())
})

test('every_sentence_stands_with_the_articles_it_rests_on', () => {
  const pieces = piecesOfSentences([{ text: '工资要按月发。〔劳动法50〕', citations: [0] }, { text: '可以申请支付令。', citations: [1, 0, 9] }], citations)
  expect(pieces).toEqual([{ text: '工资要按月发。', citations: [citations[0]] }, { text: '可以申请支付令。', citations: [citations[1], citations[0]] }])
})

test('an_article_is_named_as_people_read_it', () => {
  expect(nameOf(citations[0]!)).toBe('《劳动法》第五十条')
  expect(nameOf({ law: '劳动法', article: '50', label: '《劳动法》50' })).toBe('《劳动法》第50条')
  expect(nameOf({ law: '刑法', article: '287之一' })).toBe('《刑法》第287条之一')
  expect(nameOf({ law: '劳动法', article: '第五十条' })).toBe('《劳动法》第五十条')
  expect(pathOf({ law: '婚姻家庭编解释（二）', article: '5' })).toBe(`/legal/articles/${encodeURIComponent('婚姻家庭编解释（二）')}/5`)
})

test('citations_are_not_read_aloud_and_sentences_are_read_one_by_one', () => {
  expect(sentencesOf(withoutBrackets('不能拖欠。〔劳动法50〕可以投诉！\n——\n去哪里？'))).toEqual(['不能拖欠。', '可以投诉！', '去哪里？'])
})

test.each([['1200', '1200'], ['１，２００元', '1200'], ['八百', undefined], ['12.345', undefined], ['', undefined], ['1500块', '1500']])('an_amount_written_as_%s_is_%s', (words, yuan) => {
  expect(yuanOf(words)).toBe(yuan)
})

test('answering_an_earlier_question_anew_forgets_what_followed_from_it', () => {
  const answers = useAnswers()
  answers.give('matter', 'wages')
  answers.give('income', '900')
  answers.give('papers', 'identity')
  answers.give('income', 'unknown')
  expect(answers.answers).toEqual({ matter: 'wages', income: 'unknown' })
  expect(answers.back()).toEqual({ id: 'income', value: 'unknown' })
  expect(answers.answers).toEqual({ matter: 'wages' })
})

test('an_application_sends_nothing_that_was_left_empty_and_keeps_to_its_answers', () => {
  const one = { ...emptyApplication({ matter: 'wages' }), name: ' 郝梅 ', facts: '干了三个月没发钱 ', grid: '140403001001001' }
  expect(bodyOf(one)).toEqual({ answers: { matter: 'wages' }, name: '郝梅', facts: '干了三个月没发钱', grid: '140403001001001' })
  expect(fits(one, { matter: 'wages' })).toBe(true)
  expect(fits(one, { matter: 'violence' })).toBe(false)
  expect(fits(undefined, {})).toBe(false)
})
