import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BrowserContext, Page } from '@playwright/test'
import { expectComfort, expectNothingSerious, setMode, type Mode } from './comfort'
import { call, expect, file, move, resident, signInsOf, staff, test, workerOf, type FiledCase } from './house'

const folder = join(dirname(fileURLToPath(import.meta.url)), 'screenshots')
const PLACE = '潞州区英雄中路街道莲花池社区'
const REASON = '路面塌陷，地下有水管和电缆，要一起查'
const DESK = { width: 1440, height: 900 }

interface Cast {
  home: BrowserContext
  town: BrowserContext
  officer: (department: string) => Promise<BrowserContext>
  filed: FiledCase
}

/** A case that its grid accepted, and those who will meet over it. */
async function cast(browser: Parameters<typeof resident>[0], url: string): Promise<Cast> {
  const home = await resident(browser, url)
  const point = { lon: 113.117, lat: 36.195, crs: 'wgs84' }
  const filed = await file(home, { text: `${PLACE}门前的路塌了一个坑，能看见下面的水管。`, point })
  const grid = filed.grid.code
  const worker = await staff(browser, url, await workerOf(home.request, url, grid))
  await move(worker, filed.number, { move: 'ACCEPT' })
  const team = await signInsOf(home.request, url, grid)
  const password = team[0]!.password
  return {
    home,
    filed,
    town: await staff(browser, url, { user: `dispatcher-${grid.slice(0, 9)}`, password }),
    officer: async (department) => {
      const context = await staff(browser, url, { user: `officer-${grid.slice(0, 6)}-${department}`, password })
      await context.grantPermissions(['geolocation'])
      await context.setGeolocation({ latitude: 36.1953, longitude: 113.1172, accuracy: 15 })
      return context
    },
  }
}

const shot = (page: Page, name: string) => page.screenshot({ path: join(folder, `whistle ${name}.png`), fullPage: true })

test('a town whistles, departments report in on site, conclude and sign, and the town closes', async ({ browser, server }) => {
  const { home, filed, town, officer } = await cast(browser, server.url)

  const centre = await town.newPage()
  await centre.goto(`/staff/cases/${filed.number}`)
  await centre.getByRole('button', { name: '吹哨', exact: true }).click()
  const blow = centre.getByRole('dialog', { name: '吹哨，请部门到场' })
  await blow.getByRole('button', { name: '吹哨', exact: true }).click()
  await expect(blow.getByText('请写明为什么要请部门到场')).toBeVisible()
  const reason = `${REASON}，见${filed.number}`
  await blow.getByLabel('为什么要请部门到场').fill(reason)
  await blow.getByLabel('牵头部门').selectOption({ label: '住房和城乡建设局' })
  await blow.getByLabel('水利局').check()
  await expect(blow.getByText('吹哨报到规则（默认）：2 小时内报到')).toBeVisible()
  await blow.getByRole('button', { name: '吹哨', exact: true }).click()
  await expect(centre.getByRole('heading', { level: 2, name: '为什么吹哨' })).toBeVisible()
  await expect(centre.locator('main')).toContainText('2 小时内报到')

  // The lead: from the list, on site, with the place of the phone.
  const housing = await (await officer('housing')).newPage()
  await housing.goto('/staff/calls')
  await housing.getByRole('link', { name: reason }).click()
  await expect(housing).toHaveURL(/\/staff\/calls\/[0-9a-f-]{36}$/)
  const at = new URL(housing.url()).pathname.replace('calls', 'whistles')
  await housing.getByRole('button', { name: '签到', exact: true }).click()
  const report = housing.getByRole('dialog', { name: '到场签到' })
  await expect(report.getByText(/离会合点约 \d+ 米/)).toBeVisible()
  await report.getByLabel('来了哪些人').fill('王工、李工')
  await report.getByRole('button', { name: '确认签到' }).click()
  await expect(housing.locator('main')).toContainText('来了 2 人：王工、李工')
  await expect(housing.locator('main')).toContainText(/在现场，离会合点 \d+ 米/)
  await expect(housing.getByRole('button', { name: '联合处置结论' })).toHaveCount(0)

  // The other from far away and without a network at first: kept, sent by itself later, and marked.
  const away = await officer('water_resources')
  await away.setGeolocation({ latitude: 36.25, longitude: 113.2, accuracy: 15 })
  const water = await away.newPage()
  await water.goto('/staff/calls')
  await water.getByRole('link', { name: reason }).click()
  await water.getByRole('button', { name: '签到', exact: true }).click()
  const far = water.getByRole('dialog', { name: '到场签到' })
  await expect(far.getByText('会标明距离', { exact: false })).toBeVisible()
  await away.setOffline(true)
  await far.getByRole('button', { name: '确认签到' }).click()
  await expect(far.getByRole('alert')).toContainText('内容已存在本机')
  await far.getByRole('button', { name: '关闭' }).click()
  await expect(water.getByRole('button', { name: /签到还没有发出去/ })).toBeVisible()
  await away.setOffline(false)
  await expect(water.locator('main')).toContainText(/离会合点 [\d.]+ 公里，较远/)
  await expect(water.getByRole('button', { name: /签到还没有发出去/ })).toHaveCount(0)

  // The case cannot end while they are at it.
  const refused = await town.request.get(`/api/cases/${filed.number}`)
  expect(((await refused.json()) as { state: string }).state).toBe('ACCEPTED')

  await housing.getByRole('button', { name: '联合处置结论' }).click()
  const conclude = housing.getByRole('dialog', { name: '联合处置结论' })
  await conclude.getByLabel('结论').fill('主管漏水掏空路基。住建局三天内换管修路，水利局配合停水。')
  await conclude.getByRole('button', { name: '写好，请会签' }).click()
  await expect(housing.locator('main')).toContainText('三天内换管修路')

  await expect(water.getByRole('button', { name: '会签', exact: true })).toBeVisible()
  await water.getByRole('button', { name: '会签', exact: true }).click()
  const sign = water.getByRole('dialog', { name: '会签' })
  await expect(sign).toContainText('三天内换管修路')
  await sign.getByText('不同意，写明理由').click()
  await sign.getByRole('button', { name: '确认会签' }).click()
  await expect(sign.getByText('请写几句话')).toBeVisible()
  await sign.getByLabel('意见').fill('停水要提前两天公告')
  await sign.getByRole('button', { name: '确认会签' }).click()
  await expect(water.locator('main')).toContainText('有不同意见')

  await centre.goto('/staff/whistles')
  const card = centre.locator(`a[href="${at}"]`)
  await expect(card).toContainText('会签齐了，可以结束')
  await card.click()
  await expect(centre.locator('main')).toContainText('停水要提前两天公告')
  await centre.getByRole('button', { name: '结束吹哨' }).click()
  await centre.getByRole('dialog', { name: '结束吹哨' }).getByRole('button', { name: '结束吹哨' }).click()
  await expect(centre.locator('header .state')).toHaveText('已结束')

  const mine = await home.newPage()
  await mine.goto(`/cases/${filed.number}`)
  await expect(mine.locator('.timeline')).toContainText('一起到现场处理')
  await expect(mine.locator('.timeline')).toContainText('联合处置结论：主管漏水')
  await expect(mine.locator('.timeline')).not.toContainText('地下有水管和电缆')
})

