import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BrowserContext, Page } from '@playwright/test'
import { expectComfort, setMode } from './comfort'
import { expect, file, move, photo, resident, signInsOf, staff, test, workerOf, type FiledCase } from './house'

test.use({ serviceWorkers: 'allow' })

const PICTURES = join(dirname(fileURLToPath(import.meta.url)), 'screenshots')
// Its worker's day holds these cases alone.
const PLACE = '潞州区东街街道正东社区'

interface Line {
  move: string
  words: string | null
  media?: unknown[]
  by: { kind: string; name: string | null }
}
const historyOf = async (context: BrowserContext, { number }: FiledCase): Promise<Line[]> =>
  ((await (await context.request.get(`/api/cases/${number}/history`)).json()) as { items: Line[] }).items
const logsOf = async (context: BrowserContext) => ((await (await context.request.get('/api/field/logs')).json()) as { items: { words: string | null; households: number; saidAt: string; receivedAt: string }[] }).items

/** The worker's phone, its pages and the day taken along. */
async function settled(page: Page, filed: FiledCase) {
  await page.goto('/staff')
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true)
  await expect(page.locator(`a[href="/staff/cases/${filed.number}"]`)).toBeVisible()
  await expect.poll(() => page.evaluate(keptNumbers)).toContain(filed.number)
}

async function write(page: Page, label: string, words?: string, more?: (sheet: ReturnType<Page['getByRole']>) => Promise<void>) {
  await page.getByRole('region', { name: '现在可以办理' }).getByRole('button', { name: label, exact: true }).and(page.locator(':visible')).click()
  const sheet = page.getByRole('dialog', { name: label, exact: true })
  if (words) await sheet.locator('#move-words').fill(words)
  await more?.(sheet)
  await sheet.getByRole('button', { name: `确认${label}` }).click()
  await expect(sheet).toBeHidden()
}

test('in airplane mode a worker accepts, notes with a photo and logs a visit; killed and reopened, all is sent once', async ({ browser, server }) => {
  const home = await resident(browser, server.url)
  const filed = await file(home, { text: `${PLACE}的楼道灯不亮，上下楼看不清。` })
  const worker = await staff(browser, server.url, await workerOf(home.request, server.url, filed.grid.code))
  const page = await worker.newPage()
  await settled(page, filed)

  await worker.setOffline(true)
  await page.locator(`a[href="/staff/cases/${filed.number}"]`).click()
  await expect(page.getByText('没有网络。这是')).toBeVisible()
  await write(page, '受理', '收到，马上去看。')
  await expect(page.locator('.entry', { hasText: '受理' })).toContainText('等待发送')
  // What may follow is offered already.
  await write(page, '开始处置')
  await page.getByRole('button', { name: '更多' }).click()
  await page.getByRole('dialog', { name: '还可以这样办' }).getByRole('button', { name: /记录进展/ }).click()
  const sheet = page.getByRole('dialog', { name: '记录进展', exact: true })
  await sheet.locator('#move-words').fill('到现场看了，灯泡坏了，已经拍照。')
  await sheet.locator('input[type=file]').setInputFiles(await photo(browser, 'broken'))
  await expect(sheet.getByText(/手机时间/)).toBeVisible()
  await sheet.getByRole('button', { name: '确认记录进展' }).click()
  await expect(sheet).toBeHidden()

  await page.goto('/staff/field/log')
  await page.getByLabel('走访户数', { exact: true }).fill('3')
  await page.getByLabel('情况', { exact: true }).fill('走访三户，都说灯早该修了。')
  await page.getByRole('button', { name: '记下这次走访' }).click()
  await expect(page.locator('.strip')).toContainText('4 条等待发送')

  // The app is gone; a new one opens, still without a network.
  await page.close()
  const reopened = await worker.newPage()
  await reopened.goto('/staff/field/outbox')
  await expect(reopened.locator('.entry')).toHaveCount(4)
  await expect(reopened.locator('.entry').first()).toContainText('收到，马上去看。')
  expect((await historyOf(home, filed)).map(({ move }) => move)).toEqual(['FILE'])

  await worker.setOffline(false)
  await expect(reopened.getByRole('heading', { name: '一天内送达的' })).toBeVisible()
  await expect(reopened.locator('.entry.delivered')).toHaveCount(4)
  const lines = await historyOf(home, filed)
  expect(lines.map(({ move }) => move)).toEqual(['FILE', 'ACCEPT', 'HANDLE', 'NOTE'])
  expect(lines[3]).toMatchObject({ words: '到现场看了，灯泡坏了，已经拍照。' })
  expect(lines[3]!.media).toHaveLength(1)
  const logs = (await logsOf(worker)).filter(({ words }) => words === '走访三户，都说灯早该修了。')
  expect(logs).toHaveLength(1)
  expect(logs[0]).toMatchObject({ households: 3 })

  // Opened once more: nothing goes out twice, and what the phone said stands beside.
  await reopened.goto(`/staff/cases/${filed.number}`)
  await expect(reopened.getByRole('heading', { name: '手机记下的时间和地点' })).toBeVisible()
  await expect(reopened.locator('.case-page')).toContainText('“记录进展”的照片')
  expect((await historyOf(home, filed)).length).toBe(4)
})

