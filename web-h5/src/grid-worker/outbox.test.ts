import 'fake-indexeddb/auto'
import { beforeEach, expect, test, vi } from 'vitest'
import { Offline, Problem } from '@/api/problem'
import type { Case, HistoryLine } from '@/api/types'
import type { Entry, MoveWork, Work } from './entries'
import { Outbox, type Wire } from './outbox'
import { CopyStore, OutboxStore, COPY_LASTS, type FieldCopy } from './store'
import { otherTabs } from './tabs'

let nth = 0
let world: World
let keeper: OutboxStore

/** The service as far as sending goes: cases by version, keys it has heard, and a network that can be away. */
class World {
  version = 3
  online = true
  offers = ['ACCEPT', 'NOTE']
  done: { key: string; what: string; version?: number; words?: string; media?: string[]; without?: string }[] = []
  stamped: string[] = []
  uploads = 0
  loseAnswer = 0
  refuse: Problem | undefined
  history: HistoryLine[] = []

  wire: Wire = {
    upload: async () => (this.net(), { id: `m${++this.uploads}` }),
    stamp: async ({ items }) => (this.net(), void this.stamped.push(...items.map(({ key, media }) => (key ?? media)!))),
    move: async (_number, body, key) => {
      this.net()
      if (this.refuse) throw this.refuse
      const known = this.done.find((one) => one.key === key)
      if (!known) {
        if (body.version !== this.version) throw problem(409, 'stale-version')
        this.version++
        this.done.push({ key, what: body.move, version: body.version, ...(body.words && { words: body.words }), ...(body.media && { media: body.media }), ...(body.without && { without: body.without }) })
      }
      this.lost()
      return { version: this.version }
    },
    found: async (key, body) => {
      this.net()
      if (!this.done.some((one) => one.key === key)) this.done.push({ key, what: 'found', words: body.text })
      this.lost()
      return { number: '261126000017', holder: '第一网格', mine: true }
    },
    log: async (key) => {
      this.net()
      if (!this.done.some((one) => one.key === key)) this.done.push({ key, what: 'log' })
      this.lost()
    },
    look: async () => {
      this.net()
      return { case: { version: this.version, stateName: '已受理', moves: this.offers.map((move) => ({ move })) } as unknown as Case, history: this.history }
    },
  }

  /** Somebody else moves the case. */
  othersMove(label: string) {
    this.history.push({ seq: ++this.version, label, move: 'NOTE', to: 'ACCEPTED', at: '2026-11-26T02:00:00Z', words: '我先去了', by: { kind: 'STAFF', name: '王芳' } } as HistoryLine)
  }
  private net() {
    if (!this.online) throw new Offline('network')
  }
  private lost() {
    if (this.loseAnswer-- > 0) throw new Offline('timeout')
  }
}

function problem(status: number, kind: string, pointer?: string): Problem {
  return new Problem({ type: `urn:linge:problem:${kind}`, title: '', status, detail: '不行', ...(pointer && { errors: [{ pointer, detail: '不行' }] }) })
}

function outboxOf(owner = 'worker-1', now = () => new Date('2026-11-26T10:00:00+08:00')) {
  const outbox = new Outbox(keeper, world.wire, { who: ({ by }) => by.name ?? '', refused: () => '不行', gone: () => '不在了', note: ({ words, label }) => `（${label}）${words}` }, () => {}, now)
  return outbox.open(owner).then(() => outbox)
}

const move = (name: string, version: number, words = ''): MoveWork => ({ kind: 'move', number: '1', move: name as MoveWork['move'], label: name, version, words, about: '路灯' })
const photo = () => ({ id: `p${nth++}`, type: 'image/jpeg', bytes: new ArrayBuffer(8), takenAt: '2026-11-26T01:59:00Z' })
const add = (outbox: Outbox, work: Work, photos = [] as Entry['photos']) => outbox.add({ id: `key-${nth++}`, work, photos })
const states = (outbox: Outbox) => outbox.entries.map(({ state }) => state)

beforeEach(() => {
  world = new World()
  keeper = new OutboxStore(`outbox-${nth++}`)
})

test('what_is_written_without_a_network_waits_and_goes_out_in_order_once_there_is_one', async () => {
  world.online = false
  const outbox = await outboxOf()
  await add(outbox, move('ACCEPT', 3, '收到'))
  await add(outbox, move('NOTE', 4, '到现场了'), [photo()])
  await add(outbox, { kind: 'log', label: '走访', log: { kind: 'VISIT', households: 2 } })
  expect(await outbox.run()).toBe('offline')
  expect(states(outbox)).toEqual(['waiting', 'waiting', 'waiting'])
  world.online = true
  expect(await outbox.run()).toBe('done')
  expect(world.done.map(({ what }) => what)).toEqual(['ACCEPT', 'NOTE', 'log'])
  expect(world.done[1]?.media).toEqual(['m1'])
  expect(states(outbox)).toEqual(['delivered', 'delivered', 'delivered'])
  expect(world.stamped).toContain('m1')
})

