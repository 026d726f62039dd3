import type { Browser, BrowserContext, Page } from '@playwright/test'
import { expect, file, move, resident, signInsOf, staff, test, type FiledCase } from './house'

test.use({ viewport: { width: 1440, height: 900 }, isMobile: false, hasTouch: false })

// No other test has a case in this county: its queue is counted.
const COUNTY = '长子县'
const DESK = 'dispatcher-140428'
const MATTERS = [
  '路灯坏了，晚上看不见路', '下水道堵了，污水流到路上', '有人在消防通道停车', '工地半夜施工，吵得睡不着', '井盖丢了，很危险',
  '老板拖欠三个月工资', '垃圾没人清运，味道很大', '公交站牌倒了', '绿化带的树枝挡住路牌', '暖气不热，家里只有十五度',
]

/** Cases of a county that name no place in it: they begin on the desk of the county's centre. */
async function fifty(home: Awaited<ReturnType<typeof resident>>): Promise<FiledCase[]> {
  const filed: FiledCase[] = []
  for (let n = 0; n < 50; n++) filed.push(await file(home, { text: `${COUNTY}${MATTERS[n % MATTERS.length]}，这是第 ${n + 1} 件。` }))
  return filed
}

test('a dispatcher handles 50 queued cases with the keyboard alone', async ({ browser, server }) => {
  // Fifty filings and two hundred keys, each waiting for its answer.
  test.setTimeout(420_000)
  const home = await resident(browser, server.url)
  const filed = await fifty(home)
  const context = await dispatcher(browser, server.url, home)
  const page = await context.newPage()
  // Whoever touches the mouse fails: only keys are pressed from here on.
  await page.goto('/staff')
  const rows = page.locator('[data-row]')
  await expect(rows).toHaveCount(50)

  let pressed = 0
  const press = async (key: string) => {
    pressed++
    await page.keyboard.press(key)
  }
  const at = () => page.locator('[data-row]:focus').getAttribute('data-number')
  await press('j')
  await expect(rows.first()).toBeFocused()

  // The first twenty are dispatched by suggestion, each with two keys.
  const dispatched: string[] = []
  for (let n = 0; n < 20; n++) {
    const number = (await at())!
    dispatched.push(number)
    const sheet = page.getByRole('dialog', { name: '分流到哪里' })
    // A key pressed while the sheet before is still going is the dialog's: a busy machine takes its time.
    await expect(page.locator('dialog[open]')).toHaveCount(0)
    await press('d')
    await expect(sheet).toBeVisible()
    await expect(sheet.locator('.suggestion').first()).toContainText(/归这里管|件交给这里|交过/)
    await press('1')
    await expect(sheet).toBeHidden()
    await expect(page.locator(`[data-number="${number}"] .done`)).toHaveText('已分流')
    await expect(rows.nth(n + 1)).toBeFocused()
  }
  // Ten are accepted, one key each.
  const accepted: string[] = []
  for (let n = 20; n < 30; n++) {
    accepted.push((await at())!)
    await press('a')
    await expect(rows.nth(n).locator('.done')).toHaveText('已受理')
    await expect(rows.nth(n + 1)).toBeFocused()
  }
  // One goes up, with words; the focus is caught in its sheet and comes back.
  const raised = (await at())!
  await press('e')
  const up = page.getByRole('dialog', { name: '上报上级' })
  await tabTo(page, /为什么要上报/)
  await page.keyboard.type('涉及两个县区，请市里协调。')
  pressed += 13
  await tabTo(page, /确认上报上级/)
  await press('Enter')
  await expect(up).toBeHidden()
  await expect(rows.nth(30).locator('.done')).toHaveText('已上报上级')

  // The rest is picked and accepted at once.
  await expect(rows.nth(31)).toBeFocused()
  const rest: string[] = []
  for (let n = 31; n < 50; n++) {
    rest.push((await at())!)
    await press('x')
    if (n < 49) await press('j')
  }
  await expect(page.getByRole('toolbar')).toContainText('选中 19 件')
  await press('a')
  const batch = page.getByRole('dialog', { name: '受理 19 件' })
  await tabTo(page, /确认受理 19 件/)
  await press('Enter')
  await expect(batch).toContainText('19 件全部办成')
  await press('Escape')
  await expect(batch).toBeHidden()

  expect(new Set([...dispatched, ...accepted, raised, ...rest])).toEqual(new Set(filed.map(({ number }) => number)))
  const stateOf = async (number: string) => ((await (await home.request.get(`/api/cases/${number}`)).json()) as FiledCase).state
  for (const number of dispatched) expect(await stateOf(number)).toBe('DISPATCHED')
  for (const number of [...accepted, ...rest, raised]) expect(await stateOf(number)).toBe('ACCEPTED')
  console.log(`50 cases with ${pressed} keys`)
})

