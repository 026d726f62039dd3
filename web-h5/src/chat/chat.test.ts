import 'fake-indexeddb/auto'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useSession } from '@/app/session'
import { useChat } from './chat'
import { ChatShelf } from './kept'

interface Call {
  key: string
  body: { conversation?: string; text?: string; choice?: string }
}
type Answer = (call: Call) => Response | Promise<Response>

let calls: Call[]
let answers: Answer[]
let conversation: Answer
const CONVERSATION = 'c'.repeat(24)

/** The service at the end of the wire: what it was asked, and one answer a message. */
beforeEach(() => {
  calls = []
  answers = []
  conversation = () => problem(404)
  setActivePinia(createPinia())
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    if (url !== '/api/chat') return conversation({ key: '', body: {} })
    const call = { key: (init.headers as Record<string, string>)['Idempotency-Key']!, body: JSON.parse(String(init.body)) as Call['body'] }
    calls.push(call)
    return (answers.shift() ?? replying('好的'))(call)
  })
})
afterEach(async () => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  await new ChatShelf().drop()
})

let id = 0
const replying = (...texts: string[]): Answer => () =>
  stream(...texts.map((text) => `event: reply\ndata: ${JSON.stringify({ id: ++id, text })}\n\n`), `event: done\ndata: ${JSON.stringify({ conversation: CONVERSATION, desk: 'NONE' })}\n\n`)
const stream = (...events: string[]) => new Response(`event: thinking\ndata: {}\n\n${events.join('')}`, { headers: { 'Content-Type': 'text/event-stream; charset=utf-8' } })
const problem = (status: number, detail = '不行') =>
  new Response(JSON.stringify({ type: 'urn:linge:problem:x', title: '', status, detail }), { status, headers: { 'Content-Type': 'application/problem+json' } })
const lost: Answer = () => {
  throw new TypeError('Failed to fetch')
}
const shown = () => useChat().lines.map(({ from, text, state }) => [from, text, state].filter(Boolean).join(' '))
const settled = () => vi.waitFor(() => expect(useChat().lines.some(({ state }) => state === 'sending')).toBe(false))

test('what_is_said_is_answered_below_it_and_the_conversation_goes_on', async () => {
  answers = [replying('您好', '什么事？'), replying('记下了')]
  const chat = useChat()
  await chat.open()
  chat.say({ text: '在吗' })
  chat.say({ text: '路灯坏了' })
  await vi.waitFor(() => expect(shown()).toEqual(['RESIDENT 在吗', 'BOT 您好', 'BOT 什么事？', 'RESIDENT 路灯坏了', 'BOT 记下了']))
  expect(calls.map(({ body }) => body)).toEqual([{ text: '在吗' }, { text: '路灯坏了', conversation: CONVERSATION }])
})

test('without_a_network_it_waits_and_goes_out_once_in_order_under_the_same_keys', async () => {
  answers = [lost]
  const chat = useChat()
  await chat.open()
  chat.say({ text: '一' })
  chat.say({ text: '二' })
  await vi.waitFor(() => expect(shown()).toEqual(['RESIDENT 一 waiting', 'RESIDENT 二 waiting']))
  await chat.resume()
  await settled()
  expect(calls.map(({ body }) => body.text)).toEqual(['一', '一', '二'])
  expect(calls[1]!.key).toBe(calls[0]!.key)
  expect(calls[2]!.key).not.toBe(calls[0]!.key)
})

test('an_answer_cut_off_in_the_middle_is_asked_for_again_and_not_shown_twice', async () => {
  answers = [() => stream('event: reply\ndata: {"id":901,"text":"您好"}\n\n'), () => stream('event: reply\ndata: {"id":901,"text":"您好"}\n\n', 'event: reply\ndata: {"id":902,"text":"什么事？"}\n\n', `event: done\ndata: {"conversation":"${CONVERSATION}"}\n\n`)]
  const chat = useChat()
  await chat.open()
  chat.say({ text: '在吗' })
  await vi.waitFor(() => expect(shown()[0]).toBe('RESIDENT 在吗 waiting'))
  await chat.resume()
  await vi.waitFor(() => expect(shown()).toEqual(['RESIDENT 在吗', 'BOT 您好', 'BOT 什么事？']))
  expect(calls[1]!.key).toBe(calls[0]!.key)
})

test('a_refusal_says_why_and_can_be_sent_again_or_taken_back', async () => {
  answers = [() => problem(429, '说得太快了'), () => problem(400, '看不懂')]
  const chat = useChat()
  await chat.open()
  chat.say({ text: '喂' })
  await vi.waitFor(() => expect(chat.lines[0]).toMatchObject({ state: 'failed', trouble: '说得太快了' }))
  chat.again(chat.lines[0]!)
  await vi.waitFor(() => expect(chat.lines[0]).toMatchObject({ state: 'failed', trouble: '看不懂' }))
  chat.drop(chat.lines[0]!)
  expect([shown(), chat.draft]).toEqual([[], '喂'])
})

