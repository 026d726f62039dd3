import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BrowserContext, Page, Worker } from '@playwright/test'
import { expectComfort, setMode } from './comfort'
import { expect, file, move, resident, staff, test, workerOf } from './house'
import { PushService } from './pushService'

test.use({ serviceWorkers: 'allow' })

const PICTURES = join(dirname(fileURLToPath(import.meta.url)), 'screenshots')
const WORDS = '潞州区东街街道下东社区单元门口的路灯坏了快一个星期。'

/** The page once its worker stands and holds all its files. */
async function settledWorker(page: Page): Promise<Worker> {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true)
  return page.context().serviceWorkers()[0] ?? page.context().waitForEvent('serviceworker')
}

test('after the first visit pages open without a network, and say so', async ({ browser, server }) => {
  const context = await browser.newContext({ baseURL: server.url })
  const page = await context.newPage()
  await page.goto('/')
  await settledWorker(page)
  await context.setOffline(true)
  await page.goto('/')
  await expect(page.getByText('网络已断开')).toBeVisible()
  await expect(page.locator('main')).toContainText('急事直接打电话')
  // Pages nobody opened before, to write on and to read.
  await page.goto('/report')
  await page.getByLabel('发生了什么？').fill(WORDS)
  await page.goto('/me')
  await expect(page.getByRole('heading', { level: 1, name: '我的' })).toBeVisible()

  await context.setOffline(false)
  await page.goto('/')
  await expect(page.getByText('网络已断开')).toBeHidden()
  await expect(page.locator('main')).toContainText('急事直接打电话')
})

test('nothing of a person is kept in the files of the device', async ({ browser, server }) => {
  const context = await resident(browser, server.url)
  const filed = await file(context, { text: WORDS })
  const page = await context.newPage()
  await page.goto('/')
  await settledWorker(page)
  for (const path of ['/cases', `/cases/${filed.number}`, '/inbox', '/me']) {
    await page.goto(path)
    await expect(page.locator('h1')).toBeVisible()
  }
  const kept = await page.evaluate(async () => {
    const paths: string[] = []
    for (const name of await caches.keys()) for (const { url } of await (await caches.open(name)).keys()) paths.push(new URL(url).pathname)
    return paths
  })
  expect(kept).toContain('/')
  expect(kept.filter((path) => path !== '/' && path !== '/favicon.svg' && !path.startsWith('/assets/'))).toEqual([])
  await context.setOffline(true)
  await page.goto(`/cases/${filed.number}`)
  await expect(page.getByRole('button', { name: '再试一次' })).toBeVisible()
  await expect(page.locator('body')).not.toContainText('路灯坏了')
})

test('an update is shown at once and the page before it still finds its files', async ({ browser, server }) => {
  const context = await browser.newContext({ baseURL: server.url })
  const page = await context.newPage()
  // A generation that is older than what the service has.
  await page.goto('/')
  await settledWorker(page)
  const [name] = await page.evaluate(async () => {
    for (const old of ['linge-aaaa', 'linge-bbbb']) await (await caches.open(old)).put('/assets/old.js', new Response('export {}'))
    return (await caches.keys()).filter((one) => !/aaaa|bbbb/.test(one))
  })
  await page.evaluate(async (own) => void (await (await caches.open(own!)).put('/', new Response('an old page', { headers: { 'content-type': 'text/html' } }))), name)
  await page.reload()
  await expect(page.locator('main')).toContainText('急事直接打电话')
  expect(await page.evaluate(async () => (await fetch('/assets/old.js')).text())).toBe('export {}')
})

