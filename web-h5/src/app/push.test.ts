import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Person } from '@/api/types'

const KEY = new Uint8Array(65).fill(4)
const keyText = btoa(String.fromCharCode(...KEY)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
const api = { getPushKey: vi.fn(), putPushSubscription: vi.fn(), deletePushSubscription: vi.fn() }
vi.mock('@/api/operations', () => ({ api }))
let worker: { pushManager: Manager } | undefined
vi.mock('./worker', () => ({ serviceWorker: async () => worker }))

const WANG = { kind: 'RESIDENT', phone: '138****0001', staff: null } as unknown as Person
const LI = { kind: 'RESIDENT', phone: '138****0002', staff: null } as unknown as Person

class Manager {
  subscription: Subscription | null = null
  refuses = false
  getSubscription = async () => this.subscription
  async subscribe({ applicationServerKey }: { applicationServerKey: Uint8Array }) {
    if (this.refuses) throw new DOMException('Registration failed', 'AbortError')
    return (this.subscription = new Subscription(this, applicationServerKey))
  }
}
class Subscription {
  endpoint = 'https://push.example.org/1'
  constructor(private readonly manager: Manager, private readonly key: Uint8Array) {}
  get options() {
    return { applicationServerKey: this.key.buffer }
  }
  toJSON = () => ({ endpoint: this.endpoint, keys: { p256dh: 'p', auth: 'a' } })
  unsubscribe = async () => ((this.manager.subscription = null), true)
}

let permission: NotificationPermission
beforeEach(() => {
  vi.resetModules()
  localStorage.clear()
  permission = 'default'
  worker = { pushManager: new Manager() }
  vi.stubGlobal('PushManager', Manager)
  vi.stubGlobal('Notification', {
    get permission() {
      return permission
    },
    requestPermission: async () => (permission = permission === 'default' ? 'granted' : permission),
  })
  Object.defineProperty(navigator, 'serviceWorker', { value: { ready: Promise.resolve(worker) }, configurable: true })
  for (const call of Object.values(api)) call.mockReset().mockResolvedValue(undefined)
  api.getPushKey.mockResolvedValue({ key: keyText })
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})
const push = () => import('./push')
const agent = (userAgent: string) => vi.spyOn(navigator, 'userAgent', 'get').mockReturnValue(userAgent)

test('a_browser_without_push_and_wechat_show_nothing_and_an_iphone_says_how', async () => {
  const { pushState } = await push()
  agent('Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0.50')
  expect(await pushState()).toBe('none')
  agent('Mozilla/5.0 (Linux; Android 14)')
  expect(await pushState()).toBe('off')
  worker = undefined
  expect(await pushState()).toBe('none')
  // @ts-expect-error what older browsers and iPhones outside the home screen are like
  delete globalThis.PushManager
  expect(await pushState()).toBe('none')
  agent('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)')
  expect(await pushState()).toBe('home')
  vi.restoreAllMocks()
})

test('one_tap_asks_subscribes_and_tells_the_service', async () => {
  const { subscribe, pushState } = await push()
  expect(await subscribe(WANG)).toBe('on')
  expect(api.putPushSubscription).toHaveBeenCalledWith({ endpoint: 'https://push.example.org/1', keys: { p256dh: 'p', auth: 'a' } })
  expect(await pushState()).toBe('on')
})

test('who_says_no_is_not_subscribed_and_not_asked_again', async () => {
  const { subscribe } = await push()
  permission = 'denied'
  expect(await subscribe(WANG)).toBe('denied')
  expect(api.getPushKey).not.toHaveBeenCalled()
})

test('a_browser_whose_push_service_cannot_be_reached_says_so', async () => {
  const { subscribe, NoPushService } = await push()
  worker!.pushManager.refuses = true
  await expect(subscribe(WANG)).rejects.toBeInstanceOf(NoPushService)
  expect(api.putPushSubscription).not.toHaveBeenCalled()
})

test('leaving_ends_it_here_and_at_the_service_even_when_the_service_is_away', async () => {
  const { subscribe, unsubscribe } = await push()
  await subscribe(WANG)
  api.deletePushSubscription.mockRejectedValue(new Error('offline'))
  expect(await unsubscribe()).toBe('off')
  // The name the service knows it by: SHA-256 of the endpoint.
  expect(api.deletePushSubscription).toHaveBeenCalledWith('Vy7T27PJN_Q0To7s3-1qEiyH0c-NA-byEYEpZq8_9Tk')
  expect(worker!.pushManager.subscription).toBeNull()
})

test('each_day_it_is_renewed_and_a_new_key_of_the_service_is_taken', async () => {
  const { subscribe, renew } = await push()
  await subscribe(WANG)
  const first = worker!.pushManager.subscription
  await renew(WANG)
  expect(api.putPushSubscription).toHaveBeenCalledTimes(1)
  vi.useFakeTimers({ now: Date.now() + 25 * 3_600_000, toFake: ['Date'] })
  await renew(WANG)
  expect(api.putPushSubscription).toHaveBeenCalledTimes(2)
  expect(worker!.pushManager.subscription).toBe(first)
  vi.setSystemTime(Date.now() + 25 * 3_600_000)
  api.getPushKey.mockResolvedValue({ key: keyText.replace('BAQE', 'BAUE') })
  await renew(WANG)
  expect(worker!.pushManager.subscription).not.toBe(first)
})

test('somebody_elses_notices_do_not_stay_on_the_phone', async () => {
  const { subscribe, renew } = await push()
  await subscribe(WANG)
  await renew(LI)
  expect(worker!.pushManager.subscription).toBeNull()
})
