import { mkdirSync } from 'node:fs'
import AxeBuilder from '@axe-core/playwright'
import type { BrowserContext, Page } from '@playwright/test'
import { expect, file as fileCase, resident, staff, test } from './house'

const PASSWORD = 'linge-demo-2026'
const SHOTS = process.env['LINGE_SHOTS']
/** Ground nobody else's test stands on. */
const COUNTY = '140427'

async function shoot(page: Page, name: string) {
  if (!SHOTS) return
  mkdirSync(SHOTS, { recursive: true })
  for (const [size, width, height] of [['phone', 375, 812], ['desk', 1440, 900]] as const) {
    await page.setViewportSize({ width, height })
    for (const comfort of ['plain', 'elder']) {
      await page.evaluate((mode) => (mode === 'elder' ? (document.documentElement.dataset['comfort'] = 'elder') : delete document.documentElement.dataset['comfort']), comfort)
      await page.waitForTimeout(300)
      await page.screenshot({ path: `${SHOTS}/${name}-${size}-${comfort}.png`, fullPage: true })
    }
    await page.evaluate(() => delete document.documentElement.dataset['comfort'])
  }
  await page.setViewportSize({ width: 375, height: 812 })
}

const json = async (who: BrowserContext, path: string) => (await (await who.request.get(path)).json()) as any

/** A village of two grids or more, with the code of its first. */
async function villageWithGrids(admin: BrowserContext): Promise<{ village: string; grid: string; next: string }> {
  for (const town of (await json(admin, `/api/places?parent=${COUNTY}`)).items)
    for (const village of (await json(admin, `/api/places?parent=${town.code}`)).items) {
      const { grids } = await json(admin, `/api/places?parent=${village.code}`)
      if (grids.length >= 2) return { village: village.code, grid: grids[0].code, next: grids[1].code }
    }
  throw new Error('no village has two grids')
}

/** A point that lies in a grid and in no other. */
async function pointIn(who: BrowserContext, grid: string): Promise<{ lon: number; lat: number; crs: string }> {
  const outline = await outlineOf(who, grid)
  const ring: [number, number][] = outline.type === 'Polygon' ? outline.coordinates[0] : outline.coordinates[0][0]
  const [west, east] = [Math.min(...ring.map(([x]) => x)), Math.max(...ring.map(([x]) => x))]
  const [south, north] = [Math.min(...ring.map(([, y]) => y)), Math.max(...ring.map(([, y]) => y))]
  for (const x of [0.5, 0.3, 0.7, 0.15, 0.85])
    for (const y of [0.5, 0.3, 0.7, 0.15, 0.85]) {
      const at = { lon: west + (east - west) * x, lat: south + (north - south) * y, crs: 'wgs84' }
      if ((await json(who, `/api/grids/at?lon=${at.lon}&lat=${at.lat}&crs=wgs84`)).grid?.code === grid) return at
    }
  throw new Error(`no point was found in ${grid}`)
}

const outlineOf = async (who: BrowserContext, grid: string) => (await json(who, `/api/grids/${grid}`)).outline
const feature = (code: string, name: string, geometry: unknown) => ({ type: 'Feature', properties: { code, name, households: 300 }, geometry })
const file = (name: string, ...features: unknown[]) => ({ name, mimeType: 'application/geo+json', buffer: Buffer.from(JSON.stringify({ type: 'FeatureCollection', crs: 'wgs84', features })) })
const ahead = (days: number) => new Date(Date.now() + days * 86_400_000).toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' })

