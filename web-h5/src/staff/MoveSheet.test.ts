import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Case, HistoryLine } from '@/api/types'
import { useSession } from '@/app/session'
import { kept } from './kept'
import type { StaffCaseMove } from './moves'
import MoveSheet from './MoveSheet.vue'

const moves = {
  note: { move: 'NOTE', label: '记录进展', needs: ['words'] },
  decline: { move: 'DECLINE', label: '不予受理', needs: ['words', 'channel'] },
  dispatch: {
    move: 'DISPATCH', label: '分流', needs: ['target'],
    targets: [{ department: 'zj', to: '140403', name: '住建局' }, { department: 'cg', to: '140403', name: '城管局', suggested: true }],
  },
} satisfies Record<string, StaffCaseMove>
const number = '261123000017'
const item = (version: number, allowed: StaffCaseMove[] = Object.values(moves)) =>
  ({ number, version, state: 'HANDLING', stateName: '处置中', moves: allowed }) as unknown as Case
const line = (seq: number, name: string, words: string) =>
  ({ seq, move: 'NOTE', label: '记录进展', to: 'HANDLING', at: '', words, by: { kind: 'STAFF', name, roleName: '网格员' } }) as HistoryLine

let sent: Record<string, unknown>[]
let answers: (() => Promise<Response>)[]
const json = (status: number, body: unknown) => async () => new Response(JSON.stringify(body), { status })
const problem = (status: number, kind: string, more = {}) => json(status, { type: `urn:linge:problem:${kind}`, title: '', status, detail: '不行', ...more })

beforeEach(() => {
  localStorage.clear()
  setActivePinia(createPinia())
  useSession().session = { person: { kind: 'STAFF', staff: { name: '张三' } } } as never
  sent = []
  answers = []
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    // What helps with the words is asked beside the move.
    if (/reply-templates/.test(url)) return json(200, { items: [] })()
    if (/reply-check/.test(url)) return json(200, { concerns: [] })()
    sent.push(JSON.parse(String(init.body)) as Record<string, unknown>)
    return answers.shift()!()
  })
})
afterEach(() => vi.unstubAllGlobals())

async function sheet(move: StaffCaseMove, found?: { case: Case; history: HistoryLine[] }) {
  const page = mount(MoveSheet, { props: { open: true, case: item(3), move, again: async () => found }, attachTo: document.body })
  await flushPromises()
  const words = () => page.get<HTMLTextAreaElement>('#move-words')
  const send = async () => {
    await page.get('form').trigger('submit')
    await flushPromises()
  }
  return { page, words, send }
}

test('a_sheet_asks_for_the_needs_of_its_move_and_nothing_else', async () => {
  const shown = async (move: StaffCaseMove) => {
    const { page } = await sheet(move)
    const found = ['[name=target]', '#move-channel', '[type=file]'].map((field) => page.find(field).exists())
    page.unmount()
    return found
  }
  expect(await shown(moves.note)).toEqual([false, false, true])
  expect(await shown(moves.decline)).toEqual([false, true, false])
  expect(await shown(moves.dispatch)).toEqual([true, false, false])
})

test('what_is_missing_is_told_and_nothing_is_sent', async () => {
  const { page, send } = await sheet(moves.decline)
  await send()
  expect(page.get('#words-wrong').text()).toBe('请写几句话')
  expect(page.get('#channel-wrong').text()).toBe('请告诉居民该找哪里')
  expect(sent).toEqual([])
})

test('the_suggested_office_is_chosen_and_sent_with_the_version_looked_at', async () => {
  answers = [json(200, item(4))]
  const { page, send } = await sheet(moves.dispatch)
  await send()
  expect(sent).toEqual([{ move: 'DISPATCH', version: 3, department: 'cg', to: '140403' }])
  expect(page.emitted('done')).toHaveLength(1)
})

