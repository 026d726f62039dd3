import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { useSession } from '@/app/session'
import BindPage from './BindPage.vue'

let visit: { waits: boolean; phone: string | null }
let bindings: Record<string, unknown>[]
let answers: Response[]
const json = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': status < 400 ? 'application/json' : 'application/problem+json' } })
const problem = (status: number, kind: string, detail: string) => json(status, { type: `urn:linge:problem:${kind}`, title: '', status, detail })

beforeEach(() => {
  setActivePinia(createPinia())
  visit = { waits: true, phone: null }
  bindings = []
  answers = []
  // Who is signed in hears of news at once; nothing comes here.
  vi.stubGlobal('EventSource', class {
    addEventListener() {}
    close() {}
  })
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    if (url === '/api/wechat/visit') return json(200, visit)
    if (url === '/api/sms-codes') return json(202, { expiresIn: 300, resendIn: 60 })
    if (url === '/api/sessions') return json(200, { kind: 'RESIDENT', csrf: 'c', expires: '', person: { kind: 'RESIDENT', name: null, phone: '138****1234' } })
    bindings.push(JSON.parse(String(init.body)) as Record<string, unknown>)
    return answers.shift()!
  })
})
afterEach(() => vi.unstubAllGlobals())

async function open() {
  const at = (path: string) => ({ path, component: { template: '<i />' } })
  const router = createRouter({ history: createMemoryHistory(), routes: [at('/wechat/bind'), at('/cases'), at('/'), at('/sign-in'), at('/privacy')] })
  await router.push('/wechat/bind?back=/cases')
  const page = mount(BindPage, { global: { plugins: [router] }, attachTo: document.body })
  await flushPromises()
  const prove = async () => {
    await page.get('#phone').setValue('138 0000 1234')
    await page.get('#code').setValue('123456')
    await page.get('form').trigger('submit')
    await flushPromises()
  }
  return { page, router, prove }
}

test('a_proved_phone_is_bound_and_the_page_goes_where_it_was_wanted', async () => {
  answers = [json(201, { csrf: 'c', phone: '138****1234' })]
  const { router, prove } = await open()
  await prove()
  expect(bindings).toEqual([{ phone: '13800001234', code: '123456' }])
  expect(useSession().isResident).toBe(true)
  await vi.waitFor(() => expect(router.currentRoute.value.fullPath).toBe('/cases'))
})

test('what_is_bound_elsewhere_is_changed_only_when_the_resident_says_so', async () => {
  answers = [problem(409, 'already-there', '这个手机号已经绑定了另一个微信。'), json(201, { csrf: 'c', phone: '138****1234' })]
  const { page, router, prove } = await open()
  await prove()
  expect(page.get('[role=alert]').text()).toContain('另一个微信')
  expect(router.currentRoute.value.path).toBe('/wechat/bind')
  await page.findAll('button').find((button) => button.text() === '确认改绑')!.trigger('click')
  await flushPromises()
  expect(bindings[1]).toEqual({ phone: '13800001234', confirm: true })
  await vi.waitFor(() => expect(router.currentRoute.value.path).toBe('/cases'))
})

test('a_wrong_code_is_told_at_the_code', async () => {
  answers = [problem(401, 'wrong-credentials', '验证码不对。')]
  const { page, prove } = await open()
  await prove()
  expect(page.get('#code-wrong').text()).toBe('验证码不对。')
})

test('who_did_not_come_from_wechat_is_shown_the_other_door', async () => {
  visit = { waits: false, phone: null }
  const { page, router } = await open()
  expect(page.find('form').exists()).toBe(false)
  await page.findAll('button').find((button) => button.text() === '用手机号登录')!.trigger('click')
  await vi.waitFor(() => expect(router.currentRoute.value.path).toBe('/sign-in'))
})
