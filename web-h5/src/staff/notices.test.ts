import { describe, expect, test } from 'vitest'
import type { NoticeCounts, NoticeDesk, NoticeRates } from '@/api/types'
import { actionInWords, advice, answerKind, answerReason, channelName, keysOf, keysText, partsOf, quotaLine, reasonKind, runsLow, stepLabel, timeInWords } from './notices'

const calm: NoticeDesk = {
  at: '2026-11-26T03:00:00Z', waiting: { count: 2, retrying: 0, oldest: '2026-11-26T02:59:58Z' },
  channels: ['inbox', 'sms'], circuits: [{ name: 'sms-aliyun', channel: 'sms', state: 'CLOSED' }],
  quotas: [{ name: 'sms-day', note: '短信：每天总数', most: 1000, seconds: 86400, used: 500, left: 500, full: 0 }],
  parked: 0, bounced: 0,
}
const counts = (part: Partial<NoticeCounts>): NoticeCounts => ({ at: '2026-11-26T00:00:00Z', sent: 0, delivered: 0, failed: 0, parked: 0, expired: 0, ...part })
const rates = (total: NoticeCounts): NoticeRates => ({ span: 'day', step: 3600, from: total.at, to: total.at, channels: [{ channel: 'sms', total, steps: [] }] })

describe('advice', () => {
  test('all_is_well_says_nothing', () => {
    expect(advice(calm, rates(counts({ sent: 100, delivered: 90, p50: 400, p99: 2000 })), [])).toEqual([])
  })
  test('a_resting_provider_and_parked_notices_come_before_a_quota_that_runs_low', () => {
    const bad: NoticeDesk = {
      ...calm,
      circuits: [{ name: 'sms-aliyun', channel: 'sms', state: 'OPEN' }],
      quotas: [{ ...calm.quotas[0]!, used: 950, left: 50 }],
    }
    const found = advice(bad, undefined, [{ channel: 'sms', reason: 'no further channel: UNDELIV', count: 3, newest: calm.at }])
    expect(found.map(({ key }) => key.split(':')[0])).toEqual(['circuit', 'parked', 'quota'])
    expect(found[0]!.title).toContain('阿里云短信')
    expect(found[1]!.to!.path).toBe('/staff/notices/parked?channel=sms&reason=no%20further%20channel%3A%20UNDELIV')
  })
  test('what_is_wrong_with_the_account_and_with_numbers_is_said_with_what_to_do', () => {
    const bad: NoticeDesk = {
      ...calm,
      troubles: [
        { path: '/cgi-bin/stable_token', code: 40125, words: '40125 invalid appsecret', since: calm.at, last: calm.at, times: 3 },
        { path: '/wechat/callback', code: 0, words: '推送的时间比本机早 180 分钟', since: calm.at, last: calm.at, times: 1 },
        { path: '/cgi-bin/menu/get', code: 46003, words: '46003 公众号还没有菜单', since: calm.at, last: calm.at, times: 1 },
      ],
      answers: 2,
      unnumbered: [{ platform: 'sms-aliyun', missing: 7, code: true }, { platform: 'sms-tencent', missing: 1, code: false }],
    }
    const found = advice(bad, undefined, [])
    expect(found.map(({ title }) => title)).toEqual([
      '微信公众号：密钥不对',
      '微信公众号：本机时钟不准，收不到居民的话',
      '微信公众号：公众号没有菜单',
      '阿里云短信：登录验证码没有模板号',
      '腾讯云短信：1 种短信没有模板号',
      '2 条微信回话没有送到',
    ])
    expect(found[0]!.todo).toContain('40125 invalid appsecret')
    expect(found[3]!.to!.path).toBe('/staff/notices/templates')
  })
  test('a_backlog_counts_from_what_waits_longest', () => {
    expect(advice({ ...calm, waiting: { count: 900, retrying: 0, oldest: '2026-11-26T02:40:00Z' } }, undefined, [])[0]!.title).toContain('900 条等着发，最久 20 分钟')
    expect(advice({ ...calm, waiting: { count: 900, retrying: 0, oldest: '2026-11-26T02:59:00Z' } }, undefined, [])).toEqual([])
  })
  test('a_few_failures_at_night_are_no_alarm', () => {
    expect(advice(calm, rates(counts({ sent: 3, failed: 3 })), [])).toEqual([])
    expect(advice(calm, rates(counts({ sent: 30, failed: 10 })), [])[0]!.title).toContain('25%')
  })
})