test('a department begins, answers and returns its cases from the same list', async ({ browser, server }) => {
  const { filed, officer, town } = await cast(browser, server.url)
  const grid = filed.grid.code
  const password = (await signInsOf(town.request, server.url, grid))[0]!.password
  const county = await staff(browser, server.url, { user: `dispatcher-${grid.slice(0, 6)}`, password })
  await move(county, filed.number, { move: 'DISPATCH', department: 'HOUSING' })
  const housing = await (await officer('housing')).newPage()
  await housing.goto('/staff/calls')
  const entry = housing.getByRole('listitem').filter({ has: housing.locator(`a[href="/staff/cases/${filed.number}"]`) })
  await entry.getByRole('button', { name: '退单' }).click()
  const sheet = housing.getByRole('dialog', { name: '退单' })
  await sheet.locator('#move-words').fill('水管归水利局管')
  await sheet.getByRole('button', { name: '确认退单' }).click()
  await expect(sheet).toBeHidden()
  await expect(entry).toHaveCount(0)
})

for (const mode of ['plain', 'elder'] as const satisfies readonly Mode[]) {
  test(`the whistle pages are comfortable: ${mode}`, async ({ browser, server }) => {
    const { filed, town, officer } = await cast(browser, server.url)
    const blown = await call<{ id: string }>(town, 'POST', `/api/cases/${filed.number}/whistle`, {
      reason: REASON, lead: 'HOUSING', assisting: ['WATER_RESOURCES', 'POWER_SUPPLY'],
    }, crypto.randomUUID())
    const housing = await officer('housing')

    const look = async (context: BrowserContext, at: string, shows: string, name: string, first?: (page: Page) => Promise<void>) => {
      const page = await context.newPage()
      await setMode(page, mode)
      await page.goto(at)
      await expect(page.locator('main')).toContainText(shows)
      await first?.(page)
      await page.waitForLoadState('networkidle')
      await expectComfort(page, mode)
      await shot(page, `${name} ${mode}`)
      if (mode === 'plain') {
        await page.setViewportSize(DESK)
        await expectNothingSerious(page)
        await shot(page, `${name} desk`)
      }
      await page.close()
    }

    await look(housing, '/staff/calls', REASON, 'calls')
    await look(housing, `/staff/calls/${blown.id}`, '叫了哪些部门', 'call')
    await look(housing, `/staff/calls/${blown.id}`, '叫了哪些部门', 'report in', async (page) => {
      await page.getByRole('button', { name: '签到', exact: true }).click()
      await expect(page.getByText(/离会合点约/)).toBeVisible()
    })
    await call(housing, 'POST', `/api/whistles/${blown.id}/report`, { people: ['王工', '李工'], point: { lon: 113.1172, lat: 36.1953, crs: 'wgs84', accuracy: 12 } }, crypto.randomUUID())
    await look(town, '/staff/whistles', '待报到', 'board')
    await look(town, `/staff/whistles/${blown.id}`, '来了 2 人', 'whistle of the centre')
    await look(town, `/staff/cases/${filed.number}`, '看这次吹哨', 'case with a whistle')
    for (const department of ['water_resources', 'power_supply']) {
      await call(await officer(department), 'POST', `/api/whistles/${blown.id}/report`, {}, crypto.randomUUID())
    }
    await call(housing, 'POST', `/api/whistles/${blown.id}/conclusion`, { version: 3, words: '主管漏水掏空路基。住建局三天内换管修路。' })
    const power = await officer('power_supply')
    await look(power, `/staff/calls/${blown.id}`, '联合处置结论', 'signing', async (page) => {
      await page.getByRole('button', { name: '会签', exact: true }).click()
      await expect(page.getByText('不同意，写明理由')).toBeVisible()
    })
    const other = await cast(browser, server.url)
    await look(other.town, `/staff/cases/${other.filed.number}`, '还没有吹过哨', 'blowing', async (page) => {
      await page.getByRole('button', { name: '吹哨', exact: true }).click()
      await expect(page.getByLabel('牵头部门')).toBeVisible()
    })
  })
}
