import { nextTick, ref } from 'vue'
import { describe, expect, test } from 'vitest'
import { Offline } from '@/api/problem'
import type { MyNotices } from '@/api/types'
import { choicesOf, silent, useChoices, type Choices } from './notices'

const found: MyNotices = {
  ways: [
    { way: 'wechat', on: true, state: 'NOT_BOUND' },
    { way: 'sms', on: true, state: 'READY', to: '139****0001' },
    { way: 'web-push', on: true, state: 'NOT_OFFERED' },
  ],
  quiet: null,
  elderWords: false,
}

/** A service that keeps what it is given, as soon as the test lets it. */
class Service {
  readonly asked: Choices[] = []
  private waiting: { yes: () => void; no: (error: unknown) => void }[] = []
  put = (choices: Choices) => {
    this.asked.push(choices)
    return new Promise<MyNotices>((resolve, reject) => {
      const on = { wechat: choices.wechat, sms: choices.sms, 'web-push': choices.webPush }
      const kept = { ...found, ways: found.ways.map((one) => ({ ...one, on: on[one.way] })), quiet: choices.quiet, elderWords: choices.elderWords }
      this.waiting.push({ yes: () => resolve(kept), no: reject })
    })
  }
  async answer(error?: unknown) {
    const next = this.waiting.shift()!
    if (error) next.no(error)
    else next.yes()
    for (let turn = 0; turn < 8; turn++) await nextTick()
  }
}

function page() {
  const service = new Service()
  const online = ref(true)
  const mine = useChoices(service.put, online)
  mine.take(found)
  return { service, online, mine }
}

test('a_change_is_shown_at_once_and_saved_at_once', async () => {
  const { service, mine } = page()
  mine.change({ sms: false })
  expect(mine.choices.value!.sms).toBe(false)
  expect(mine.keeping.value).toBe('saving')
  await service.answer()
  expect(mine.keeping.value).toBe('saved')
  expect(mine.there.value!.ways[1]!.on).toBe(false)
})

test('changes_made_while_one_is_on_its_way_go_out_after_it_as_one', async () => {
  const { service, mine } = page()
  mine.change({ sms: false })
  mine.change({ elderWords: true })
  mine.change({ quiet: { from: '22:00', to: '07:00' } })
  expect(service.asked).toHaveLength(1)
  await service.answer()
  expect(service.asked).toHaveLength(2)
  expect(service.asked[1]).toMatchObject({ sms: false, elderWords: true, quiet: { from: '22:00', to: '07:00' } })
  await service.answer()
  expect(mine.keeping.value).toBe('saved')
})

test('the_last_change_can_be_taken_back_once', async () => {
  const { service, mine } = page()
  mine.change({ sms: false })
  await service.answer()
  expect(mine.mayUndo.value).toBe(true)
  mine.undo()
  expect(mine.choices.value!.sms).toBe(true)
  await service.answer()
  expect(mine.keeping.value).toBe('undone')
  expect(mine.mayUndo.value).toBe(false)
  expect(service.asked[1]!.sms).toBe(true)
})

test('what_could_not_be_saved_stays_and_goes_out_when_the_network_is_back', async () => {
  const { service, online, mine } = page()
  mine.change({ elderWords: true })
  online.value = false
  await service.answer(new Offline('network'))
  expect(mine.keeping.value).toBe('unsaved')
  expect(mine.choices.value!.elderWords).toBe(true)
  online.value = true
  await nextTick()
  await service.answer()
  expect(service.asked).toHaveLength(2)
  expect(mine.keeping.value).toBe('saved')
})

test('what_was_refused_can_be_given_up', async () => {
  const { service, mine } = page()
  mine.change({ sms: false })
  await service.answer(new Error('no'))
  mine.revert()
  expect(mine.choices.value).toEqual(choicesOf(found))
  expect(mine.keeping.value).toBe('still')
})

test('switched_off_and_on_again_before_it_went_out_sends_the_last', async () => {
  const { service, mine } = page()
  mine.change({ sms: false })
  mine.change({ sms: true })
  await service.answer()
  await service.answer()
  expect(service.asked.map(({ sms }) => sms)).toEqual([false, true])
  expect(mine.choices.value!.sms).toBe(true)
})

describe('silent', () => {
  test('only_ways_that_work_and_are_on_count', () => {
    const all = choicesOf(found)
    expect(silent(found, all)).toBe(false)
    // WeChat is on, and not bound.
    expect(silent(found, { ...all, sms: false })).toBe(true)
    expect(silent({ ...found, ways: found.ways.map((one) => (one.way === 'sms' ? { ...one, state: 'BOUNCED' } : one)) }, all)).toBe(true)
  })
})