test('somebody else moved the case meanwhile: the worker reads what happened and decides', async ({ browser, server }) => {
  const home = await resident(browser, server.url)
  const filed = await file(home, { text: `${PLACE}的垃圾桶满了三天没人倒。` })
  const other = await file(home, { text: `${PLACE}的健身器材螺丝松了。` })
  const team = await signInsOf(home.request, server.url, filed.grid.code)
  const worker = await staff(browser, server.url, team.find(({ role }) => role === 'GRID_WORKER')!)
  const leader = await staff(browser, server.url, team.find(({ role }) => role === 'GRID_LEADER')!)
  const page = await worker.newPage()
  await settled(page, filed)
  await worker.setOffline(true)
  for (const one of [filed, other]) {
    await page.goto(`/staff/cases/${one.number}`)
    await write(page, '受理', `离线写的：${one.number}`)
  }
  await move(leader, filed.number, { move: 'NOTE', words: '我给保洁打过电话了。' })
  await move(home, other.number, { move: 'WITHDRAW', words: '自己拧紧了。' })
  await worker.setOffline(false)
  await page.goto('/staff/field/outbox')

  // Still possible: all the same, knowingly.
  const first = page.locator('.entry', { hasText: `离线写的：${filed.number}` })
  await expect(first).toContainText('有冲突')
  await expect(first).toContainText('我给保洁打过电话了。')
  await page.screenshot({ path: join(PICTURES, 'field-conflict.plain.png'), fullPage: true })
  await first.getByRole('button', { name: '照样受理' }).click()
  await expect(first).toContainText('已送达')
  expect((await historyOf(home, filed)).map(({ move }) => move)).toEqual(['FILE', 'NOTE', 'ACCEPT'])

  // Not possible any more: the words can be taken along, and nothing goes without the writer's word.
  const second = page.locator('.entry', { hasText: `离线写的：${other.number}` })
  await expect(second).toContainText('已撤回')
  await expect(second.getByRole('button', { name: '照样受理' })).toHaveCount(0)
  await second.getByRole('button', { name: '不发了' }).click()
  await page.getByRole('button', { name: '不发了' }).last().click()
  await expect(second).toHaveCount(0)
  expect((await historyOf(home, other)).map(({ move }) => move)).toEqual(['FILE', 'WITHDRAW'])
})

test('a session that ended keeps what was written; signing out and another person leave nothing to read', async ({ browser, server }) => {
  const home = await resident(browser, server.url)
  const filed = await file(home, { text: `${PLACE}的井盖响得睡不着。` })
  const team = await signInsOf(home.request, server.url, filed.grid.code)
  const me = team.find(({ role }) => role === 'GRID_WORKER')!
  const worker = await staff(browser, server.url, me)
  const page = await worker.newPage()
  await settled(page, filed)
  await worker.setOffline(true)
  await page.locator(`a[href="/staff/cases/${filed.number}"]`).click()
  await write(page, '受理', '会话到期前写的。')
  // The session ends while the phone is in a cellar.
  await worker.clearCookies()
  await worker.setOffline(false)
  await page.goto('/staff/field/outbox')
  await expect(page).toHaveURL(/\/staff\/sign-in/)
  expect(await page.evaluate(keptNumbers)).toEqual([])
  await page.getByLabel('用户名').fill(me.user)
  await page.getByLabel('密码', { exact: true }).fill(me.password)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await expect(page.locator('.entry.delivered')).toContainText('会话到期前写的。')
  expect((await historyOf(home, filed)).map(({ move }) => move)).toEqual(['FILE', 'ACCEPT'])

  await page.goto('/staff')
  await expect.poll(() => page.evaluate(keptNumbers)).toContain(filed.number)
  await page.goto('/staff/me')
  await page.getByRole('button', { name: '退出登录' }).click()
  await page.getByRole('button', { name: '退出登录' }).last().click()
  await expect(page).toHaveURL(/\/staff\/sign-in/)
  await expect.poll(() => page.evaluate(keptNumbers)).toEqual([])
  const files = await page.evaluate(async () => {
    const paths: string[] = []
    for (const name of await caches.keys()) for (const { url } of await (await caches.open(name)).keys()) paths.push(new URL(url).pathname)
    return paths
  })
  expect(files.filter((path) => path.startsWith('/api'))).toEqual([])
})