test('a search, a saved view and a case beside the list, by keys and by hand', async ({ browser, server }) => {
  const home = await resident(browser, server.url)
  const lamp = await file(home, { text: `${COUNTY}鼓楼前的灯笼掉了一只，砸在人行道上。` })
  await file(home, { text: `${COUNTY}鼓楼后面的石狮子被人涂了油漆。` })
  const context = await dispatcher(browser, server.url, home)
  const page = await context.newPage()
  await page.goto('/staff')
  await expect(page.locator('[data-row]').first()).toBeVisible()
  await page.keyboard.press('/')
  await page.keyboard.type('灯笼')
  await expect(page.locator('[data-row]')).toHaveCount(1)
  await expect(page.locator('[data-row] mark')).toHaveText('灯笼')
  // Typed letters are words, not commands.
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.keyboard.press('Enter')
  await expect(page.locator('[data-row]').first()).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/staff/cases/${lamp.number}$`))
  await expect(page.getByRole('heading', { name: '居民说' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(/\/staff$/)

  await page.getByRole('button', { name: '保存这组条件' }).click()
  const sheet = page.getByRole('dialog', { name: '保存条件' })
  await sheet.getByLabel('名字').fill('鼓楼灯笼')
  await sheet.getByRole('button', { name: '保存', exact: true }).click()
  const view = page.getByRole('button', { name: /鼓楼灯笼\s*1/ })
  await expect(view).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('g')
  await page.keyboard.press('a')
  await expect(page.getByRole('button', { name: '全部', exact: true })).toHaveAttribute('aria-pressed', 'true')

  // Somebody else moved meanwhile: told, and nothing moves under the hand.
  await move(home, lamp.number, { move: 'URGE' })
  await expect(page.getByRole('button', { name: '有新动态，刷新' })).toBeVisible()

  // Switched off, letters do nothing; the button still leads there.
  await page.getByRole('button', { name: '快捷键' }).click()
  const help = page.getByRole('dialog', { name: '快捷键' })
  await help.getByRole('switch', { name: '用快捷键' }).uncheck()
  await page.keyboard.press('Escape')
  await expect(help).toBeHidden()
  await page.keyboard.press('?')
  await page.keyboard.press('j')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.locator('[data-row]:focus')).toHaveCount(0)
})

async function dispatcher(browser: Browser, url: string, { request }: BrowserContext): Promise<BrowserContext> {
  const [any] = await signInsOf(request, url)
  return staff(browser, url, { user: DESK, password: any!.password })
}

async function tabTo(page: Page, name: RegExp) {
  for (let step = 0; step < 60; step++) {
    await page.keyboard.press('Tab')
    const on = await page.evaluate(() => {
      const at = document.activeElement as HTMLElement & { labels?: NodeListOf<HTMLLabelElement> }
      return at.getAttribute('aria-label') ?? (at.labels?.length ? [...at.labels].map((label) => label.innerText).join(' ') : at.innerText)
    })
    if (name.test(on)) return
  }
  throw new Error(`no stop called ${name}`)
}
