import { expect, resident, test } from './house'

test('elder mode is one tap away and goes along from page to page', async ({ browser, server }) => {
  const context = await resident(browser, server.url)
  const page = await context.newPage()
  const html = page.locator('html')
  await page.goto('/')
  await expect(html).not.toHaveAttribute('data-comfort', 'elder')
  const before = await page.locator('h1').evaluate((one) => parseFloat(getComputedStyle(one).fontSize))
  await page.getByRole('button', { name: '切换到长辈版：大字、大按钮' }).click()
  await expect(html).toHaveAttribute('data-comfort', 'elder')
  expect(await page.locator('main p, main span').first().evaluate((one) => parseFloat(getComputedStyle(one).fontSize))).toBeGreaterThanOrEqual(24)
  expect(await page.locator('h1').evaluate((one) => parseFloat(getComputedStyle(one).fontSize))).toBeGreaterThan(before)

  const tabs = page.getByRole('navigation', { name: '主要页面' })
  for (const [tab, heading] of [['我的诉求', '我的诉求'], ['消息', '消息'], ['我的', '我的'], ['问一问', '问问邻格']] as const) {
    await tabs.getByRole('link', { name: tab, exact: true }).click()
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible()
    await expect(html).toHaveAttribute('data-comfort', 'elder')
  }
  // A new window of the same phone, and the staff's side of the house.
  const other = await context.newPage()
  for (const path of ['/report', '/grid', '/legal', '/staff/sign-in', '/demo/messages']) {
    await other.goto(path)
    await expect(other.locator('h1')).toBeVisible()
    await expect(other.locator('html')).toHaveAttribute('data-comfort', 'elder')
  }
  await other.goto('/')
  await other.getByRole('button', { name: '切换到标准版' }).click()
  await expect(other.locator('html')).not.toHaveAttribute('data-comfort', 'elder')
  await other.reload()
  await expect(other.locator('h1')).toBeVisible()
  await expect(other.locator('html')).not.toHaveAttribute('data-comfort', 'elder')
})
