import { test as base, expect, type APIRequestContext, type Browser, type BrowserContext, type Page } from '@playwright/test'
import { Server } from './server'

/** Who is signed in for more than one test. */
export const longLived = new WeakSet<BrowserContext>()

/** Tests that share one running service; each brings its own residents, so that none sees another's cases. */
export const test = base.extend<{ tidy: void }, { server: Server }>({
  server: [
    async ({}, use) => {
      const server = await Server.start()
      await use(server)
      await server.stop()
    },
    { scope: 'worker', timeout: 240_000 },
  ],
  baseURL: async ({ server }, use) => use(server.url),
  // Pages left open go on asking the service, and a long run slows down by all of them.
  tidy: [
    async ({ browser }, use) => {
      await use()
      await Promise.all(browser.contexts().filter((context) => !longLived.has(context)).map((context) => context.close()))
    },
    { auto: true },
  ],
})
export { expect }

export interface SignIn {
  name: string
  role: string
  user: string
  password: string
}

let last = Number(String(Date.now()).slice(-7)) * 10
/** A phone number nobody used before in this run. */
export function newPhone(): string {
  return `138${String((last += 1) % 100_000_000).padStart(8, '0')}`
}

/** The code in the newest SMS to this phone, as the demo's gateway shows it. */
export async function smsCode(request: APIRequestContext, url: string, phone: string): Promise<string> {
  let code = ''
  await expect
    .poll(async () => {
      const answer = await request.get(`${url}/api/demo/messages?phone=${phone}`)
      const { items } = (await answer.json()) as { items: { text: string }[] }
      return (code = items[0]?.text.match(/验证码 (\d{6})/)?.[1] ?? '')
    })
    .not.toBe('')
  return code
}

/** Signs in on the page that is open, the way a resident does. */
export async function signInByPage(page: Page, url: string, phone: string) {
  await page.getByLabel('手机号', { exact: true }).fill(phone)
  await page.getByRole('button', { name: '获取验证码' }).click()
  await expect(page.getByText('验证码已发送')).toBeVisible()
  await page.getByLabel('短信验证码').fill(await smsCode(page.request, url, phone))
  await page.getByRole('button', { name: '登录', exact: true }).click()
}

/** A resident's browser, signed in without pages: for tests whose story begins later. */
export async function resident(browser: Browser, url: string, phone = newPhone()): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: url })
  expect((await context.request.post('/api/sms-codes', { data: { phone } })).ok()).toBe(true)
  const code = await smsCode(context.request, url, phone)
  expect((await context.request.post('/api/sessions', { data: { phone, code } })).status()).toBe(201)
  return context
}

export async function signInsOf(request: APIRequestContext, url: string, grid?: string): Promise<SignIn[]> {
  const answer = await request.get(`${url}/api/demo/sign-ins${grid ? `?grid=${grid}` : ''}`)
  return ((await answer.json()) as { items: SignIn[] }).items
}

export async function workerOf(request: APIRequestContext, url: string, grid: string): Promise<SignIn> {
  const worker = (await signInsOf(request, url, grid)).find(({ role }) => role === 'GRID_WORKER')
  if (!worker) throw new Error(`grid ${grid} has no worker`)
  return worker
}

export async function staff(browser: Browser, url: string, { user, password }: Pick<SignIn, 'user' | 'password'>): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: url })
  expect((await context.request.post('/api/sessions', { data: { user, password } })).status()).toBe(201)
  return context
}

export interface FiledCase {
  number: string
  version: number
  state: string
  grid: { code: string; name: string }
}

/** Calls the service with the cookies of a signed-in browser, for what a test needs but does not tell about. */
export async function call<T>(context: BrowserContext, method: 'POST' | 'PUT', path: string, data: unknown, key?: string): Promise<T> {
  const { csrf } = (await (await context.request.get('/api/sessions')).json()) as { csrf: string }
  const headers = { 'X-CSRF-Token': csrf, ...(key ? { 'Idempotency-Key': key } : {}) }
  const answer = await context.request.fetch(path, { method, data: data as object, headers })
  if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`)
  return (await answer.json()) as T
}

export function file(context: BrowserContext, filing: object): Promise<FiledCase> {
  return call(context, 'POST', '/api/cases', filing, crypto.randomUUID())
}

/** One move by somebody signed in, on the newest version. */
export async function move(context: BrowserContext, number: string, body: { move: string; words?: string; [more: string]: unknown }) {
  const now = (await (await context.request.get(`/api/cases/${number}`)).json()) as FiledCase
  return call<FiledCase>(context, 'POST', `/api/cases/${number}/moves`, { version: now.version, ...body })
}

/**
 * Whatever the page says in a toast from now on, kept: a busy machine may look only when it has gone again. The listening ends
 * with the document.
 */
export async function toastsOf(page: Page): Promise<() => Promise<string>> {
  await page.evaluate(() => {
    const said: string[] = []
    Object.assign(window, { said })
    new MutationObserver(() => {
      for (const toast of document.querySelectorAll<HTMLElement>('.van-toast')) {
        const words = toast.innerText.trim()
        if (words && said.at(-1) !== words) said.push(words)
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true })
  })
  return () => page.evaluate(() => (window as unknown as { said: string[] }).said.join('\n'))
}

/** A night street with a broken lamp, drawn and taken as a JPEG: a real photo file, and ours. */
export async function photo(browser: Browser, lamp: 'broken' | 'mended'): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  const page = await browser.newPage({ viewport: { width: 900, height: 675 } })
  const light = lamp === 'mended' ? '<circle cx="560" cy="170" r="230" fill="url(#g)"/><circle cx="560" cy="170" r="22" fill="#fff6d8"/>' : '<circle cx="560" cy="170" r="20" fill="#3c4458"/>'
  await page.setContent(`<body style="margin:0"><svg width="900" height="675" style="display:block"><defs>
    <linearGradient id="s" y2="1" x2="0"><stop stop-color="#1c2740"/><stop offset="1" stop-color="#4b5a78"/></linearGradient>
    <radialGradient id="g"><stop stop-color="#ffe9a8" stop-opacity=".95"/><stop offset="1" stop-color="#ffe9a8" stop-opacity="0"/></radialGradient></defs>
    <rect width="900" height="675" fill="url(#s)"/><path d="M0 330h180v-120h150v120h80V150h90v180h400v345H0z" fill="#141b2c"/>
    <path d="M0 675 380 430h190l330 245z" fill="#2c3446"/><path d="M610 600V210q0-50-50-50" fill="none" stroke="#0d121e" stroke-width="16"/>${light}</svg>`)
  const buffer = await page.screenshot({ type: 'jpeg', quality: 85 })
  await page.close()
  return { name: `${lamp}.jpg`, mimeType: 'image/jpeg', buffer }
}
