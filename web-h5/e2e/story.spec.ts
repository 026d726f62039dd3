import type { Browser, Page } from '@playwright/test'
import { contains } from './ground'
import { expect, newPhone, photo, signInByPage, test, workerOf, type FiledCase } from './house'

/** A corner in the old town; the test looks itself whether the grid that was found contains it. */
const CORNER = { longitude: 113.113, latitude: 36.19 }
/** From here on a reload would be seen: it forgets the mark. */
const MARK = 'open since the filing'

test('a complaint with a point, a photo and no sign-in yet goes the whole way and the open page follows it', async ({ browser, server }) => {
  const home = await browser.newContext({ baseURL: server.url, geolocation: CORNER, permissions: ['geolocation'] })
  const page = await home.newPage()
  await page.goto('/')
  await page.getByRole('link', { name: /开始说|说说您遇到的问题/ }).first().click()
  await page.getByLabel('发生了什么？').fill('单元门口的路灯坏了快一个星期，晚上黑得看不见台阶，昨天有老人差点摔倒，盼着早点修好。')
  await expect(page.getByText('市政设施 · 路灯')).toBeVisible()
  await page.locator('input[type=file]').setInputFiles(await photo(browser, 'broken'))
  await expect(page.getByAltText('第 1 个：照片')).toBeVisible()

  await page.getByRole('button', { name: '选地点' }).click()
  const sheet = page.getByRole('dialog', { name: '这件事在哪里' })
  await sheet.getByRole('button', { name: '用我现在的位置' }).click()
  await expect(sheet.locator('.answer strong')).toBeVisible()
  const shown = await sheet.locator('.answer strong').innerText()
  await sheet.getByRole('button', { name: '就是这里' }).click()
  await expect(page.getByText('按您现在的位置找到的')).toBeVisible()

  // Nobody is signed in: she is asked for it, and what she wrote waits for her.
  await page.getByRole('button', { name: '提交诉求' }).click()
  await expect(page).toHaveURL(/\/sign-in/)
  await signInByPage(page, server.url, newPhone())
  await expect(page).toHaveURL(/\/report$/)
  await expect(page.getByLabel('发生了什么？')).toHaveValue(/路灯坏了/)
  const filed = await submit(page)

  expect(filed.grid.name).toBe(shown)
  const grid = await (await home.request.get(`/api/grids/${filed.grid.code}`)).json()
  expect(contains(grid.outline, CORNER.longitude, CORNER.latitude)).toBe(true)
  await theRest(browser, server.url, page, filed)
})

test('a complaint in words alone with an address goes the whole way', async ({ browser, server }) => {
  const context = await browser.newContext({ baseURL: server.url })
  const page = await context.newPage()
  await page.goto('/sign-in?back=/report')
  await signInByPage(page, server.url, newPhone())
  await expect(page).toHaveURL(/\/report$/)
  await page.getByLabel('发生了什么？').fill('潞州区东街街道安康社区院里的下水道堵了，污水流到路上，臭得开不了窗户，请来疏通。')
  const found = page.locator('.suggestion', { hasText: '在哪里' })
  await expect(found.locator('.grid-name')).toContainText('安康社区')
  const filed = await submit(page)
  expect(filed.grid.name).toContain('安康社区')
  await theRest(browser, server.url, page, filed)
})

async function submit(page: Page): Promise<FiledCase> {
  const answered = page.waitForResponse((answer) => answer.request().method() === 'POST' && answer.url().endsWith('/api/cases'))
  await page.getByRole('button', { name: '提交诉求' }).click()
  const answer = await answered
  expect(answer.status()).toBe(201)
  const filed = (await answer.json()) as FiledCase
  await expect(page).toHaveURL(new RegExp(`/cases/${filed.number}/filed$`))
  await expect(page.getByRole('heading', { name: '收到了' })).toBeVisible()
  await expect(page.locator('.filed').getByText(filed.grid.name).first()).toBeVisible()
  return filed
}

/** Accepted, handled, reported back, rated; each side sees the other's step on a page that was never loaded again. */
async function theRest(browser: Browser, url: string, page: Page, filed: FiledCase) {
  await page.getByRole('link', { name: '看办理进度' }).or(page.getByRole('button', { name: '看办理进度' })).click()
  const trail = page.locator('.timeline')
  await expect(trail).toContainText('提交诉求')
  await page.evaluate((mark) => Object.assign(window, { mark }), MARK)

  const desk = await (await browser.newContext({ baseURL: url })).newPage()
  const worker = await workerOf(page.request, url, filed.grid.code)
  await desk.goto(`/staff/sign-in?grid=${filed.grid.code}`)
  await desk.getByRole('button', { name: `填入 ${worker.name} 的账号` }).first().click()
  await desk.getByLabel('用户名').fill(worker.user)
  await desk.getByRole('button', { name: '登录', exact: true }).click()
  await desk.locator(`a[href="/staff/cases/${filed.number}"]`).click()
  await expect(desk.getByRole('heading', { name: '居民说' })).toBeVisible()

  await makeMove(desk, '受理', '收到，今天下午就去看。')
  await expect(trail).toContainText('收到，今天下午就去看。')
  await expect(page.locator('.case-head')).toContainText('已受理')
  await makeMove(desk, '开始处置')
  await expect(trail).toContainText('开始处置')
  await makeMove(desk, '反馈结果', '已经修好，试过能亮，照片附后。', async (sheet) => {
    await sheet.locator('input[type=file]').setInputFiles(await photo(browser, 'mended'))
    await expect(sheet.getByRole('button', { name: '去掉第 1 个' })).toBeVisible()
    await expect(sheet.getByRole('progressbar')).toHaveCount(0)
  })
  await expect(page.locator('.answer')).toContainText('已经修好，试过能亮，照片附后。')
  await expect(trail.locator('img')).not.toHaveCount(0)

  await page.getByRole('button', { name: '评价' }).click()
  const sheet = page.getByRole('dialog', { name: '评价' })
  await sheet.locator('label', { has: page.getByRole('radio', { name: '很满意', exact: true }) }).click()
  await sheet.getByLabel(/还想说的话/).fill('来得快，修得好，晚上出门放心了。')
  await sheet.getByRole('button', { name: '提交' }).click()
  await expect(page.locator('.case-head')).toContainText('已评价')
  await expect(page.locator('.case-page')).toContainText('来得快，修得好，晚上出门放心了。')

  await expect(desk.locator('.case-page')).toContainText('来得快，修得好，晚上出门放心了。')
  await expect(desk.locator('.result').getByText('很满意')).toBeVisible()
  expect(await page.evaluate(() => (window as unknown as { mark: string }).mark)).toBe(MARK)
}

async function makeMove(desk: Page, label: string, words?: string, more?: (sheet: ReturnType<Page['getByRole']>) => Promise<void>) {
  await desk.getByRole('region', { name: '现在可以办理' }).getByRole('button', { name: label, exact: true }).and(desk.locator(':visible')).click()
  const sheet = desk.getByRole('dialog', { name: label, exact: true })
  if (words) await sheet.locator('#move-words').fill(words)
  await more?.(sheet)
  await sheet.getByRole('button', { name: `确认${label}` }).click()
  await expect(sheet).toBeHidden()
}
