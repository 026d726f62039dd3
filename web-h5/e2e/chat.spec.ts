import type { Page } from '@playwright/test'
import { expect, newPhone, photo, resident, signInByPage, staff, test, signInsOf } from './house'

const PLACE = '潞州区英雄中路街道莲花池社区'
const CORNER = { longitude: 113.113, latitude: 36.19 }

const log = (page: Page) => page.getByRole('log', { name: '对话' })
/** The bot's and the office's lines, the newest last. */
const replies = (page: Page) => log(page).locator('.BOT, .STAFF')
const box = (page: Page) => page.getByLabel('说说您的事')

async function say(page: Page, words: string) {
  const before = await replies(page).count()
  await box(page).fill(words)
  await page.getByRole('button', { name: '发送' }).click()
  await expect.poll(() => replies(page).count()).toBeGreaterThan(before)
  await expect(page.locator('.typing')).toHaveCount(0)
}
async function tap(page: Page, label: RegExp | string) {
  const before = await replies(page).count()
  await page.getByRole('group', { name: '请选择' }).getByRole('button', { name: label }).click()
  await expect.poll(() => replies(page).count()).toBeGreaterThan(before)
}
const draft = (page: Page) => log(page).getByRole('region', { name: '我记下的内容' }).last()

test('a guest tells a problem, signs in where it is needed, and the case is filed', async ({ browser, server }) => {
  const context = await browser.newContext({ baseURL: server.url })
  const page = await context.newPage()
  await page.goto('/')
  await page.getByRole('link', { name: /边聊边说/ }).click()
  await expect(page.getByRole('heading', { name: '您好，我是邻格' })).toBeVisible()
  await say(page, `${PLACE} 3 号楼前的路灯从上周一坏到现在，晚上看不见台阶，没有人受伤，不留电话`)
  await throughTo(page, draft(page))
  await expect(draft(page)).toContainText('路灯')
  await tap(page, /没错/)
  await page.getByRole('group', { name: '请选择' }).getByRole('button', { name: /登录/ }).click()
  await expect(page).toHaveURL(/\/sign-in/)
  await signInByPage(page, server.url, newPhone())
  await expect(page).toHaveURL(/\/chat$/)
  // What was said is still there, and the draft goes on its way.
  await expect(log(page)).toContainText('路灯从上周一坏到现在')
  await expect(log(page)).toContainText(/编号/)
  await expect.poll(async () => ((await (await context.request.get('/api/cases?view=all')).json()) as { items: unknown[] }).items.length).toBe(1)
})

test('a place from the phone and a photo are heard, with the reason told before the browser asks', async ({ browser, server }) => {
  const context = await resident(browser, server.url)
  await context.grantPermissions(['geolocation'], { origin: server.url })
  await context.setGeolocation(CORNER)
  const page = await context.newPage()
  await page.goto('/chat')
  await say(page, '单元门口的路灯坏了快一个星期')
  await page.getByRole('button', { name: '位置', exact: true }).click()
  const sheet = page.getByRole('dialog', { name: '告诉我在哪里' })
  await expect(sheet).toContainText('只读这一次')
  let before = await replies(page).count()
  await sheet.getByRole('button', { name: '用我现在的位置' }).click()
  await expect(log(page)).toContainText('发送了位置')
  await expect.poll(() => replies(page).count()).toBeGreaterThan(before)
  before = await replies(page).count()
  await page.locator('input[type=file]').setInputFiles(await photo(browser, 'broken'))
  await expect(log(page).getByAltText('照片')).toBeVisible()
  await expect.poll(() => replies(page).count(), { timeout: 60_000 }).toBeGreaterThan(before)
  await expect(log(page).locator('.state')).toHaveCount(0)
})

test('an emergency is answered with the number to call', async ({ browser, server }) => {
  const page = await (await browser.newContext({ baseURL: server.url })).newPage()
  await page.goto('/chat')
  await say(page, '我家楼下着火了，有人困在里面')
  const call = log(page).getByRole('link', { name: /拨打 119/ })
  await expect(call).toBeVisible()
  await expect(call).toHaveAttribute('href', 'tel:119')
  // White on red or red on white, and nothing else on the page in that colour.
  await expect(log(page).locator('.urgent')).toHaveCount(1)
})

