import { expect, file, move, newPhone, photo, resident, staff, test, workerOf } from './house'
import { Server } from './server'

// A service of its own: the others go on living while this one dies.
test('a case outlives kill -9 and the page that was open shows what happens after the restart', async ({ browser }) => {
  test.setTimeout(480_000)
  const server = await Server.start()
  try {
    const context = await resident(browser, server.url, newPhone())
    const page = await context.newPage()
    await page.goto('/report')
    await page.getByLabel('发生了什么？').fill('潞州区英雄中路街道莲花池社区东门的井盖碎了，骑车的人差点掉进去。')
    await page.locator('input[type=file]').setInputFiles(await photo(browser, 'broken'))
    await expect(page.locator('.suggestion .grid-name')).toContainText('莲花池社区')
    await expect(page.locator('.photo .state')).toHaveCount(0)
    const answered = page.waitForResponse((answer) => answer.request().method() === 'POST' && answer.url().endsWith('/api/cases'))
    await page.getByRole('button', { name: '提交诉求' }).click()
    const answer = await answered
    await server.crash()

    expect(answer.status()).toBe(201)
    const filed = await answer.json()
    await expect(page).toHaveURL(new RegExp(`/cases/${filed.number}/filed$`))
    await expect(page.getByRole('heading', { name: '收到了' })).toBeVisible()
    await page.evaluate(() => Object.assign(window, { mark: 'open since the crash' }))
    await expect(page.getByText('正在重新连接，页面可能不是最新')).toBeVisible()

    await server.run()
    await expect(page.getByText('正在重新连接，页面可能不是最新')).toBeHidden({ timeout: 60_000 })
    await page.getByRole('button', { name: '看办理进度' }).click()
    await expect(page.locator('.case-page')).toContainText('井盖碎了')
    const picture = page.locator('.case-page img').first()
    await expect(picture).toBeVisible()
    await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth > 0)).toBe(true)

    const worker = await staff(browser, server.url, await workerOf(context.request, server.url, filed.grid.code))
    await move(worker, filed.number, { move: 'ACCEPT', words: '重启之后照样收到了，马上去看。' })
    await expect(page.locator('.timeline')).toContainText('重启之后照样收到了，马上去看。')
    expect(await page.evaluate(() => (window as unknown as { mark?: string }).mark)).toBe('open since the crash')

    await page.goto('/inbox')
    await expect(page.locator('main')).toContainText('您的诉求已受理')
    await expect(page.locator('main')).toContainText('您的诉求收到了')
    await page.goto('/me')
    await expect(page.getByRole('button', { name: '退出登录' })).toBeVisible()
  } finally {
    await server.stop()
  }
})

test('a case page that stayed open through the crash reconnects by itself', async ({ browser }) => {
  test.setTimeout(480_000)
  const server = await Server.start()
  try {
    const context = await resident(browser, server.url)
    const filed = await file(context, { text: '潞州区英雄中路街道莲花池社区的健身器材松了，孩子玩着危险。' })
    const worker = await staff(browser, server.url, await workerOf(context.request, server.url, filed.grid.code))
    const page = await context.newPage()
    await page.goto(`/cases/${filed.number}`)
    await expect(page.locator('.case-head')).toContainText('待受理')
    const desk = await worker.newPage()
    await desk.goto(`/staff/cases/${filed.number}`)
    await expect(desk.locator('.case-page')).toContainText('健身器材松了')

    await server.crash()
    await expect(page.getByText('正在重新连接，页面可能不是最新')).toBeVisible()
    await expect(page.locator('.case-page')).toContainText('健身器材松了')
    await server.run()
    await expect(page.getByText('正在重新连接，页面可能不是最新')).toBeHidden({ timeout: 60_000 })

    // Both are still signed in; one acts, the other sees it.
    await desk.getByRole('region', { name: '现在可以办理' }).getByRole('button', { name: '受理', exact: true }).click()
    await desk.getByRole('dialog', { name: '受理' }).getByRole('button', { name: '确认受理' }).click()
    await expect(page.locator('.case-head')).toContainText('已受理')
  } finally {
    await server.stop()
  }
})