test('what is found on patrol becomes a case of the grid with nobody to rate it', async ({ browser, server }) => {
  const home = await resident(browser, server.url)
  const filed = await file(home, { text: `${PLACE}的路灯坏了。` })
  const worker = await staff(browser, server.url, await workerOf(home.request, server.url, filed.grid.code))
  const page = await worker.newPage()
  await page.goto('/staff/field/found')
  await page.getByLabel('发现了什么').fill('巡查发现三号楼消防栓箱门脱落。')
  await page.locator('input[type=file]').setInputFiles(await photo(browser, 'broken'))
  await page.getByRole('button', { name: '上报', exact: true }).click()
  await expect(page.getByRole('heading', { name: '巡查发现' })).toBeVisible()
  await expect(page.getByText('也不请居民评价')).toBeVisible()
  await expect(page.locator('.timeline')).toContainText('网格员')
  await write(page, '受理')
  await page.goto('/staff/field/ledger')
  await page.getByRole('button', { name: /月 \d+ 日/ }).first().click()
  await expect(page.locator('.entries')).toContainText('巡查上报')
  await expect(page.locator('.entries')).toContainText('受理')
})

const LOOKS: Record<string, { at: string; shows: string }> = {
  today: { at: '/staff', shows: '先办到期的' },
  found: { at: '/staff/field/found', shows: '发现了什么' },
  log: { at: '/staff/field/log', shows: '只记户数和情况' },
  map: { at: '/staff/field/map', shows: '图上' },
  ledger: { at: '/staff/field/ledger', shows: '办理操作' },
  outbox: { at: '/staff/field/outbox', shows: '都发出去了' },
  campaigns: { at: '/staff/field/campaigns', shows: '已覆盖' },
}
for (const mode of ['plain', 'elder'] as const) {
  test(`the pages of the field fit a phone and every hand and eye, ${mode}`, async ({ browser, server }) => {
    const home = await resident(browser, server.url)
    const point = { lon: 113.117, lat: 36.195, crs: 'wgs84' }
    const filed = await file(home, { text: '小区门口的路灯坏了三天，晚上看不见路。', point })
    await file(home, { text: '人行道的砖翘起来绊人。', point: { ...point, lon: 113.1173 } })
    const team = await signInsOf(home.request, server.url, filed.grid.code)
    const leader = await staff(browser, server.url, team.find(({ role }) => role === 'GRID_LEADER')!)
    const { csrf } = (await (await leader.request.get('/api/sessions')).json()) as { csrf: string }
    const day = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
    await leader.request.post('/api/field/campaigns', { headers: { 'X-CSRF-Token': csrf }, data: { title: '冬季用气安全敲门行动', begins: day, ends: day } })
    const worker = await staff(browser, server.url, team.find(({ role }) => role === 'GRID_WORKER')!)
    await move(worker, filed.number, { move: 'ACCEPT', words: '收到。' })
    const page = await worker.newPage()
    await setMode(page, mode)
    for (const [name, look] of Object.entries({ ...LOOKS, case: { at: `/staff/cases/${filed.number}`, shows: '办理经过' } })) {
      await page.goto(look.at)
      await expect(page.locator('body')).toContainText(look.shows)
      await expect(page.locator('.van-skeleton')).toHaveCount(0)
      await test.step(name, () => expectComfort(page, mode))
      await page.screenshot({ path: join(PICTURES, `field-${name}.${mode}.png`) })
    }
  })
}

/** Runs in the page: the numbers of the cases that lie on this phone. */
function keptNumbers(): Promise<string[]> {
  return new Promise((resolve) => {
    const opening = indexedDB.open('linge-field-copy')
    opening.onerror = () => resolve([])
    opening.onupgradeneeded = () => opening.transaction!.abort()
    opening.onsuccess = () => {
      const reading = opening.result.transaction('things').objectStore('things').get('copy')
      reading.onsuccess = () => {
        opening.result.close()
        resolve(((reading.result as { cases: { case: { number: string } }[] } | undefined)?.cases ?? []).map((one) => one.case.number))
      }
      reading.onerror = () => resolve([])
    }
  })
}
