import { mkdirSync } from 'node:fs'
import AxeBuilder from '@axe-core/playwright'
import type { BrowserContext, Page } from '@playwright/test'
import { call, expect, staff, test } from './house'

const PASSWORD = 'linge-demo-2026'
const CASES = 700
const SHOTS = process.env['LINGE_SHOTS']

/** A month of cases, fewer than the button makes: the service shares its machine with a browser here. */
async function filled(browser: Parameters<typeof staff>[0], url: string): Promise<BrowserContext> {
  const admin = await staff(browser, url, { user: 'admin', password: PASSWORD })
  const state = async () => (await (await admin.request.get('/api/demo/data')).json()) as { cases: number; filling: boolean; wrong: string | null }
  if ((await state()).cases === 0) {
    await call(admin, 'POST', '/api/demo/data', { cases: CASES })
    await expect.poll(async () => (await state()).filling, { timeout: 150_000, intervals: [1000] }).toBe(false)
  }
  expect(await state()).toEqual({ cases: CASES, filling: false, wrong: null })
  return admin
}

async function shoot(page: Page, name: string) {
  if (!SHOTS) return
  mkdirSync(SHOTS, { recursive: true })
  await page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true })
}

async function settled(page: Page) {
  await expect(page.getByRole('heading', { name: '热点诉求' })).toBeVisible()
  await expect(page.locator('.leaflet-interactive.part').first()).toBeVisible()
  await expect(page.locator('canvas').first()).toBeVisible()
}

test('a leader opens a figure and finds as many cases as it says', async ({ browser, server }) => {
  await filled(browser, server.url)
  const leader = await staff(browser, server.url, { user: 'supervisor-1404', password: PASSWORD })
  const page = await leader.newPage()
  await page.goto('/staff/board')
  await settled(page)
  await shoot(page, 'board-phone')
  const card = page.getByRole('region', { name: '按时办结率', exact: true })
  await card.getByText('怎么算的').click()
  await expect(card).toContainText('期限以当时有效的为准')
  const missed = card.getByRole('link', { name: /^未达到 \d+$/ })
  const said = Number((await missed.textContent())!.match(/\d+/)![0])
  expect(said).toBeGreaterThan(10)
  await missed.click()
  await expect(page.getByRole('heading', { name: '按时办结率：背后的诉求' })).toBeVisible()
  await shoot(page, 'board-cases-phone')
  const more = page.getByRole('button', { name: '再看一些' })
  while (await more.isVisible()) {
    const before = await page.locator('.list > li').count()
    await more.click()
    await expect.poll(() => page.locator('.list > li').count()).toBeGreaterThan(before)
  }
  await expect(page.locator('.list > li')).toHaveCount(said)
  await expect(page.getByText(`共 ${said} 件次，与数字一致`)).toBeVisible()
  const found = await new AxeBuilder({ page }).analyze()
  expect(found.violations.map(({ id }) => id)).toEqual([])
})

test('from the city down to a grid, and a file and a week on paper', async ({ browser, server }) => {
  await filled(browser, server.url)
  const leader = await staff(browser, server.url, { user: 'supervisor-1404', password: PASSWORD })
  const page = await leader.newPage()
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto('/staff/board')
  await settled(page)
  await shoot(page, 'board-desk')
  const axe = await new AxeBuilder({ page }).analyze()
  expect(axe.violations.map(({ id }) => id)).toEqual([])
  await page.getByRole('region', { name: /^各区域/ }).getByRole('link', { name: '潞州区', exact: true }).click()
  await expect(page.getByRole('navigation', { name: '区域' })).toContainText('潞州区')
  await settled(page)
  await shoot(page, 'board-county-desk')

  await page.getByRole('button', { name: '导出' }).click()
  const sheet = page.getByRole('dialog', { name: '导出诉求清单' })
  await shoot(page, 'board-export-desk')
  const [file] = await Promise.all([page.waitForEvent('download'), sheet.getByText('Excel 表格').click()])
  expect(file.suggestedFilename()).toMatch(/^linge-140403-filed-.*\.xlsx$/)
  await page.keyboard.press('Escape')

  await page.getByRole('link', { name: '周报' }).click()
  await expect(page.getByRole('heading', { name: '潞州区诉求办理周报' })).toBeVisible()
  await shoot(page, 'board-weekly-desk')
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('navigation', { name: '工作台页面' })).toBeHidden()
  await shoot(page, 'board-weekly-print')
})

test('who may not look further is not shown further, and who sees figures only reads no words', async ({ browser, server }) => {
  const admin = await filled(browser, server.url)
  const page = await admin.newPage()
  await page.goto('/staff/board/cases?figure=FILED')
  await expect(page.locator('.list > li').first()).toBeVisible()
  await expect(page.locator('.list .clamp-2')).toHaveCount(0)
  await expect(page.locator('.list a')).toHaveCount(0)
  const county = await staff(browser, server.url, { user: 'supervisor-140403', password: PASSWORD })
  expect((await county.request.get('/api/board?area=1404')).status()).toBe(403)
  const own = await county.newPage()
  await own.goto('/staff/board')
  await expect(own.getByRole('navigation', { name: '区域' }).getByRole('link', { name: '长治' })).toHaveCount(0)
})

test('elder mode has the whole board in large words', async ({ browser, server }) => {
  await filled(browser, server.url)
  const leader = await staff(browser, server.url, { user: 'supervisor-140403', password: PASSWORD })
  const page = await leader.newPage()
  await page.addInitScript(() => localStorage.setItem('linge.comfort', JSON.stringify({ elder: true, text: 'normal' })))
  await page.goto('/staff/board')
  await settled(page)
  await shoot(page, 'board-elder')
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(375)
})

test('what was made up goes at one press', async ({ browser, server }) => {
  const admin = await filled(browser, server.url)
  const page = await admin.newPage()
  await page.goto('/demo/data')
  await expect(page.getByRole('status').filter({ hasText: `现在有 ${CASES} 件演示诉求` })).toBeVisible()
  await shoot(page, 'demo-data')
  await page.getByRole('button', { name: '清除演示诉求' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '清除演示诉求' }).click()
  await expect(page.getByRole('status').filter({ hasText: '现在没有演示诉求' })).toBeVisible({ timeout: 60_000 })
  expect(((await (await admin.request.get('/api/demo/data')).json()) as { cases: number }).cases).toBe(0)
})