test('a question about the law is answered with its articles and leads to the card', async ({ browser, server }) => {
  const page = await (await browser.newContext({ baseURL: server.url })).newPage()
  await page.goto('/chat')
  await page.getByRole('button', { name: '老板拖欠工资怎么办' }).click()
  const card = log(page).locator('.chat-card.law').last()
  await expect(card).toContainText('起施行')
  await card.getByRole('link', { name: '看完整解答' }).click()
  await expect(page).toHaveURL(/\/legal\/cards\//)
  await expect(page.getByRole('heading', { level: 2, name: '怎么办' })).toBeVisible()
})

test('by keyboard alone: the focus stays in the box, a number chooses, and everything is announced', async ({ browser, server }) => {
  const page = await (await resident(browser, server.url)).newPage()
  await page.goto('/chat')
  await box(page).focus()
  await page.keyboard.type('路灯坏了')
  await page.keyboard.press('Enter')
  await expect.poll(() => replies(page).count()).toBeGreaterThan(0)
  await expect(box(page)).toBeFocused()
  await expect(page.locator('.unseen[role=status]')).toContainText('邻格回复')
  await page.keyboard.type(`${PLACE}3号楼`)
  await page.keyboard.press('Enter')
  await throughTo(page, page.getByRole('group', { name: '请选择' }).getByRole('button').nth(1))
  const second = page.getByRole('group', { name: '请选择' }).getByRole('button').nth(1)
  const label = (await second.innerText()).replace(/^2\s*/, '').trim()
  await box(page).focus()
  const mine = await log(page).locator('.RESIDENT').count()
  await page.keyboard.type('2')
  await page.keyboard.press('Enter')
  await expect(log(page).locator('.RESIDENT')).toHaveCount(mine + 1)
  await expect(log(page).locator('.RESIDENT').last()).toContainText(label)
  await expect(box(page)).toBeFocused()
  // Shift and Enter begins a line, it does not send.
  await page.keyboard.type('一')
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.type('二')
  await expect(box(page)).toHaveValue('一\n二')
})

test('what is said without a network is kept over a reload and goes out once', async ({ browser, server }) => {
  const context = await resident(browser, server.url)
  const page = await context.newPage()
  await page.goto('/chat')
  await say(page, '你好')
  await context.setOffline(true)
  await box(page).fill('我还想问问，物业乱收费找谁')
  await page.getByRole('button', { name: '发送' }).click()
  await expect(log(page)).toContainText('等网络，连上后自动发送')
  await expect.poll(() => page.evaluate(waiting)).toBe(1)
  await context.setOffline(false)
  await expect(log(page).locator('.state')).toHaveCount(0, { timeout: 60_000 })
  await page.reload()
  await expect(log(page)).toContainText('物业乱收费找谁')
  await expect.poll(async () => (await log(page).innerText()).split('物业乱收费找谁').length - 1).toBe(1)
})

test('a message whose answer was lost is not said twice', async ({ browser, server }) => {
  const page = await (await resident(browser, server.url)).newPage()
  await page.goto('/chat')
  await say(page, '你好')
  let lost = 0
  await page.route('**/api/chat', async (route) => {
    if (lost > 0) return route.continue()
    lost = (await route.fetch()).status()
    await route.abort('connectionreset')
  })
  await box(page).fill('我想反映楼道里堆满了杂物')
  await page.getByRole('button', { name: '发送' }).click()
  await expect.poll(() => lost).toBe(200)
  await expect(log(page).locator('.state')).toHaveCount(0, { timeout: 60_000 })
  await page.reload()
  await expect(log(page)).toContainText('楼道里堆满了杂物')
  expect(await log(page).locator('.RESIDENT', { hasText: '楼道里堆满了杂物' }).count()).toBe(1)
})

test('who reads above is not pulled down, and a tap leads to what is new', async ({ browser, server }) => {
  const context = await resident(browser, server.url)
  const page = await context.newPage()
  await page.goto('/chat')
  // Enough to read above: more than a screen of it.
  for (let turn = 0; turn < 12 && (await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)) < 900; turn++)
    await say(page, ['常用电话有哪些', '老板拖欠工资怎么办', '你好'][turn % 3]!)
  // Again until it holds: the last answer may still be scrolling the page.
  const up = () => page.waitForFunction(() => window.scrollY === 0 || window.scrollTo({ top: 0, behavior: 'instant' }), undefined, { polling: 100 })
  await up()
  // The answer comes while she reads above.
  await page.route('**/api/chat', async (route) => {
    const answer = await route.fetch()
    await up()
    await route.fulfill({ response: answer })
  })
  await box(page).fill('借钱不还怎么办')
  await page.getByRole('button', { name: '发送' }).click()
  await expect(page.getByRole('button', { name: '看新消息' })).toBeVisible()
  await page.getByRole('button', { name: '看新消息' }).click()
  await expect(page.getByRole('button', { name: '看新消息' })).toBeHidden()
})

