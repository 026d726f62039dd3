import { expect, resident, test, toastsOf } from './house'

const WORDS = '潞州区英雄中路街道莲花池社区的垃圾桶三天没人清，味道很大，请安排清运。'

test('a draft is kept on the device when the page is closed', async ({ browser, server }) => {
  const context = await browser.newContext({ baseURL: server.url })
  const page = await context.newPage()
  await page.goto('/report')
  await page.getByLabel('发生了什么？').fill(WORDS)
  await page.getByText('保密', { exact: true }).click()
  await expect.poll(() => page.evaluate(keptWords)).toBe(WORDS)
  await page.close()

  const later = await context.newPage()
  await later.goto('/report')
  await expect(later.getByText('已恢复草稿')).toBeVisible()
  await expect(later.getByLabel('发生了什么？')).toHaveValue(WORDS)
  await expect(later.getByRole('radio', { name: /保密/ })).toBeChecked()
})

test('a complaint submitted without a network goes out by itself, once', async ({ browser, server }) => {
  const context = await resident(browser, server.url)
  const page = await context.newPage()
  await page.goto('/report')
  await page.getByLabel('发生了什么？').fill(WORDS)
  await expect(page.locator('.suggestion .grid-name')).toContainText('莲花池社区')
  await context.setOffline(true)
  await expect(page.getByText('网络已断开')).toBeVisible()
  await page.getByRole('button', { name: '提交诉求' }).click()
  await expect(page.getByText('诉求已存在本机，网络恢复后自动提交，不会重复。')).toBeVisible()

  await context.setOffline(false)
  await expect(page).toHaveURL(/\/cases\/\d+\/filed$/, { timeout: 60_000 })
  expect(await casesOf(page)).toHaveLength(1)
})

test('a complaint whose answer was lost is sent again and stays one case', async ({ browser, server }) => {
  const context = await resident(browser, server.url)
  const page = await context.newPage()
  await page.goto('/report')
  await page.getByLabel('发生了什么？').fill(WORDS)
  await expect(page.locator('.suggestion .grid-name')).toContainText('莲花池社区')
  // The service files the case; the network fails before the page hears of it.
  let lost = 0
  await page.route('**/api/cases', async (route) => {
    if (route.request().method() !== 'POST' || lost > 0) return route.continue()
    lost = (await route.fetch()).status()
    await route.abort('connectionreset')
  })
  await page.getByRole('button', { name: '提交诉求' }).click()
  await expect(page.getByText('等待网络')).toBeVisible()
  expect(lost).toBe(201)
  await page.getByRole('button', { name: '现在就试' }).click()
  await expect(page).toHaveURL(/\/cases\/\d+\/filed$/)
  expect(await casesOf(page)).toHaveLength(1)
})

test('a page that cannot be fetched says why instead of doing nothing', async ({ browser, server }) => {
  const context = await resident(browser, server.url)
  const page = await context.newPage()
  await page.goto('/')
  await expect(page.locator('main')).toContainText('我最近的诉求')
  const said = await toastsOf(page)
  await context.setOffline(true)
  await page.getByRole('navigation', { name: '主要页面' }).getByRole('link', { name: '消息' }).click()
  await expect.poll(said).toContain('连不上网络，请检查后再试')
  await context.setOffline(false)
  await page.getByRole('navigation', { name: '主要页面' }).getByRole('link', { name: '消息' }).click()
  await expect(page.getByRole('heading', { level: 1, name: '消息' })).toBeVisible()
})

async function casesOf(page: import('@playwright/test').Page): Promise<unknown[]> {
  const answer = await page.request.get('/api/cases?view=all')
  expect(answer.ok()).toBe(true)
  return ((await answer.json()) as { items: unknown[] }).items
}

/** Runs in the page: the words of the draft as they lie in IndexedDB. */
function keptWords(): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('linge', 1)
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const reading = opening.result.transaction('drafts').objectStore('drafts').get('report')
      reading.onsuccess = () => {
        opening.result.close()
        resolve((reading.result as { text: string; privacy: string } | undefined)?.privacy === 'CONFIDENTIAL' ? reading.result.text : undefined)
      }
      reading.onerror = () => reject(reading.error)
    }
  })
}