test('why_there_is_no_photo_goes_out_with_the_answer_and_a_photo_taken_after_all_in_its_place', async () => {
  const outbox = await outboxOf()
  await add(outbox, { ...move('REPORT_BACK', 3, '灯亮了'), without: '夜里才看得出' })
  await outbox.run()
  expect(world.done[0]).toMatchObject({ what: 'REPORT_BACK', without: '夜里才看得出' })
  await add(outbox, { ...move('REPORT_BACK', 4, '灯亮了'), without: '夜里才看得出' }, [photo()])
  await outbox.run()
  expect(world.done[1]).toMatchObject({ media: ['m1'] })
  expect(world.done[1]).not.toHaveProperty('without')
})

test('an_app_that_was_killed_in_the_middle_of_sending_sends_once', async () => {
  world.loseAnswer = 1
  const killed = await outboxOf()
  const entry = await add(killed, move('ACCEPT', 3), [photo()])
  await killed.run()
  expect(world.done).toHaveLength(1)
  // As if killed while it was under way: this is what the device holds then.
  await keeper.put({ ...entry, state: 'sending' })
  const again = await outboxOf()
  expect(await again.run()).toBe('done')
  expect(world.done).toHaveLength(1)
  expect(world.uploads).toBe(1)
  expect(states(again)).toEqual(['delivered'])
})

test('every_answer_may_be_lost_once_and_nothing_happens_twice', async () => {
  const outbox = await outboxOf()
  await add(outbox, move('ACCEPT', 3))
  await add(outbox, { kind: 'found', text: '井盖松动', address: '' })
  await add(outbox, { kind: 'log', label: '巡查', log: { kind: 'PATROL', words: '正常' } })
  for (let round = 0; round < 3; round++) {
    world.loseAnswer = 1
    await outbox.run()
  }
  world.loseAnswer = 0
  await outbox.run()
  expect(world.done.map(({ what }) => what)).toEqual(['ACCEPT', 'found', 'log'])
  expect(outbox.entries[1]?.receipt?.number).toBe('261126000017')
})

test('others_were_faster_the_move_waits_with_what_happened_and_the_moves_after_it_wait_too', async () => {
  const outbox = await outboxOf()
  world.online = false
  await add(outbox, move('ACCEPT', 3, '马上去'))
  await add(outbox, move('HANDLE', 4))
  await add(outbox, { kind: 'log', label: '走访', log: { kind: 'VISIT', people: 1 } })
  world.online = true
  world.othersMove('记录进展')
  expect(await outbox.run()).toBe('done')
  expect(states(outbox)).toEqual(['conflict', 'waiting', 'delivered'])
  expect(outbox.entries[0]?.conflict).toEqual({ version: 4, stateName: '已受理', again: true, note: true, happened: [{ label: '记录进展', who: '王芳', at: '2026-11-26T02:00:00Z', words: '我先去了' }] })
  await outbox.again(outbox.entries[0]!)
  await outbox.run()
  expect(world.done.map(({ what, version }) => [what, version])).toEqual([['log', undefined], ['ACCEPT', 4], ['HANDLE', 5]])
})

test('a_move_that_came_too_late_may_stand_as_a_note_with_its_words_and_photos', async () => {
  const outbox = await outboxOf()
  await add(outbox, move('ACCEPT', 2, '马上去'), [photo()])
  await outbox.run()
  await outbox.asNote(outbox.entries[0]!, '记录进展')
  await outbox.run()
  expect(world.done).toMatchObject([{ what: 'NOTE', words: '（ACCEPT）马上去', media: ['m1'], version: 3 }])
})

test('a_note_decides_nothing_and_goes_out_whatever_happened_meanwhile', async () => {
  const outbox = await outboxOf()
  world.othersMove('受理')
  await add(outbox, move('NOTE', 3, '看见了'))
  await outbox.run()
  expect(world.done).toMatchObject([{ what: 'NOTE', version: 4 }])
})

test('given_up_knowingly_it_is_gone_and_what_follows_follows_what_was_seen', async () => {
  const outbox = await outboxOf()
  await add(outbox, move('ACCEPT', 1))
  await add(outbox, move('NOTE', 2, '还是去看了'))
  await outbox.run()
  await outbox.drop(outbox.entries[0]!)
  await outbox.run()
  expect(world.done).toMatchObject([{ what: 'NOTE', version: 3 }])
  expect((await keeper.all()).map(({ state }) => state)).toEqual(['delivered'])
})

