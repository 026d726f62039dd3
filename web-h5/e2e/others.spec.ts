import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test as base, expect, type Browser, type Page } from '@playwright/test'
import { expectComfort, expectNothingSerious, setMode } from './comfort'
import { call, file, newPhone, signInsOf, staff, toastsOf, workerOf, type FiledCase } from './house'
import { Carrier, Receiver, WeChat } from './others'
import { Server } from './server'

/** Beside carriers, WeChat and other systems that really answer: nothing of ours is stood in for. */
const SECRET = 'reports-of-the-browser-tests'
const PLACE = '潞州区英雄中路街道莲花池社区'
const folder = join(dirname(fileURLToPath(import.meta.url)), 'screenshots')
mkdirSync(folder, { recursive: true })
const picture = (page: Page, name: string) => page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })

interface City {
  server: Server
  carrier: Carrier
  weChat: WeChat
  url: string
}

const test = base.extend<object, { city: City }>({
  city: [
    async ({}, use) => {
      const carrier = await new Carrier().open()
      const weChat = await new WeChat().open()
      const server = await Server.start((url) => ({
        LINGE_PUBLIC_URL: url,
        LINGE_SMS: 'aliyun',
        LINGE_SMS_ALIYUN_KEY: 'key',
        LINGE_SMS_ALIYUN_SECRET: 'secret',
        LINGE_SMS_ALIYUN_ENDPOINT: carrier.url,
        LINGE_SMS_REPORT_SECRET: SECRET,
        LINGE_WECHAT_APP_ID: 'wx0123456789abcdef',
        LINGE_WECHAT_SECRET: '0123456789abcdef0123456789abcdef',
        LINGE_WECHAT_TOKEN: 'browsertests',
        LINGE_WECHAT_API: weChat.url,
        LINGE_WEBHOOK_NETWORKS: '127.0.0.0/8',
      }))
      await use({ server, carrier, weChat, url: server.url })
      await server.stop()
      carrier.close()
      weChat.close()
    },
    { scope: 'worker', timeout: 240_000 },
  ],
})
test.describe.configure({ mode: 'serial' })

async function administrator(browser: Browser, { url }: City): Promise<Page> {
  const context = await browser.newContext()
  const [one] = await signInsOf(context.request, url)
  await context.close()
  const page = await (await staff(browser, url, { user: 'admin', password: one!.password })).newPage()
  await page.setViewportSize({ width: 1280, height: 900 })
  return page
}

/** Proves a phone on the page that is open, by the code that really went to the carrier. */
async function prove(page: Page, { carrier }: City, phone: string, go: string) {
  const before = carrier.taken.length
  await page.getByLabel('手机号', { exact: true }).fill(phone)
  await page.getByRole('button', { name: '获取验证码' }).click()
  await expect.poll(() => carrier.taken.slice(before).some((one) => one.phone === phone)).toBe(true)
  await page.getByLabel('短信验证码').fill(carrier.last(phone, 'SMS_code')!.fields['code']!)
  await page.getByRole('button', { name: go, exact: true }).click()
}

test('an operator is told which SMS have no number with the carrier, and enters it', async ({ browser, city }) => {
  const page = await administrator(browser, city)
  await page.goto(`${city.url}/staff/notices`)
  const todo = page.getByRole('listitem').filter({ hasText: '阿里云短信：登录验证码没有模板号' })
  await expect(todo).toContainText('居民收不到验证码')
  await picture(page, 'notice-desk-unnumbered.wide')
  await todo.getByRole('button', { name: '去填编号' }).click()
  await page.getByRole('button', { name: /登录验证码/ }).click()
  const form = page.locator('form').filter({ has: page.getByRole('heading', { name: /阿里云短信/ }) })
  await expect(form).toContainText('验证码{code}，5分钟内有效')
  await form.getByLabel('平台编号').fill('SMS_code')
  await form.getByRole('button', { name: '保存' }).click()
  await expect(form.getByText(/今天 .*改$/)).toBeVisible()
  await page.getByLabel('搜模板').fill('case-accepted')
  await page.getByRole('button', { name: /您的诉求已受理/ }).click()
  await expect(page.locator('form').filter({ hasText: 'case-accepted.who.due' })).toContainText('由{who}负责，预计{due}前办结')
  await expect(page.locator('.van-toast')).toBeHidden()
  await expectNothingSerious(page)
  await picture(page, 'notice-desk-sms-numbers.wide')
  // The others, without the page.
  const { items } = (await (await page.request.get('/api/staff/notices/templates')).json()) as { items: { mappings: { platform: string; template: string; id?: string }[] }[] }
  for (const { platform, template, id } of items.flatMap(({ mappings }) => mappings))
    if (platform === 'sms-aliyun' && !id) await call(page.context(), 'PUT', `/api/staff/notices/templates/${template}/${platform}`, { id: `SMS_${template}`, was: null })
  await page.goto(`${city.url}/staff/notices`)
  await expect(page.getByText('最近 24 小时')).toBeVisible()
  await expect(page.getByText('没有模板号')).toHaveCount(0)
})