test('while the worker is away the deputy gets the case, and the trail says who arranged it', async ({ browser, server }) => {
  const admin = await staff(browser, server.url, { user: 'admin', password: PASSWORD })
  const { grid, next } = await villageWithGrids(admin)
  const worker = `worker-${grid}`
  const deputy = `worker-${next}`
  const neighbour = await resident(browser, server.url)
  const filed = await fileCase(neighbour, { text: '村口的路灯坏了三天，晚上看不见路', point: await pointIn(admin, grid) })
  const acting = await staff(browser, server.url, { user: deputy, password: PASSWORD })
  const seen = async () => (await acting.request.get(`/api/cases/${filed.number}`)).status()
  expect(await seen()).toBe(404)
  const page = await admin.newPage()
  await page.goto('/staff/admin')
  await expect(page.getByRole('link', { name: /岗位/ })).toBeVisible()
  await shoot(page, 'admin-home')
  const home = await new AxeBuilder({ page }).analyze()
  expect(home.violations.map(({ id }) => id)).toEqual([])

  await page.goto(`/staff/admin/posts?at=${grid}`)
  await page.getByRole('region', { name: '这里的岗位' }).getByRole('button', { name: /^网格员/ }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByRole('button', { name: '安排人员' }).click()
  await sheet.getByLabel('账号').fill(deputy)
  await sheet.getByRole('radio', { name: '副职代理' }).click()
  await sheet.getByRole('button', { name: '安排', exact: true }).click()
  await expect(sheet.locator('.holder').filter({ hasText: deputy })).toContainText('副职代理')
  await sheet.locator('.holder').filter({ hasText: worker }).getByRole('button', { name: '登记休假' }).click()
  await sheet.getByLabel('到哪天为止').fill(ahead(3))
  await sheet.getByRole('button', { name: '登记', exact: true }).click()
  await expect(sheet.locator('.duty')).not.toContainText((await json(admin, `/api/grids/${grid}`)).team.find((one: { role: string }) => one.role === 'GRID_WORKER').name)
  await shoot(page, 'admin-post')

  // The case of that grid is the deputy's now, who is of another grid.
  expect(await seen()).toBe(200)

  await page.goto(`/staff/admin/audit?subject=${worker}`)
  await expect(page.locator('.line').first()).toContainText('登记休假')
  await page.locator('#audit-act').selectOption({ label: '指定副职代理' })
  await page.locator('#audit-subject').fill(deputy)
  await page.getByRole('button', { name: '查找' }).click()
  await expect(page).toHaveURL(/act=post\.deputy/)
  await expect(page.locator('.line').first()).toContainText(deputy)
  await shoot(page, 'admin-audit')
  const trail = await new AxeBuilder({ page }).analyze()
  expect(trail.violations.map(({ id }) => id)).toEqual([])
  const csv = await admin.request.get('/api/admin/audit/export?act=post.deputy')
  expect(await csv.text()).toContain(deputy)
})

test('a file of grids is mended by its list of faults, seen on the map, and gets its day', async ({ browser, server }) => {
  const admin = await staff(browser, server.url, { user: 'admin', password: PASSWORD })
  const { village, grid } = await villageWithGrids(admin)
  const outline = await outlineOf(admin, grid)
  const page = await admin.newPage()
  await page.goto('/staff/admin/grids')
  await expect(page.locator('.leaflet-interactive.grid').first()).toBeVisible()
  await shoot(page, 'admin-grids')
  await page.getByLabel('上传网格文件').setInputFiles(file('第一稿.geojson', feature(grid, '改名的网格', outline), feature(`${village}991`, '重叠的网格', outline), feature('123', '编码不对', outline)))
  await expect(page.getByText(/处错误，改正后重新上传/)).toBeVisible()
  await expect(page.locator('.faults')).toContainText('网格编码应是15位数字')
  await expect(page.locator('.faults')).toContainText('重叠')
  await shoot(page, 'admin-import-faults')

  await page.goto('/staff/admin/grids')
  await page.getByLabel('上传网格文件').setInputFiles(file('第二稿.geojson', feature(grid, '改名的网格', outline)))
  await expect(page.getByText('检查通过，没有错误')).toBeVisible()
  await expect(page.locator('.leaflet-interactive.after').first()).toBeVisible()
  await page.getByRole('button', { name: /^变动 1$/ }).click()
  await expect(page.locator('.change').first()).toContainText('改名')
  await page.locator('#effective').fill(ahead(400))
  await page.getByRole('button', { name: '定下日期' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '定下日期' }).click()
  await expect(page.getByText(`${ahead(400)} 零点起生效`)).toBeVisible()
  // Neither the question nor the word that followed it is there any more.
  await expect(page.locator('.van-popup:visible')).toHaveCount(0)
  await shoot(page, 'admin-import-ready')
  const found = await new AxeBuilder({ page }).analyze()
  expect(found.violations.map(({ id }) => id)).toEqual([])
  await page.getByRole('button', { name: '取消更换' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '取消更换' }).click()
  await expect(page.getByText('已取消', { exact: true }).first()).toBeVisible()
})

test('an area is browsed down to a grid, and a supervisor sees the own county only', async ({ browser, server }) => {
  const supervisor = await staff(browser, server.url, { user: `supervisor-${COUNTY}`, password: PASSWORD })
  const page = await supervisor.newPage()
  await page.goto('/staff/admin')
  await expect(page.getByRole('link', { name: /操作记录/ })).toBeVisible()
  await page.getByRole('link', { name: /区域/ }).click()
  await expect(page.locator('.part').first()).toBeVisible()
  await shoot(page, 'admin-areas')
  for (let level = 0; level < 3; level++) {
    const before = page.url()
    await page.locator('.part').first().click()
    await expect.poll(() => page.url()).not.toBe(before)
    await expect(page.locator('.here')).toBeVisible()
    if ((await page.locator('.part').count()) === 0) break
  }
  expect((await supervisor.request.get('/api/admin/areas/1404')).status()).toBe(403)
  expect((await supervisor.request.get('/api/admin/home')).status()).toBe(403)
})

test('a name that people say is added, finds its village, and is taken back', async ({ browser, server }) => {
  const admin = await staff(browser, server.url, { user: 'admin', password: PASSWORD })
  const { village } = await villageWithGrids(admin)
  const { name: area } = await json(admin, `/api/admin/areas/${village}`)
  const page = await admin.newPage()
  await page.goto(`/staff/admin/areas?at=${village}`)
  const names = page.getByRole('region', { name: '别名', exact: true })
  await expect(names.getByText('还没有别名')).toBeVisible()

  await names.getByRole('button', { name: '添加别名' }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByLabel(`${area}的别名`).fill('路灯')
  await sheet.getByRole('button', { name: '添加', exact: true }).click()
  await expect(sheet.getByRole('alert')).toContainText('平常说话也会用到')
  await shoot(page, 'admin-name-sheet')
  await sheet.getByLabel(`${area}的别名`).fill('老磨盘大院')
  await sheet.getByRole('radio', { name: '小区院落' }).click()
  await sheet.getByRole('button', { name: '添加', exact: true }).click()
  await expect(sheet).toHaveCount(0)
  await expect(names.locator('.name')).toHaveCount(1)
  await expect(names.locator('.name')).toContainText('老磨盘大院')

  await names.getByLabel('试一试').fill('老磨盘大院的路灯坏了三天')
  await names.getByRole('button', { name: '看找到哪里' }).click()
  await expect(names.getByRole('status')).toContainText(area)
  await expect(page.locator('.van-popup:visible')).toHaveCount(0)
  await shoot(page, 'admin-names')
  const seen = await new AxeBuilder({ page }).analyze()
  expect(seen.violations.map(({ id }) => id)).toEqual([])

  await names.getByRole('button', { name: '移除老磨盘大院' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '移除', exact: true }).click()
  await expect(names.locator('.name')).toHaveCount(0)
  await names.getByRole('button', { name: '看找到哪里' }).click()
  await expect(names.getByRole('status')).toContainText('没有找到地方')
})