test('what_is_done_shows_its_proof_or_says_why_there_is_none', async () => {
  answers = [json(200, item(4))]
  const { page, words, send } = await sheet({ move: 'RESOLVE', label: '办结', needs: ['words', 'evidence'] })
  await words().setValue('换好了')
  await send()
  expect(page.get('#without-wrong').text()).toContain('请附照片或材料')
  expect(sent).toEqual([])
  await page.get('#move-without').setValue('夜里才看得出')
  await send()
  expect(sent).toEqual([{ move: 'RESOLVE', version: 3, words: '换好了', without: '夜里才看得出' }])
})

test('a_return_visit_says_what_it_found_and_that_discontent_reopens', async () => {
  answers = [json(200, item(4))]
  const { page, words, send } = await sheet({ move: 'RETURN_VISIT', label: '回访', needs: ['words', 'visit'] })
  await words().setValue('灯还是不亮')
  await send()
  expect(page.text()).toContain('请选回访结果')
  await page.get('input[value=DISSATISFIED]').setValue(true)
  expect(page.text()).toContain('重新办理')
  await send()
  expect(sent).toEqual([{ move: 'RETURN_VISIT', version: 3, words: '灯还是不亮', visit: 'DISSATISFIED' }])
})

test('a_tapped_beginning_goes_below_what_was_written', async () => {
  const { page, words } = await sheet(moves.note)
  await words().setValue('上午去过。')
  await page.get('.phrases button').trigger('click')
  expect(words().element.value).toMatch(/^上午去过。\n已到现场查看/)
})

test('without_a_network_the_words_wait_on_this_device_and_go_out_the_second_time', async () => {
  answers = [() => Promise.reject(new TypeError('Failed to fetch')), json(200, item(4))]
  const { page, words, send } = await sheet(moves.note)
  await words().setValue('已到现场')
  await send()
  expect(page.get('.failure').text()).toContain('网络断了')
  await flushPromises()
  expect(kept(number, 'NOTE')).toMatchObject({ words: '已到现场', waiting: true })
  await send()
  expect(page.emitted('done')).toHaveLength(1)
  expect(kept(number, 'NOTE')).toBeUndefined()
})

test('somebody_faster_is_named_and_the_words_stay_for_the_new_version', async () => {
  answers = [problem(409, 'stale-version', { version: 4 }), json(200, item(5))]
  const { page, words, send } = await sheet(moves.note, { case: item(4), history: [line(4, '李四', '先到了')] })
  await words().setValue('已到现场')
  await send()
  expect(page.get('.faster').text()).toBe('李四（网格员）刚刚“记录进展”，现在是“处置中”。您写的内容还在，请看过再提交。')
  expect(words().element.value).toBe('已到现场')
  await send()
  expect(sent.map(({ version }) => version)).toEqual([3, 4])
})

test('a_move_that_is_gone_cannot_be_sent_but_its_words_can_be_taken_along', async () => {
  answers = [problem(409, 'out-of-turn')]
  const { page, words, send } = await sheet(moves.note, { case: item(4, []), history: [line(4, '李四', '办完了')] })
  await words().setValue('已到现场')
  await send()
  expect(page.get('.faster').text()).toContain('不能再“记录进展”')
  await send()
  expect(sent).toHaveLength(1)
  expect(words().element.value).toBe('已到现场')
})

test('a_resend_that_had_arrived_the_first_time_is_done', async () => {
  answers = [problem(409, 'stale-version', { version: 4 })]
  const { page, words, send } = await sheet(moves.note, { case: item(4), history: [line(4, '张三', '已到现场')] })
  await words().setValue('已到现场')
  await send()
  expect(page.emitted('done')).toHaveLength(1)
})

test('a_fault_of_a_field_is_said_at_the_field', async () => {
  answers = [problem(422, 'not-sensible', { errors: [{ pointer: '/words', detail: '请写明办理结果。' }] })]
  const { page, words, send } = await sheet(moves.note)
  await words().setValue('好')
  await send()
  expect(page.get('#words-wrong').text()).toBe('请写明办理结果。')
  expect(page.find('.failure').exists()).toBe(false)
})
