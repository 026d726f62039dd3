import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BrowserContext, Page } from '@playwright/test'
import { expectComfort, expectNothingSerious, expectRoom, setMode, type Mode } from './comfort'
import { call, expect, file, longLived, move, resident, signInsOf, staff, test as base, workerOf } from './house'

const folder = join(dirname(fileURLToPath(import.meta.url)), 'screenshots')
/** A county of its own: what lies on its desks nobody else counts. */
const COUNTY = '长子县'
const POINT = { lon: 112.861, lat: 36.1245, crs: 'wgs84' }
const LONG = `世纪花园二期甲区三号楼至七号楼之间的内部道路，从去年入冬开始路面一直往下沉，${'已经能看见下面的供热管和弱电井，雨天积水结冰，老人孩子都不敢走，'.repeat(6)}请住建、热力、供水几家一起来看，给一个明确的时间。`
const DESK = { width: 1440, height: 900 }

type Who = 'nobody' | 'worker' | 'dispatcher' | 'officer' | 'administrator'
interface World extends Record<Exclude<Who, 'nobody'>, BrowserContext> {
  number: string
  proof: string
  whistle: string
}

const test = base.extend<object, { world: World }>({
  world: [
    async ({ browser, server }, use) => {
      const home = await resident(browser, server.url)
      const neighbour = await resident(browser, server.url)
      const filed = await file(home, { text: LONG, point: POINT })
      const grid = filed.grid.code
      await file(neighbour, { text: '世纪花园三号楼前的路塌了，能看见供热管，走路害怕。', point: POINT })
      // Without a place in it they lie on the county's own desk.
      await file(home, { text: `${COUNTY}世纪花园的公交站牌倒了，${'压在人行道上，推婴儿车、坐轮椅的都过不去，'.repeat(5)}请扶起来。` })
      await file(neighbour, { text: `${COUNTY}广场的健身器材松了。` })
      const people = await signInsOf(home.request, server.url, grid)
      const password = people[0]!.password
      const as = (user: string) => staff(browser, server.url, { user, password })
      const worker = await staff(browser, server.url, await workerOf(home.request, server.url, grid))
      await move(worker, filed.number, { move: 'ACCEPT', words: '已经到现场看过，放了警示桩，正在联系几家单位。' })
      const town = await as(`dispatcher-${grid.slice(0, 9)}`)
      const { id } = await call<{ id: string }>(town, 'POST', `/api/cases/${filed.number}/whistle`, {
        reason: `路面下沉，下面有供热管、供水管和弱电井，${'要几家一起挖开来看，'.repeat(8)}`, lead: 'HOUSING', assisting: ['WATER_RESOURCES', 'POWER_SUPPLY'],
      }, crypto.randomUUID())
      const { proof } = (await (await home.request.get(`/api/cases/${filed.number}`)).json()) as { proof: string }
      const world: World = {
        worker, number: filed.number, proof, whistle: id,
        dispatcher: await as(`dispatcher-${grid.slice(0, 6)}`),
        officer: await as(`officer-${grid.slice(0, 6)}-housing`),
        administrator: await as('admin'),
      }
      for (const one of [world.worker, world.dispatcher, world.officer, world.administrator]) longLived.add(one)
      await use(world)
    },
    { scope: 'worker', timeout: 240_000 },
  ],
})
test.use({ contextOptions: { reducedMotion: 'reduce' }, trace: 'off' })

interface Look {
  who: Who
  at: string | ((world: World) => string)
  shows: string | RegExp
  /** Done before looking; what a sheet shows is looked at as it stands. */
  first?: (page: Page) => Promise<void>
  /** Not made for a wide screen. */
  phoneOnly?: boolean
}
/** The service away for what this page reads: it says so, and offers another try. */
const broken = (paths: string) => async (page: Page) => {
  await page.route(paths, (route) => route.fulfill({ status: 503, contentType: 'application/problem+json', json: { type: 'about:blank', title: '暂时不能用', status: 503, detail: '服务正在重启，请稍后再试。' } }))
  await page.reload()
  await expect(page.locator('.error-card').first()).toContainText('服务正在重启')
  await page.unroute(paths)
}
const nothing = (paths: string, shows: string) => async (page: Page) => {
  await page.route(paths, (route) => route.fulfill({ json: { items: [], next: null, total: { n: 0, more: false }, counts: {} } }))
  await page.reload()
  await expect(page.locator('main')).toContainText(shows)
  await page.unroute(paths)
}
const press = (name: string) => async (page: Page) => {
  await page.getByRole('button', { name, exact: true }).first().click()
  await expect(page.locator('dialog[open] .sheet-head')).toBeVisible()
}