test('a device subscribes, is told sealed, shows it, and a tap opens the case', async ({ browser, server }) => {
  const service = await PushService.start()
  const context = await resident(browser, server.url)
  await context.grantPermissions(['notifications'], { origin: server.url })
  const page = await context.newPage()
  await withPushService(page, service)
  await page.goto('/me')
  const worker = await settledWorker(page)
  const card = page.locator('section', { has: page.getByRole('heading', { name: '手机通知' }) })
  await card.getByRole('switch').click()
  await expect(card.getByRole('switch')).toHaveAttribute('aria-checked', 'true')

  // Everything of ours from here on: the case moves, the ladder comes to this device, the push is sealed and signed.
  const filed = await file(context, { text: WORDS })
  const grid = await staff(browser, server.url, await workerOf(context.request, server.url, filed.grid.code))
  await move(grid, filed.number, { move: 'ACCEPT', words: '收到，今天下午就去。' })
  await move(grid, filed.number, { move: 'HANDLE', words: '已联系师傅。' })
  // The step before it went by SMS: within a minute of it this one waits, so that several become one.
  await expect.poll(() => service.pushes.map(({ told }) => told.subject), { timeout: 120_000 }).toContain(filed.number)
  const pushed = service.pushes[0]!
  expect(pushed.told.kind).toBe('RESIDENT')
  expect(pushed.headers['topic']).toMatch(/^[\w-]{32}$/)

  // The browser's part, as its push service would: the worker gets the opened message.
  await deliver(context, page, server.url, pushed.text)
  await expect.poll(() => shown(page)).toEqual([{ title: pushed.told.title, body: pushed.told.text, path: `/cases/${filed.number}` }])
  // Once more the same, and then something newer on the same case: one stands there, the newer.
  await deliver(context, page, server.url, pushed.text)
  await deliver(context, page, server.url, JSON.stringify({ ...pushed.told, delivery: pushed.told.delivery + 1, title: '您的诉求办好了，请您评一评' }))
  await expect.poll(async () => (await shown(page)).map(({ title }) => title)).toEqual(['您的诉求办好了，请您评一评'])

  await worker.evaluate(async () => {
    const { registration } = self as unknown as { registration: ServiceWorkerRegistration }
    const [notification] = await registration.getNotifications()
    // A click nobody but a person can make; its event is the same.
    const Click = (self as unknown as { NotificationEvent: new (type: string, init: object) => Event }).NotificationEvent
    self.dispatchEvent(new Click('notificationclick', { notification }))
  })
  await expect(page).toHaveURL(new RegExp(`/cases/${filed.number}$`))
  await expect.poll(() => shown(page)).toEqual([])

  // Gone at the push service: forgotten here.
  service.status = 410
  await page.goto('/me')
  await expect(card.getByRole('switch')).toHaveAttribute('aria-checked', 'true')
  await card.getByRole('switch').click()
  await expect(card.getByRole('switch')).toHaveAttribute('aria-checked', 'false')
  service.stop()
})

test('the browser of this machine is asked for a subscription of its own, and what comes of it is told', async ({ browser, server }) => {
  const context = await resident(browser, server.url)
  await context.grantPermissions(['notifications'], { origin: server.url })
  const page = await context.newPage()
  await page.goto('/me')
  await settledWorker(page)
  const card = page.locator('section', { has: page.getByRole('heading', { name: '手机通知' }) })
  await card.getByRole('switch').click()
  // Without a way to the maker's push service it refuses, and the page says so; with one it is on.
  await expect(card.getByRole('alert').or(card.locator('[aria-checked=true]'))).toBeVisible({ timeout: 60_000 })
  if (await card.getByRole('alert').isVisible()) await expect(card.getByRole('alert')).toContainText('连不上它的推送服务')
})