test('a_session_that_ended_loses_nothing_and_another_person_sees_and_sends_nothing_of_it', async () => {
  const outbox = await outboxOf()
  world.refuse = problem(401, 'not-signed-in')
  await add(outbox, move('ACCEPT', 3))
  expect(await outbox.run()).toBe('signed-out')
  world.refuse = undefined
  const other = await outboxOf('worker-2')
  expect(other.entries).toEqual([])
  expect(await other.run()).toBe('done')
  expect(world.done).toEqual([])
  const back = await outboxOf('worker-1')
  expect(await back.run()).toBe('done')
  expect(world.done.map(({ what }) => what)).toEqual(['ACCEPT'])
})

test('photos_that_were_swept_meanwhile_go_up_again', async () => {
  const outbox = await outboxOf()
  world.refuse = problem(422, 'not-sensible', '/media/0')
  const entry = await add(outbox, move('ACCEPT', 3), [photo()])
  const sent = vi.spyOn(world.wire, 'move').mockImplementationOnce(async () => {
    world.refuse = undefined
    throw problem(422, 'not-sensible', '/media/0')
  })
  await outbox.run()
  expect(sent).toHaveBeenCalledTimes(2)
  expect(world.uploads).toBe(2)
  expect(world.done[0]?.media).toEqual(['m2'])
  expect(entry.state).toBe('delivered')
})

test('what_is_refused_stays_with_its_reason_until_its_writer_decides', async () => {
  const outbox = await outboxOf()
  world.refuse = problem(403, 'not-allowed')
  await add(outbox, move('ACCEPT', 3, '写了很多'))
  expect(await outbox.run()).toBe('done')
  expect(outbox.entries[0]).toMatchObject({ state: 'refused', why: '不行' })
  expect((await keeper.all())[0]).toMatchObject({ state: 'refused', work: { words: '写了很多' } })
})

test('a_busy_service_is_given_the_time_it_asks_for', async () => {
  const outbox = await outboxOf()
  world.refuse = problem(503, 'not-ready')
  await add(outbox, move('ACCEPT', 3))
  expect(await outbox.run()).toEqual({ later: 20_000 })
  expect(states(outbox)).toEqual(['waiting'])
})

test('a_device_that_keeps_nothing_says_so_instead_of_pretending', async () => {
  const outbox = await outboxOf()
  vi.spyOn(keeper, 'put').mockRejectedValueOnce(new Error('full'))
  await expect(add(outbox, move('ACCEPT', 3))).rejects.toThrow('full')
  expect(outbox.entries).toEqual([])
})

test('what_was_delivered_is_forgotten_after_a_day', async () => {
  const outbox = await outboxOf()
  await add(outbox, move('ACCEPT', 3))
  await outbox.run()
  expect((await outboxOf()).entries).toHaveLength(1)
  expect((await outboxOf('worker-1', () => new Date('2026-11-27T10:00:01+08:00'))).entries).toEqual([])
  expect(await keeper.all()).toEqual([])
})

test('what_is_read_along_goes_with_its_time', async () => {
  const at = Date.parse('2026-11-26T10:00:00+08:00')
  const copy = { owner: 'worker-1', name: '李明', at: new Date(at).toISOString(), cases: [] } as unknown as FieldCopy
  const name = `copy-${nth++}`
  await new CopyStore(name).write(copy)
  expect((await new CopyStore(name, () => at + COPY_LASTS).read())?.owner).toBe('worker-1')
  expect(await new CopyStore(name, () => at + COPY_LASTS + 1).read()).toBeUndefined()
  expect(await new CopyStore(name, () => at).read()).toBeUndefined()
})

test('what_another_tab_writes_sends_or_gives_up_is_seen_here_without_opening_the_page_again', async () => {
  const here = await outboxOf()
  const there = await outboxOf()
  world.online = false
  const entry = await add(there, move('ACCEPT', 3, '收到'))
  await here.reread()
  expect(here.entries.map(({ id }) => id)).toEqual([entry.id])
  world.online = true
  await there.run()
  await here.reread()
  expect(states(here)).toEqual(['delivered'])
  expect(await here.run()).toBe('done')
  expect(world.done).toHaveLength(1)
  await there.drop(there.entries[0]!)
  await here.reread()
  expect(here.entries).toEqual([])
})

test('what_is_under_way_here_is_not_taken_back_by_what_another_tab_says', async () => {
  const here = await outboxOf()
  const there = await outboxOf()
  await add(here, move('ACCEPT', 3), [photo()])
  const sent = here.run()
  await add(there, { kind: 'log', label: '走访', log: { kind: 'VISIT', people: 1 } })
  await here.reread()
  expect(await sent).toBe('done')
  await here.run()
  expect(world.done.map(({ what }) => what)).toEqual(['ACCEPT', 'log'])
  expect(states(here)).toEqual(['delivered', 'delivered'])
})

test('tabs_hear_of_each_other_once_it_has_settled', async () => {
  const [one, other] = [otherTabs('linge-test'), otherTabs('linge-test')]
  const heard = vi.fn()
  other.hear(heard)
  for (let change = 0; change < 5; change++) one.tell()
  await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(1))
})
