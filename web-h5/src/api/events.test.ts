import { expect, test } from 'vitest'
import { EventCutter, readEvents, type StreamEvent } from './events'

test('events_are_whole_however_the_network_cuts_them', () => {
  const stream = 'event: reply\r\ndata: {"text":"您好"}\r\n\r\n: still here\n\nevent: done\ndata: {\ndata: }\nid: 7\n\n'
  const whole = new EventCutter().take(stream)
  expect(whole).toEqual([
    { event: 'reply', data: '{"text":"您好"}' },
    { event: 'done', data: '{\n}', id: '7' },
  ])
  for (const size of [1, 2, 3, 7]) {
    const cutter = new EventCutter()
    const found = (stream.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? []).flatMap((piece) => cutter.take(piece))
    expect(found).toEqual(whole)
  }
})

test('an_event_without_a_name_is_a_message_and_one_without_data_is_none', () => {
  expect(new EventCutter().take('data: a\n\nevent: ready\n\n')).toEqual([{ event: 'message', data: 'a' }])
})

test('a_character_cut_between_two_pieces_is_not_broken', async () => {
  const bytes = new TextEncoder().encode('data: 邻格\n\n')
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const byte of bytes) controller.enqueue(Uint8Array.of(byte))
      controller.close()
    },
  })
  const heard: StreamEvent[] = []
  await readEvents(body, (event) => heard.push(event))
  expect(heard).toEqual([{ event: 'message', data: '邻格' }])
})
