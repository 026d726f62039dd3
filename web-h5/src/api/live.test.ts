import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Live } from './live'

class FakeSource extends EventTarget {
  closed = false
  constructor(readonly url: string) {
    super()
  }
  close() {
    this.closed = true
  }
  send(type: string, data: unknown, lastEventId = '') {
    this.dispatchEvent(new MessageEvent(type, { data: JSON.stringify(data), lastEventId }))
  }
}

let dialled: FakeSource[]
let live: Live
beforeEach(() => {
  vi.useFakeTimers()
  dialled = []
  live = new Live((url) => {
    const source = new FakeSource(url)
    dialled.push(source)
    return source as unknown as EventSource
  })
})
afterEach(() => vi.useRealTimers())

test('a_lost_stream_is_dialled_again_after_the_last_notice_heard', () => {
  const back = vi.fn()
  live.onBack(back)
  live.open()
  dialled[0]!.send('ready', {})
  dialled[0]!.send('notice', { id: 7, title: '', text: '', at: '', read: false }, '7')
  dialled[0]!.dispatchEvent(new Event('error'))
  expect([live.state, dialled[0]!.closed]).toEqual(['reconnecting', true])
  vi.advanceTimersByTime(1000)
  expect(dialled[1]!.url).toContain('lastEventId=7')
  expect(back).not.toHaveBeenCalled()
  dialled[1]!.send('ready', {})
  expect(live.state).toBe('connected')
  expect(back).toHaveBeenCalledOnce()
})

test('the_wait_between_dials_doubles_up_to_half_a_minute', () => {
  live.open()
  for (const wait of [1000, 2000, 4000, 8000, 16000, 30000, 30000]) {
    const before = dialled.length
    dialled.at(-1)!.dispatchEvent(new Event('error'))
    vi.advanceTimersByTime(wait - 1)
    expect(dialled.length).toBe(before)
    vi.advanceTimersByTime(1)
    expect(dialled.length).toBe(before + 1)
  }
})

test('a_closed_stream_stays_closed', () => {
  live.open()
  dialled[0]!.dispatchEvent(new Event('error'))
  live.close()
  vi.advanceTimersByTime(60_000)
  expect([dialled.length, live.state]).toEqual([1, 'closed'])
})

test('an_ear_taken_off_hears_nothing_more', () => {
  const ear = vi.fn()
  const off = live.onCase(ear)
  live.open()
  dialled[0]!.send('case', { number: '1', version: 1 })
  off()
  dialled[0]!.send('case', { number: '1', version: 2 })
  expect(ear.mock.calls).toEqual([[{ number: '1', version: 1 }]])
})
