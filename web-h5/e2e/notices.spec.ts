import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from '@playwright/test'
import { expectComfort, expectNothingSerious, setMode } from './comfort'
import { expect, file, newPhone, resident, signInsOf, staff, test, toastsOf } from './house'

const folder = join(dirname(fileURLToPath(import.meta.url)), 'screenshots')
mkdirSync(folder, { recursive: true })
const PLACE = '潞州区英雄中路街道东营社区'
const picture = (page: Page, name: string) => page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })

test.describe('a resident', () => {
  test('chooses how to be told; every change is kept at once and can be taken back', async ({ browser, server }) => {
    const phone = newPhone()
    const page = await (await resident(browser, server.url, phone)).newPage()
    await page.goto('/me')
    await page.getByRole('link', { name: '通知方式' }).click()
    await expect(page.getByRole('heading', { level: 1, name: '通知方式' })).toBeVisible()
    const sms = page.getByRole('switch', { name: '短信', exact: true })
    await expect(sms).toBeChecked()
    await expect(page.getByText(`发到 ${phone.slice(0, 3)}****${phone.slice(-4)}`)).toBeVisible()
    await expect(page.getByRole('switch', { name: '微信' })).toBeDisabled()

    await sms.uncheck()
    await expect(page.locator('.kept')).toContainText('已保存')
    await expect(page.getByText('要您自己到“消息”里看')).toBeVisible()
    await page.getByRole('button', { name: '撤销' }).click()
    await expect(sms).toBeChecked()
    await expect(page.locator('.kept')).toContainText('已改回来')

    await page.getByRole('switch', { name: '夜里不打扰' }).check()
    await page.getByLabel('从', { exact: true }).fill('21:30')
    await page.getByLabel('到', { exact: true }).fill('21:30')
    await expect(page.getByRole('alert')).toHaveText('开始和结束不能是同一个时间')
    await page.getByLabel('到', { exact: true }).fill('06:45')
    await expect(page.getByText('每天 21:30 到第二天 06:45 不打扰')).toBeVisible()
    await page.getByRole('switch', { name: '短信写得更直白' }).check()
    await expect(page.locator('.kept')).toContainText('已保存')

    await page.reload()
    await expect(page.getByRole('switch', { name: '短信写得更直白' })).toBeChecked()
    await expect(page.getByLabel('到', { exact: true })).toHaveValue('06:45')
  })

  test('by keyboard alone, and hears what was kept', async ({ browser, server }) => {
    const page = await (await resident(browser, server.url)).newPage()
    await page.goto('/me/notices')
    const elder = page.getByRole('switch', { name: '短信写得更直白' })
    await expect(elder).toBeVisible()
    for (let step = 0; step < 20 && !(await elder.evaluate((one) => one === document.activeElement)); step++) await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    await expect(elder).toBeChecked()
    await expect(page.locator('[aria-live]').filter({ hasText: '已保存' })).toHaveCount(1)
    await page.keyboard.press('Tab')
    await expect(page.getByRole('button', { name: '撤销' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(elder).not.toBeChecked()
  })

  test('without a network: the change waits on the page and goes out by itself', async ({ browser, server }) => {
    const context = await resident(browser, server.url)
    const page = await context.newPage()
    await page.goto('/me/notices')
    const elder = page.getByRole('switch', { name: '短信写得更直白' })
    await expect(elder).toBeVisible()
    await context.setOffline(true)
    await elder.check()
    await expect(page.locator('.kept')).toContainText('网络断了，联网后自动保存')
    await picture(page, 'my-notices-offline.plain')
    await context.setOffline(false)
    await expect(page.locator('.kept')).toContainText('已保存')
    await page.reload()
    await expect(elder).toBeChecked()
  })

  for (const mode of ['plain', 'elder'] as const) {
    test(`whose number bounced and who has it all reads it well, ${mode}`, async ({ browser, server }) => {
      const page = await (await resident(browser, server.url)).newPage()
      await setMode(page, mode)
      // A carrier that refuses numbers is no part of the demo: what the service would say then.
      await page.route('**/api/me/notices', (route) => route.fulfill({ json: {
        ways: [
          { way: 'wechat', on: true, state: 'READY', consents: 3 },
          { way: 'sms', on: true, state: 'BOUNCED', to: '139****0001', bouncedAt: '2026-11-20T02:10:00Z' },
          { way: 'web-push', on: false, state: 'READY', devices: 2 },
        ],
        quiet: { from: '22:00', to: '07:00' }, elderWords: true,
      } }))
      await page.goto('/me/notices')
      await expect(page.getByText('短信送不到 139****0001')).toBeVisible()
      await expect(page.getByText('一次性通知，还可以发 3 次')).toBeVisible()
      await expectComfort(page, mode)
      await picture(page, `my-notices-bounced.${mode}`)
    })
  }
})

test.describe('an operator', () => {
  test.use({ viewport: { width: 1280, height: 900 }, isMobile: false, hasTouch: false })

  async function operator(browser: Browser, url: string): Promise<Page> {
    const home = await resident(browser, url)
    await file(home, { text: `${PLACE}的路灯坏了，晚上看不见。` })
    const [one] = await signInsOf(home.request, url)
    const context = await staff(browser, url, { user: 'admin', password: one!.password })
    return context.newPage()
  }

  test('sees that all is well, how many went out and how fast, and sets a limit on record', async ({ browser, server }) => {
    const page = await operator(browser, server.url)
    await keepOut(page)
    await page.goto('/staff/notices')
    await expect(page.getByRole('heading', { name: '一切正常' })).toBeVisible()
    await expect(page.getByRole('row').filter({ hasText: '站内消息' })).toContainText('秒')
    await expectNothingSerious(page)
    await picture(page, 'notice-desk-now.wide')
    await page.getByRole('button', { name: '改上限：短信：每天总数' }).click()
    const sheet = page.getByRole('dialog', { name: '短信：每天总数' })
    await sheet.getByLabel('上限').fill('很多')
    await sheet.getByRole('button', { name: '保存' }).click()
    await expect(sheet.getByRole('alert')).toHaveText('请填不小于 0 的整数，或留空')
    await sheet.getByLabel('上限').fill('90000')
    await sheet.getByRole('button', { name: '保存' }).click()
    await expect(page.getByText('上限 90000')).toBeVisible()

    await expect(page.locator('.van-toast')).toBeHidden()
    await page.getByRole('link', { name: '数量和快慢' }).click()
    await page.getByRole('button', { name: '站内消息' }).click()
    await expect(page.locator('canvas').first()).toBeVisible()
    await expect(page.getByRole('table').first()).toContainText('合计')
    await expectNothingSerious(page)
    await picture(page, 'notice-desk-rates.wide')

    await page.getByRole('link', { name: '操作记录' }).click()
    await expect(page.getByRole('row').filter({ hasText: '上限改为 90000' })).toBeVisible()
    await picture(page, 'notice-desk-actions.wide')
  })

  test('maps a template, and is told what is wrong with an id or a keyword', async ({ browser, server }) => {
    const page = await operator(browser, server.url)
    await page.goto('/staff/notices/templates')
    await page.getByLabel('搜模板').fill('case-accepted')
    await page.getByRole('button', { name: /您的诉求已受理/ }).click()
    const wechat = page.locator('form').filter({ has: page.getByRole('heading', { name: '微信模板消息' }) })
    await wechat.getByLabel('平台编号').fill('有 空格')
    await wechat.getByRole('button', { name: '保存' }).click()
    await expect(wechat.getByRole('alert')).toContainText('平台编号只有字母、数字')
    await wechat.getByLabel('平台编号').fill('TM-0001_accepted')
    await wechat.getByText('关键词对应').click()
    await wechat.getByRole('textbox', { name: '关键词对应' }).fill('thing4=phrase2')
    await wechat.getByRole('button', { name: '保存' }).click()
    await expect(wechat.getByRole('alert')).toContainText('同一类')
    await wechat.getByRole('textbox', { name: '关键词对应' }).fill('thing4=thing7')
    await wechat.getByRole('button', { name: '保存' }).click()
    await expect(wechat.getByText(/今天 .*改$/)).toBeVisible()

    const preview = page.getByRole('region', { name: '各渠道的样子' })
    await expect(preview.locator('.channel').filter({ has: page.getByRole('heading', { name: '短信' }) })).toContainText('按 1 条计费')
    await preview.getByText('样例内容').click()
    await preview.getByLabel(/^编号/).fill('')
    await preview.getByRole('button', { name: '按这些内容再看' }).click()
    await expect(preview.getByRole('alert')).toHaveText('缺内容：编号')
    await preview.getByLabel(/^编号/).fill('202611260001')
    await preview.getByRole('button', { name: '按这些内容再看' }).click()
    await expect(preview.locator('.channel').first()).toContainText('202611260001')
    await expect(page.locator('.van-toast')).toBeHidden()
    await expectNothingSerious(page)
    await picture(page, 'notice-desk-templates.wide')
  })

  test('at three in the morning: what is wrong comes first, with what to do, and is put right one or all', async ({ browser, server }) => {
    const page = await operator(browser, server.url)
    const asked = await trouble(page)
    await page.goto('/staff/notices')
    await expect(page.getByRole('heading', { name: '6 件事要处理' })).toBeVisible()
    const first = page.getByRole('region', { name: '6 件事要处理' }).getByRole('listitem').first()
    await expect(first).toContainText('阿里云短信连续失败')
    await expect(first).toContainText('不用重启')
    await expectNothingSerious(page)
    await picture(page, 'notice-desk-trouble.wide')
    await page.getByRole('listitem').filter({ hasText: '212 条通知停下了' }).getByRole('button', { name: '去处理' }).click()
    await expect(page).toHaveURL(/parked\?channel=sms&reason=/)
    await expectNothingSerious(page)
    await picture(page, 'notice-desk-parked.wide')
    await page.getByRole('button', { name: /全部重发（212 条）/ }).click()
    const said = await toastsOf(page)
    await page.locator('.van-dialog').getByRole('button', { name: '全部重发' }).click()
    await expect.poll(said).toContain('212 条已排队重发')
    await expect(page.locator('.van-toast')).toBeHidden()

    await page.getByRole('button', { name: /^处理：/ }).first().click()
    const sheet = page.getByRole('dialog', { name: '处理这条通知' })
    await sheet.getByText('换个号码发').click()
    await sheet.getByRole('textbox', { name: '手机号' }).fill('123')
    await sheet.getByRole('button', { name: '确定' }).click()
    await expect(sheet.getByRole('alert')).toHaveText('请填 11 位手机号')
    await sheet.getByRole('textbox', { name: '手机号' }).fill('138 0000 1234')
    await expectNothingSerious(page)
    await picture(page, 'notice-desk-fix.wide')
    await sheet.getByRole('button', { name: '确定' }).click()
    await expect(sheet).toBeHidden()
    expect(asked).toEqual([['resend', { channel: 'sms', reason: BALANCE }], ['resend', { phone: '138 0000 1234' }]])
  })

  test('a desk that cannot be read says so and can be tried again', async ({ browser, server }) => {
    const page = await operator(browser, server.url)
    await page.route('**/api/staff/notices/desk', (route) => route.fulfill({
      status: 500, contentType: 'application/problem+json',
      json: { type: 'urn:linge:problem:fault', title: '系统出错', status: 500, detail: '系统出错了，请稍后再试。', requestId: 'r-1' },
    }), { times: 1 })
    await page.goto('/staff/notices')
    await expect(page.getByRole('alert')).toContainText('系统出错了')
    await picture(page, 'notice-desk-error.wide')
    await page.getByRole('button', { name: '再试一次' }).click()
    await expect(page.getByText('最近 24 小时')).toBeVisible()
  })
})

for (const mode of ['plain', 'elder'] as const) {
  test(`the desk in trouble can be read on a phone, ${mode}`, async ({ browser, server }) => {
    const home = await resident(browser, server.url)
    const [one] = await signInsOf(home.request, server.url)
    const page = await (await staff(browser, server.url, { user: 'admin', password: one!.password })).newPage()
    await setMode(page, mode)
    await trouble(page)
    for (const [path, words] of [['', '件事要处理'], ['/parked', '余额不足'], ['/numbers', '按尾号找']] as const) {
      await page.goto(`/staff/notices${path}`)
      await expect(page.locator('main')).toContainText(words)
      await expect(page.locator('.van-skeleton')).toHaveCount(0)
      await expectComfort(page, mode)
      await picture(page, `notice-desk-trouble${path.replace('/', '-')}.${mode}`)
    }
  })
}

const BALANCE = 'given up after 12 tries: isv.AMOUNT_NOT_ENOUGH 账户余额不足，请及时充值 RequestId …'

/**
 * How long the notices of other tests took is none of this test's matter: by day's end of a long run some were held back a minute, to go
 * out as one, and the desk rightly calls that slow.
 */
async function keepOut(page: Page) {
  await page.route('**/api/staff/notices/rates?**', async (route) => {
    const answer = await route.fetch()
    const rates = (await answer.json()) as { channels: { total: { sent: number; failed: number; parked: number; p50?: number; p99?: number } }[] }
    for (const { total } of rates.channels) Object.assign(total, { failed: 0, parked: 0, ...(total.p99 === undefined ? {} : { p50: 400, p99: 2_000 }) })
    await route.fulfill({ response: answer, json: rates })
  })
}

/** A night nobody wishes for. The demo's gateway never fails: what the service would answer then; what is asked of it is noted. */
async function trouble(page: Page): Promise<[string, unknown][]> {
  const asked: [string, unknown][] = []
  await keepOut(page)
  const now = new Date()
  const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString()
  const groups = [
    { channel: 'sms', reason: BALANCE, count: 212, newest: ago(2) },
    { channel: 'wechat-template', reason: 'no further channel: 43004 需要接收者关注', count: 7, newest: ago(50) },
    { channel: 'sms', reason: '不知是否送达：no answer within 20 s', count: 3, newest: ago(80) },
  ]
  await page.route('**/api/staff/notices/desk', (route) => route.fulfill({ json: {
    at: now.toISOString(), waiting: { count: 1843, retrying: 96, oldest: ago(23) }, channels: ['inbox', 'wechat-service', 'wechat-template', 'sms', 'web-push'],
    circuits: [{ name: 'sms-aliyun', channel: 'sms', state: 'OPEN' }, { name: 'sms-tencent', channel: 'sms', state: 'CLOSED' }],
    quotas: [
      { name: 'wechat-reply', note: '客服消息：居民发来消息后 48 小时内最多 5 条', most: 5, seconds: 172800, each: true, used: 5, left: null, full: 12, spentUntil: null },
      { name: 'wechat-template-day', note: '模板消息：每个公众号每天', most: 100000, seconds: 86400, each: false, used: 97512, left: 2488, full: 0, spentUntil: null },
      { name: 'sms-day', note: '短信：每天总数；填一个数就是封顶', most: null, seconds: 86400, each: false, used: 4021, left: null, full: 0, spentUntil: null },
    ],
    parked: 222, bounced: 2,
  } }))
  await page.route('**/api/staff/notices/parked?**', (route) => route.fulfill({ json: {
    groups, next: 90,
    items: [
      { id: 101, channel: 'sms', template: 'case-reported', title: '您的诉求已办结，请您评价', reason: 'given up after 12 tries: isv.AMOUNT_NOT_ENOUGH 账户余额不足，请及时充值 RequestId F1-22-33-44', attempts: 12, parkedAt: ago(2), at: ago(130), deadline: ago(-600), kind: 'RESIDENT', subject: '140403261126', phone: '138****0001', urgent: true, others: ['web-push'] },
      { id: 100, channel: 'sms', template: 'case-accepted', title: '您的诉求已受理', reason: 'given up after 12 tries: isv.AMOUNT_NOT_ENOUGH 账户余额不足，请及时充值 RequestId A1-22-33-44', attempts: 12, parkedAt: ago(5), at: ago(4500), deadline: ago(30), kind: 'RESIDENT', subject: '140403261125', phone: '139****8812', urgent: false, others: [] },
    ],
  } }))
  await page.route('**/api/staff/notices/bounced', (route) => route.fulfill({ json: { items: [
    { person: '00000000-0000-4000-8000-000000000001', phone: '138****0001', bouncedAt: ago(3000), reason: 'UNDELIV：空号' },
    { person: '00000000-0000-4000-8000-000000000002', phone: '139****8812', bouncedAt: ago(90), reason: '运营商说这个号码已经停机，或者被用户拉黑，连续三次没有送到手机上（MK:0012）' },
  ] } }))
  for (const path of ['resend', '*/resend'])
    await page.route(`**/api/staff/notices/parked/${path}`, (route) => {
      asked.push(['resend', route.request().postDataJSON()])
      return path === 'resend' ? route.fulfill({ json: { count: 212 } }) : route.fulfill({ status: 204 })
    })
  return asked
}
