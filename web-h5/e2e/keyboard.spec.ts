import type { Page } from '@playwright/test'
import { expect, resident, test } from './house'

test.use({ isMobile: false, hasTouch: false })

test('a complaint is filed by keyboard alone', async ({ browser, server }) => {
  const page = await (await resident(browser, server.url)).newPage()
  await page.goto('/')
  await expect(page.locator('main')).toContainText('说说您遇到的问题')

  // The first stop jumps over what every page repeats.
  await page.keyboard.press('Tab')
  await expect(page.locator(':focus')).toHaveText('跳到正文')
  await tabTo(page, /开始说|说说您遇到的问题/)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: '反映问题' })).toBeFocused()

  await tabTo(page, /发生了什么？/)
  await page.keyboard.type('潞州区英雄中路街道莲花池社区的消防通道被车堵死了，救护车都进不来。')
  await expect(page.locator('.suggestion .grid-name')).toContainText('莲花池社区')

  // Another grid of the same village, from the list of places in the sheet, and back to where she was.
  await tabTo(page, /改地点/)
  await page.keyboard.press('Enter')
  const sheet = page.getByRole('dialog', { name: '这件事在哪里' })
  await expect(sheet).toBeVisible()
  await tabTo(page, /写地址/)
  await page.keyboard.press('Enter')
  await tabTo(page, /^地址/)
  await page.keyboard.type('潞州区英雄中路街道府后社区')
  await page.keyboard.press('Enter')
  await expect(sheet.locator('.answer strong')).toContainText('府后社区')
  await tabTo(page, /就是这里/)
  await page.keyboard.press('Enter')
  await expect(sheet).toBeHidden()
  await expect(page.getByRole('button', { name: '改地点' })).toBeFocused()
  await expect(page.locator('.suggestion .grid-name')).toContainText('府后社区')

  await tabTo(page, /实名/)
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('radio', { name: /保密/ })).toBeChecked()
  await tabTo(page, /提交诉求/)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/cases\/\d+\/filed$/)
  await expect(page.getByRole('heading', { name: '收到了' })).toBeVisible()
  // Its reader starts at the top of what is new.
  await expect(page.locator('#main:focus, #main :focus')).toHaveCount(1)
})

/** Tabs on until the focus is on something of this name, and the eye can see where it is. */
async function tabTo(page: Page, name: RegExp) {
  const seen: string[] = []
  for (let step = 0; step < 80; step++) {
    await page.keyboard.press('Tab')
    const on = await page.evaluate(() => {
      const at = document.activeElement as HTMLElement & { labels?: NodeListOf<HTMLLabelElement> }
      const name = at.getAttribute('aria-label') ?? (at.labels?.length ? [...at.labels].map((label) => label.innerText).join(' ') : at.innerText)
      const ringed = [at, at.closest('label')].some((one) => one && getComputedStyle(one).outlineStyle !== 'none')
      return { name: name.trim(), ringed }
    })
    seen.push(on.name.slice(0, 20))
    if (name.test(on.name)) return expect(on.ringed, `the focus on ${on.name} can be seen`).toBe(true)
  }
  throw new Error(`no stop called ${name}; the stops were: ${seen.join(' | ')}`)
}