test('a number the carrier returns is told on the case and to its owner, until a code arrives there', async ({ browser, city }) => {
  const phone = newPhone()
  const home = await browser.newContext({ baseURL: city.url })
  const page = await home.newPage()
  await page.goto('/sign-in?back=/me/notices')
  await prove(page, city, phone, '登录')
  await expect(page.getByText(`发到 ${phone.slice(0, 3)}****${phone.slice(-4)}`)).toBeVisible()
  const filed: FiledCase = await file(home, { text: `${PLACE}的路灯坏了，晚上看不见。` })
  await expect.poll(() => city.carrier.taken.some((one) => one.phone === phone && one.template.startsWith('SMS_case-filed'))).toBe(true)
  const sms = city.carrier.taken.filter((one) => one.phone === phone && one.template.startsWith('SMS_case-filed')).at(-1)!
  const report = { phone_number: phone, send_time: '2026-11-26 10:00:00', report_time: '2026-11-26 10:00:03', success: false, err_code: 'MK:0001', err_msg: '空号', sms_size: '1', biz_id: sms.id, out_id: sms.delivery }
  expect((await page.request.post(`${city.url}/sms-reports/aliyun/${SECRET}`, { data: [report] })).ok()).toBe(true)

  const worker = await (await staff(browser, city.url, await workerOf(home.request, city.url, filed.grid.code))).newPage()
  for (const mode of ['plain', 'elder'] as const) {
    await setMode(worker, mode)
    await worker.goto(`/staff/cases/${filed.number}`)
    await expect(worker.getByRole('note').filter({ hasText: '短信' })).toBeVisible()
    await expectComfort(worker, mode)
    await picture(worker, `case-bounced.${mode}`)
  }
  await page.reload()
  await expect(page.getByText(`短信送不到 ${phone.slice(0, 3)}****${phone.slice(-4)}`)).toBeVisible()
  await picture(page, 'my-notices-really-bounced.plain')

  const again = await (await browser.newContext({ baseURL: city.url })).newPage()
  await again.goto('/sign-in?back=/me/notices')
  await prove(again, city, phone, '登录')
  await expect(again.getByText(`发到 ${phone.slice(0, 3)}****${phone.slice(-4)}`)).toBeVisible()
  await expect(again.getByText('短信送不到')).toHaveCount(0)
  await worker.reload()
  await expect(worker.getByRole('heading', { name: '办理经过' })).toBeVisible()
  await expect(worker.getByRole('note').filter({ hasText: '短信' })).toHaveCount(0)
})