test('a_conversation_the_service_forgot_begins_anew_with_the_same_words', async () => {
  answers = [replying('您好'), () => problem(404), replying('又见面了')]
  const chat = useChat()
  await chat.open()
  chat.say({ text: '在吗' })
  await vi.waitFor(() => expect(shown()).toHaveLength(2))
  chat.say({ text: '还在吗' })
  await vi.waitFor(() => expect(shown()).toEqual(['RESIDENT 在吗', 'BOT 您好', 'RESIDENT 还在吗', 'BOT 又见面了']))
  expect(calls.map(({ body }) => body.conversation)).toEqual([undefined, CONVERSATION, undefined])
})

test('a_service_that_restarts_is_waited_for', async () => {
  answers = [() => problem(503), replying('回来了')]
  const chat = useChat()
  await chat.open()
  chat.say({ text: '在吗' })
  await vi.waitFor(() => expect(shown()).toEqual(['RESIDENT 在吗 waiting']))
  await chat.resume()
  await vi.waitFor(() => expect(shown()).toEqual(['RESIDENT 在吗', 'BOT 回来了']))
})

test('an_answer_in_one_piece_is_heard_too', async () => {
  answers = [() => new Response(JSON.stringify({ conversation: CONVERSATION, replies: [{ text: '您好' }], desk: 'WAITING' }), { headers: { 'Content-Type': 'application/json' } })]
  const chat = useChat()
  await chat.open()
  chat.say({ text: '在吗' })
  await vi.waitFor(() => expect(shown()).toEqual(['RESIDENT 在吗', 'BOT 您好']))
  expect(chat.desk).toBe('WAITING')
})

test('after_a_reload_what_was_said_is_there_and_what_waited_is_sent', async () => {
  answers = [replying('您好'), lost]
  const before = useChat()
  await before.open()
  before.say({ text: '在吗' })
  await vi.waitFor(() => expect(shown()).toHaveLength(2))
  before.say({ text: '路灯坏了' })
  before.draft = '写到一半'
  await vi.waitFor(() => expect(shown()[2]).toBe('RESIDENT 路灯坏了 waiting'))
  await before.keep()

  setActivePinia(createPinia())
  answers = [replying('记下了')]
  conversation = lost
  const after = useChat()
  await after.resume()
  await vi.waitFor(() => expect(shown()).toEqual(['RESIDENT 在吗', 'BOT 您好', 'RESIDENT 路灯坏了', 'BOT 记下了']))
  expect(after.draft).toBe('写到一半')
  expect(calls.map(({ key }) => key)[2]).toBe(calls[1]!.key)
})

test('what_a_person_answered_meanwhile_is_read', async () => {
  answers = [replying('转给同事了')]
  const chat = useChat()
  await chat.open()
  chat.say({ text: '找人' })
  await vi.waitFor(() => expect(shown()).toHaveLength(2))
  conversation = () => new Response(JSON.stringify({
    conversation: CONVERSATION, desk: 'ANSWERED', startedAt: '2026-11-24T08:00:00Z', updatedAt: '2026-11-24T08:00:00Z',
    messages: [
      { id: 1, from: 'RESIDENT', text: '找人', at: '2026-11-24T08:00:00Z' }, { id: 2, from: 'BOT', text: '转给同事了', at: '2026-11-24T08:00:00Z' },
      { id: 9001, from: 'STAFF', name: '综治中心', text: '您好，我来帮您', at: '2026-11-24T08:05:00Z' },
    ],
  }), { headers: { 'Content-Type': 'application/json' } })
  await chat.refresh()
  expect(shown()).toEqual(['RESIDENT 找人', 'BOT 转给同事了', 'STAFF 您好，我来帮您'])
  expect(chat.desk).toBe('ANSWERED')
})

test('another_resident_at_the_same_phone_sees_nothing_of_it', async () => {
  await new ChatShelf().write({ owner: '138****0001', conversation: CONVERSATION, lines: [], desk: 'NONE', draft: '别人的话', tap: null })
  const session = useSession()
  session.session = { kind: 'RESIDENT', csrf: 'x', expires: '2027-01-01T00:00:00Z', person: { kind: 'RESIDENT', phone: '138****0002' } }
  session.known = true
  const chat = useChat()
  await chat.open()
  expect([chat.draft, chat.conversation]).toEqual(['', undefined])
})

test('photos_that_wait_are_kept_with_their_bytes', async () => {
  const shelf = new ChatShelf(`linge-${crypto.randomUUID()}`)
  const media = [{ kind: 'PHOTO' as const, bytes: new Blob(['photo'], { type: 'image/jpeg' }) }]
  await shelf.write({ owner: null, conversation: null, lines: [{ key: 'k', from: 'RESIDENT', text: '', choices: [], media, at: '2026-11-24T08:00:00Z', state: 'waiting', said: { media } }], desk: 'NONE', draft: '', tap: null })
  const [line] = (await shelf.read())!.lines
  expect([line!.media[0]!.bytes!.type, await line!.media[0]!.bytes!.text()]).toEqual(['image/jpeg', 'photo'])
})