test('a person takes over, answers, and hands back', async ({ browser, server }) => {
  const context = await resident(browser, server.url)
  const page = await context.newPage()
  await page.goto('/chat')
  await say(page, '我想找人工，和工作人员说话')
  await expect(page.getByText('已经转给工作人员')).toBeVisible()

  const dispatcher = (await signInsOf(context.request, server.url)).find(({ role }) => role === 'DISPATCHER')!
  const desk = await (await staff(browser, server.url, dispatcher)).newPage()
  await desk.goto('/staff/talks')
  const [mine] = ((await (await context.request.get('/api/me/conversations')).json()) as { items: { conversation: string }[] }).items
  await desk.getByRole('list', { name: '对话列表' }).locator(`a[href="/staff/talks/${mine!.conversation}"]`).click()
  await expect(desk.getByRole('log', { name: '对话内容' })).toContainText('我想找人工')
  await desk.getByLabel('答复居民').fill('您好，我是值班的小赵，您慢慢说。')
  await desk.getByRole('button', { name: '发送' }).click()
  await expect(desk.getByRole('log', { name: '对话内容' })).toContainText('我是值班的小赵')

  await expect(log(page)).toContainText('我是值班的小赵', { timeout: 30_000 })
  await desk.getByRole('button', { name: '结束，交还机器人' }).click()
  await desk.getByRole('dialog').getByRole('button', { name: '结束，交还机器人' }).click()
  await expect(desk).toHaveURL(/\/staff\/talks$/)
})

test('a conversation begun anew is gone, here and at the service', async ({ browser, server }) => {
  const context = await resident(browser, server.url)
  const page = await context.newPage()
  await page.goto('/chat')
  await say(page, '你好')
  await page.getByRole('button', { name: '重新开始' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '重新开始' }).click()
  await expect(page.getByRole('heading', { name: '您好，我是邻格' })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('heading', { name: '您好，我是邻格' })).toBeVisible()
  expect((await (await context.request.get('/api/me/conversations')).json()).items).toEqual([])
})

/** Answers what the clerk still asks, as somebody would who wants to get on, until something is there. */
async function throughTo(page: Page, wanted: ReturnType<Page['locator']>) {
  for (let turn = 0; turn < 6 && !(await wanted.isVisible()); turn++) {
    const asked = (await replies(page).last().innerText()).replace(/\s+/g, '')
    await say(page, /哪儿|哪个小区|地点/.test(asked) ? `${PLACE}3号楼` : /什么时候/.test(asked) ? '上周一' : /伤|危险/.test(asked) ? '没有危险' : /电话|号码|手机/.test(asked) ? '不留电话' : '就是路灯坏了')
  }
  await expect(wanted).toBeVisible()
}

/** Runs in the page: how many lines of the kept conversation wait for a network. */
function waiting(): Promise<number> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('linge', 1)
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const reading = opening.result.transaction('drafts').objectStore('drafts').get('chat')
      reading.onsuccess = () => {
        opening.result.close()
        resolve(((reading.result as { lines: { state?: string }[] } | undefined)?.lines ?? []).filter(({ state }) => state === 'waiting').length)
      }
      reading.onerror = () => reject(reading.error)
    }
  })
}