test('whoever said no is told how to change it, and WeChat shows no switch', async ({ browser, server }) => {
  const context = await resident(browser, server.url)
  const page = await context.newPage()
  await page.addInitScript(() => Object.defineProperty(Notification, 'permission', { get: () => 'denied' }))
  await page.goto('/me')
  await expect(page.getByText('先到手机或浏览器的设置里允许')).toBeVisible()
  await expect(page.getByRole('heading', { name: '手机通知' }).locator('..').getByRole('switch')).toHaveCount(0)

  const { cookies, origins } = await context.storageState()
  const wechat = await browser.newContext({ baseURL: server.url, storageState: { cookies, origins }, userAgent: 'Mozilla/5.0 (Linux; Android 14) Chrome/126.0 Mobile Safari/537.36 MicroMessenger/8.0.50' })
  const inWeChat = await wechat.newPage()
  await inWeChat.goto('/me')
  await expect(inWeChat.getByText('看得更清楚')).toBeVisible()
  await settledWorker(inWeChat)
  await expect(inWeChat.getByRole('heading', { name: '手机通知' })).toHaveCount(0)
})

for (const mode of ['plain', 'elder'] as const) {
  test(`the switch fits a phone and every hand and eye, ${mode}`, async ({ browser, server }) => {
    const context = await resident(browser, server.url)
    const team = await workerOf(context.request, server.url, (await file(context, { text: WORDS })).grid.code)
    const people = { resident: [context, '/me'], worker: [await staff(browser, server.url, team), '/staff/me'] } as const
    for (const [who, [signedIn, path]] of Object.entries(people)) {
      const page = await signedIn.newPage()
      await setMode(page, mode)
      await page.addInitScript(() => Object.defineProperty(Notification, 'permission', { get: () => sessionStorage.getItem('said') ?? 'default' }))
      for (const said of ['default', 'denied']) {
        await page.goto(path)
        await page.evaluate((word) => sessionStorage.setItem('said', word), said)
        await page.reload()
        const card = page.locator('section', { has: page.getByRole('heading', { name: '手机通知' }) })
        await expect(said === 'denied' ? card.getByText('设置里允许') : card.getByRole('switch')).toBeVisible()
        await expectComfort(page, mode)
        await card.scrollIntoViewIfNeeded()
        await page.screenshot({ path: join(PICTURES, `notices-of-${who}-${said}.${mode}.png`) })
      }
    }
  })
}

/** The browser's push service is its maker's; in its place the page meets ours, which has keys of its own. */
async function withPushService(page: Page, { subscription }: PushService) {
  await page.addInitScript(({ endpoint, p256dh, auth }) => {
    // Like a browser's, a subscription outlives the page.
    const KEPT = 'push service of the test'
    const subscriptionOf = (key: number[]) => ({
      endpoint,
      options: { applicationServerKey: new Uint8Array(key).buffer },
      toJSON: () => ({ endpoint, keys: { p256dh, auth } }),
      unsubscribe: async () => (sessionStorage.removeItem(KEPT), true),
    }) as unknown as PushSubscription
    PushManager.prototype.subscribe = async function (options) {
      const key = [...(options!.applicationServerKey as Uint8Array)]
      sessionStorage.setItem(KEPT, JSON.stringify(key))
      return subscriptionOf(key)
    }
    PushManager.prototype.getSubscription = async () => {
      const kept = sessionStorage.getItem(KEPT)
      return kept === null ? null : subscriptionOf(JSON.parse(kept) as number[])
    }
  }, subscription)
}

/** Chromium's own way to hand a worker a push, as its developer tools do. */
async function deliver(context: BrowserContext, page: Page, origin: string, data: string) {
  const tools = await context.newCDPSession(page)
  const registered = new Promise<string>((resolve) =>
    tools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => registrations[0] && resolve(registrations[0].registrationId)),
  )
  await tools.send('ServiceWorker.enable')
  await tools.send('ServiceWorker.deliverPushMessage', { origin, registrationId: await registered, data })
  await tools.detach()
}

function shown(page: Page): Promise<{ title: string; body: string; path: string }[]> {
  return page.evaluate(async () => {
    const notifications = await (await navigator.serviceWorker.ready).getNotifications()
    return notifications.map(({ title, body, data }) => ({ title, body, path: (data as { path: string }).path }))
  })
}