const LOOKS: Record<string, Look> = {
  board: { who: 'dispatcher', at: '/staff/board', shows: '热点诉求' },
  'board, an error': { who: 'dispatcher', at: '/staff/board', shows: '热点诉求', first: broken('**/api/board?*') },
  'board, cases behind': { who: 'dispatcher', at: '/staff/board/cases?figure=FILED', shows: '背后的诉求' },
  'board, a week': { who: 'dispatcher', at: '/staff/board/weekly', shows: '诉求办理周报' },
  'board, exporting': { who: 'dispatcher', at: '/staff/board', shows: '热点诉求', first: press('导出') },
  queue: { who: 'dispatcher', at: '/staff', shows: '世纪花园' },
  'queue, a case beside it': { who: 'dispatcher', at: ({ number }) => `/staff/cases/${number}`, shows: '办理经过' },
  clocks: { who: 'dispatcher', at: '/staff/clocks', shows: '小时之内到期的' },
  'clocks, nothing due': { who: 'dispatcher', at: '/staff/clocks', shows: '小时之内到期的', first: nothing('**/api/staff/clocks?*', '没有快到期的') },
  calendar: { who: 'administrator', at: '/staff/time', shows: '调休上班' },
  'calendar, importing': { who: 'administrator', at: '/staff/time', shows: '调休上班', first: press('导入通知') },
  'rules of time': { who: 'administrator', at: '/staff/time/rules', shows: '服务时间' },
  twins: { who: 'dispatcher', at: ({ number }) => `/staff/twins/${number}`, shows: '并排比较' },
  'whistles of a centre': { who: 'dispatcher', at: '/staff/whistles', shows: '待报到' },
  'calls of a department': { who: 'officer', at: '/staff/calls', shows: '路面下沉' },
  'a whistle': { who: 'officer', at: ({ whistle }) => `/staff/calls/${whistle}`, shows: '叫了哪些部门' },
  'a whistle, an error': { who: 'officer', at: ({ whistle }) => `/staff/calls/${whistle}`, shows: '叫了哪些部门', first: broken('**/api/whistles/*') },
  'a day in the field': { who: 'worker', at: '/staff', shows: '先办到期的', phoneOnly: true },
  'a case in the field': { who: 'worker', at: ({ number }) => `/staff/cases/${number}`, shows: '办理经过', phoneOnly: true },
  proof: { who: 'nobody', at: ({ proof }) => `/proof/${proof}`, shows: '走过的步骤' },
  'somebody else’s page': { who: 'worker', at: '/staff/board', shows: '这里不归您的岗位看' },
  'demo data': { who: 'administrator', at: '/demo/data', shows: '演示诉求' },
}

for (const mode of ['plain', 'elder'] as const) {
  for (const [name, look] of Object.entries(LOOKS)) {
    test(`${name} fits a phone and a desk, ${mode}`, async ({ browser, world, server }) => {
      const storageState = look.who === 'nobody' ? undefined : await world[look.who].storageState()
      const context = await browser.newContext({ baseURL: server.url, ...(storageState ? { storageState } : {}) })
      const page = await context.newPage()
      await setMode(page, mode)
      await page.goto(typeof look.at === 'string' ? look.at : look.at(world))
      await expect(page.locator('main')).toContainText(look.shows)
      await look.first?.(page)
      await settled(page)
      await expectComfort(page, mode)
      await expectRoom(page, 375)
      await picture(page, name, mode)
      if (!look.phoneOnly && mode === 'plain') {
        await page.setViewportSize(DESK)
        await settled(page)
        await expectNothingSerious(page)
        await expectRoom(page, DESK.width)
        await picture(page, name, 'desk')
      }
      await context.close()
    })
  }
}

async function settled(page: Page) {
  await expect(page.locator('.van-skeleton')).toHaveCount(0)
  await page.evaluate(() => Promise.allSettled(document.getAnimations().filter(({ effect }) => effect?.getTiming().iterations !== Infinity).map(({ finished }) => finished)))
}

async function picture(page: Page, name: string, mode: Mode | 'desk') {
  const path = join(folder, `looks-${name.replace(/[^a-z]+/g, '-')}.${mode}.png`)
  await page.screenshot({ path, fullPage: (await page.locator('dialog[open]').count()) === 0 })
}