test('a WeChat is bound by its owner, shown on 我的, and let go on their word', async ({ browser, city }) => {
  const phone = newPhone()
  const page = await (await browser.newContext({ baseURL: city.url })).newPage()
  await page.goto('/wechat/login?to=/me')
  await prove(page, city, phone, '绑定')
  const card = page.getByRole('region', { name: '微信' })
  await expect(card).toBeVisible()
  await expectComfort(page, 'plain')
  await picture(page, 'me-wechat.plain')
  await card.getByRole('button', { name: '解除绑定' }).click()
  await expect(page.locator('.van-dialog')).toContainText('以后微信里不再收到办理进展')
  await picture(page, 'me-wechat-sure.plain')
  await page.locator('.van-dialog').getByRole('button', { name: '取消' }).click()
  await expect(card).toBeVisible()
  await setMode(page, 'elder')
  await page.reload()
  await expect(card).toBeVisible()
  await expectComfort(page, 'elder')
  await picture(page, 'me-wechat.elder')
  await card.getByRole('button', { name: '解除绑定' }).click()
  const said = await toastsOf(page)
  await page.locator('.van-dialog').getByRole('button', { name: '解除绑定' }).click()
  await expect.poll(said).toContain('已解除绑定')
  await expect(card).toHaveCount(0)
  await page.reload()
  await expect(page.getByText(phone.slice(-4))).toBeVisible()
  await expect(card).toHaveCount(0)
})

test('another system is added, pinged, hears of a case, and is switched off when it says so', async ({ browser, city }) => {
  const receiver = await new Receiver().open()
  const page = await administrator(browser, city)
  await page.goto(`${city.url}/staff/systems`)
  await page.getByRole('button', { name: '添加推送' }).click()
  const add = page.getByRole('dialog', { name: '添加推送' })
  await add.getByLabel('对方系统').fill('平安山西')
  await add.getByLabel('接收网址').fill(`${receiver.url}/hear`)
  await add.getByRole('button', { name: '添加', exact: true }).click()
  const told = page.getByRole('dialog', { name: '密钥' })
  receiver.secret = (await told.locator('code').textContent())!.trim()
  expect(receiver.secret).toMatch(/^whsec_/)
  await told.getByRole('button', { name: '已经交给对方' }).click()

  await page.getByRole('button', { name: /平安山西/ }).click()
  const sheet = page.getByRole('dialog', { name: '平安山西' })
  await sheet.getByRole('button', { name: '发一个测试事件' }).click()
  await expect(sheet.getByRole('status')).toContainText('对方收下了：HTTP 204')
  expect(receiver.heard.map(({ event, genuine }) => [event.type, genuine])).toEqual([['cn.linge.ping', true]])
  await sheet.getByLabel('一条事件最多试几次').fill('2')
  await sheet.getByRole('button', { name: '保存' }).click()
  await expect(sheet.getByRole('status')).toContainText('请填 3 到 200')
  await sheet.getByLabel('一条事件最多试几次').fill('6')
  await sheet.getByRole('button', { name: '保存' }).click()
  await expect(sheet.getByRole('status')).toContainText('已改')

  const home = await browser.newContext({ baseURL: city.url })
  const phone = newPhone()
  const visitor = await home.newPage()
  await visitor.goto('/sign-in?back=/me')
  await prove(visitor, city, phone, '登录')
  await expect(visitor.getByText(phone.slice(-4))).toBeVisible()
  const filed = await file(home, { text: `${PLACE}的井盖松了，走上去响。` })
  await expect.poll(() => receiver.heard.find(({ event }) => event.subject === filed.number)?.genuine).toBe(true)
  await sheet.getByRole('button', { name: '刷新' }).click()
  await expect(sheet.getByRole('listitem').filter({ hasText: filed.number })).toContainText('已送达')
  await expectNothingSerious(page)
  await picture(page, 'webhook-delivered.wide')

  receiver.answer = () => 410
  await file(home, { text: `${PLACE}的垃圾桶满了，没人收。` })
  await expect.poll(async () => {
    const { items } = (await (await page.request.get('/api/staff/webhooks')).json()) as { items: { offBecause?: string }[] }
    return items[0]?.offBecause
  }).toBe('GONE')
  await page.goto(`${city.url}/staff/inbox`)
  await expect(page.getByText('推送“平安山西”自动停下了')).toBeVisible()
  await picture(page, 'inbox-webhook-off.wide')
  await page.getByText('推送“平安山西”自动停下了').click()
  await expect(page).toHaveURL(/\/staff\/systems$/)
  await expect(page.getByText('已停用').first()).toBeVisible()
  receiver.close()
})