test.each([
  ['given up after 12 tries: connection refused', 'GIVEN_UP'],
  ['no further channel: 43101 refused', 'NO_WAY'],
  ['cannot be rendered: case-filed.sms.txt needs the field number', 'WORDS'],
  ['isv.BUSINESS_LIMIT_CONTROL', 'QUOTA'],
  ['asked, no answer: perhaps taken', 'UNANSWERED'],
  ['不知是否送达：number 138 timed out', 'UNANSWERED'],
  ['isv.AMOUNT_NOT_ENOUGH', 'ACCOUNT'],
  ['MK:0001 空号', 'NUMBER'],
  ['something else', 'OTHER'],
])('the reason %s is of the kind %s', (reason, kind) => expect(reasonKind(reason)).toBe(kind))

test('times_are_said_as_short_as_they_can_be', () => {
  expect([null, 80, 1_500, 42_000, 180_000, 10_800_000].map(timeInWords)).toEqual(['–', '0.08 秒', '1.5 秒', '42 秒', '3 分钟', '3 小时'])
})
test('parts_of_a_step_add_up', () => {
  const parts = partsOf(counts({ sent: 10, delivered: 7, failed: 2, parked: 1, expired: 1 }))
  expect(Object.values(parts).reduce((a, b) => a + b)).toBe(14)
})
test('steps_are_labelled_by_the_clock_of_the_city', () => {
  expect(stepLabel('2026-11-25T16:00:00Z', 3600)).toBe('0 时')
  expect(stepLabel('2026-11-25T16:00:00Z', 86400)).toBe('11/26')
})
test('a_quota_says_how_it_stands', () => {
  const [quota] = calm.quotas as [NoticeDesk['quotas'][number]]
  expect(quotaLine(quota)).toBe('已用 500，上限 1000')
  expect(quotaLine({ ...quota, most: null, left: null })).toBe('已用 500，不设上限')
  expect(quotaLine({ ...quota, each: true, most: 5, left: null, full: 3 })).toBe('每人最多 5；3 人用满')
  expect(runsLow({ ...quota, left: 100 })).toBe(true)
  expect(runsLow({ ...quota, most: null, left: null })).toBe(false)
})
test('keywords_are_written_a_line_each_and_read_back', () => {
  expect(keysOf(keysText({ thing1: 'thing4', phrase2: 'phrase3' }))).toEqual({ thing1: 'thing4', phrase2: 'phrase3' })
  expect(keysOf('thing1＝thing4\n\n')).toEqual({ thing1: 'thing4' })
  expect(keysOf('thing1=thing4\nthing2')).toBe(2)
})
test('why_an_answer_stopped_decides_what_is_asked_before_it_goes_again', () => {
  expect(['nobody knows whether it arrived', 'no customer-service message is left in the window', '45015 response out of time limit', '40003 invalid openid'].map(answerReason)).toEqual(['UNSURE', 'WINDOW', 'WINDOW', 'OTHER'])
  expect(answerKind('voice')).toBe('语音')
  expect(answerKind('shortvideo')).toBe('消息')
  expect(answerKind(null)).toBe('消息')
})
test('a_channel_nobody_named_shows_its_own_name', () => {
  expect(channelName('sms')).toBe('短信')
  expect(channelName('sms-other')).toBe('sms-other')
})
test('what_was_done_is_said_in_a_line_with_what_it_was_done_to', () => {
  const done = { id: 1, at: calm.at, who: '陈晓' }
  expect(actionInWords({ ...done, action: 'RESEND', what: { channel: 'sms', phone: '138****0001' } })).toBe('重发一条通知（短信，改发 138****0001）')
  expect(actionInWords({ ...done, action: 'RESEND', what: { channel: 'web-push', from: 'sms' } })).toBe('重发一条通知（浏览器推送，原来走短信）')
  expect(actionInWords({ ...done, action: 'SET_QUOTA', what: { name: 'sms-day', note: '短信：每天总数', most: null } })).toBe('额度 短信：每天总数 的上限改为 不设上限')
  expect(actionInWords({ ...done, action: 'MAP_TEMPLATE', what: { template: 'case-filed', platform: 'wechat-template', id: null } })).toContain('微信模板消息的编号改为“空”')
})
