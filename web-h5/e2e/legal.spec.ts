import { gzipSync } from 'node:zlib'
import type { Page } from '@playwright/test'
import { expect, resident, signInsOf, staff, test } from './house'

test('a question in plain words is answered, every sentence with its article, and leads on', async ({ browser, server }) => {
  const page = await (await browser.newContext({ baseURL: server.url })).newPage()
  await page.goto('/')
  await page.getByRole('link', { name: /法律帮助/ }).click()
  await page.getByLabel('您想问什么').fill('老板拖欠工资怎么办')
  await page.keyboard.press('Enter')
  const answer = page.getByRole('region', { name: '答复' })
  await expect(answer.locator('.cited .cite').first()).toBeVisible()
  await expect(answer).toContainText('起施行')
  await expect(page).toHaveURL(/\/legal\?q=/)
  // The address is the question: it can be shared, and back goes back.
  const url = page.url()
  await answer.getByRole('link', { name: '怎么办、带什么、期限有多长' }).click()
  await expect(page).toHaveURL(/\/legal\/cards\//)
  await page.goBack()
  await expect(page).toHaveURL(url)
  await expect(answer.locator('.cited')).toBeVisible()
  await page.getByRole('button', { name: '换个问题' }).click()
  await expect(page.getByLabel('您想问什么')).toHaveValue('')
  await expect(page.getByLabel('您想问什么')).toBeFocused()
})

test('what is not ours to answer says so, with people to turn to', async ({ browser, server }) => {
  const page = await (await browser.newContext({ baseURL: server.url })).newPage()
  await page.goto('/legal?q=' + encodeURIComponent('明天天气怎么样'))
  const answer = page.getByRole('region', { name: '答复' })
  await expect(answer.locator('.cited')).toBeVisible()
  await expect(answer.getByRole('link', { name: /12348/ })).toHaveAttribute('href', 'tel:12348')
  await answer.getByRole('button', { name: '找人说一说' }).click()
  await expect(page).toHaveURL(/\/chat$/)
  await expect(page.getByRole('log', { name: '对话' })).toContainText('我想找人问一个法律问题')
})

test('by life situation to a card, its article, and from the card to help', async ({ browser, server }) => {
  const page = await (await resident(browser, server.url)).newPage()
  await page.goto('/legal')
  await page.locator('.topics a').first().click()
  await expect(page).toHaveURL(/\/legal\/topics\//)
  await page.locator('.links a').first().click()
  await expect(page.getByRole('heading', { name: '一句话说清' })).toBeVisible()
  const title = await page.getByRole('heading', { level: 1 }).innerText()
  await expect(page.getByText(/核对过法条/)).toBeVisible()
  await page.locator('.cite').first().click()
  await expect(page).toHaveURL(/\/legal\/articles\//)
  // Statutes are imported, not shipped: the page says where the text can be read.
  await expect(page.locator('main')).toContainText(/本市还没有导入|版本/)
  await page.goBack()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title)
  await page.getByRole('button', { name: '报给网格' }).click()
  await expect(page).toHaveURL(/\/report$/)
  await expect(page.getByLabel('发生了什么？')).toHaveValue(new RegExp(title.replace(/[?？（）()]/g, '.')))
})

test('eligibility, one question at a time, back at any time, up to a filed application', async ({ browser, server }) => {
  const context = await resident(browser, server.url)
  const page = await context.newPage()
  await page.goto('/legal/eligibility')
  await pick(page, /讨工资/)
  await expect(page.getByText('第 2 题')).toBeVisible()
  await page.getByRole('button', { name: '上一题' }).click()
  await expect(page.getByText('第 1 题')).toBeVisible()
  await pick(page, /讨工资/)
  await page.reload()
  // What was answered is kept as long as the tab is open.
  await expect(page.getByText('第 2 题')).toBeVisible()
  await throughTheRest(page)
  await expect(page.getByRole('button', { name: '填写申请' })).toBeVisible()
  await expect(page.locator('main')).toContainText('《法律援助法》')

  await page.getByRole('button', { name: '填写申请' }).click()
  await page.getByLabel('申请人姓名').fill('郝梅')
  await page.getByRole('button', { name: '提交申请' }).click()
  await expect(page.getByText('请写几句发生了什么')).toBeVisible()
  await page.getByLabel('住址').fill('潞州区英雄中路街道莲花池社区 3 号楼')
  await page.getByLabel('发生了什么，想要什么').fill('在工地干了三个月，包工头说年底一起结，现在电话打不通。')
  await page.getByRole('button', { name: '提交申请' }).click()
  await expect(page).toHaveURL(/\/legal\/applications\/\d+$/)
  await expect(page.getByRole('heading', { name: '申请已收到' })).toBeVisible()
  await expect(page.getByRole('heading', { name: '接下来的期限' })).toBeVisible()
  await page.getByRole('button', { name: '看办理进度' }).click()
  await expect(page.locator('.case-page')).toContainText('包工头')
})

test('by keyboard alone through the questions', async ({ browser, server }) => {
  const page = await (await browser.newContext({ baseURL: server.url })).newPage()
  await page.goto('/legal/eligibility')
  await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible()
  for (let turn = 0; turn < 12 && !(await page.getByRole('button', { name: '重新答题' }).isVisible()); turn++) {
    const before = await page.locator('h2').first().innerText()
    await page.locator('.option, .input').first().focus()
    if (await page.locator('.input').first().isVisible()) await page.keyboard.type('900')
    if (await page.locator('.option input').first().isVisible()) await page.keyboard.press('Space')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.locator('h2').first().innerText()).not.toBe(before)
    // Every new question is where the reader is.
    await expect(page.locator('h2').first()).toBeFocused()
  }
  await expect(page.getByRole('button', { name: '重新答题' })).toBeVisible()
})

test('a question without an answer becomes a card that residents read', async ({ browser, server }) => {
  const context = await browser.newContext({ baseURL: server.url })
  const words = `养的鸽子落在邻居屋顶上算谁的${Date.now() % 10_000}`
  expect((await context.request.post('/api/legal/questions', { data: { question: words } })).ok()).toBe(true)
  const team = await signInsOf(context.request, server.url)
  const admin = await (await staff(browser, server.url, { user: 'admin', password: team[0]!.password })).newPage()
  await admin.goto('/staff/legal')
  const asked = admin.getByRole('listitem').filter({ hasText: words })
  await asked.getByRole('button', { name: '写成卡片' }).click()
  await expect(admin).toHaveURL(/\/staff\/legal\/drafts\/\d+$/)
  await admin.getByLabel('标题').fill('鸽子落在邻居屋顶怎么办')
  await admin.getByLabel('话题').selectOption({ index: 1 })
  await admin.getByLabel('大家怎么问').fill(`${words}\n鸽子飞到邻居家怎么办\n邻居的鸽子落我家房上\n鸽子粪掉邻居院里`)
  await admin.getByLabel('一句话说清').fill('养鸽子要照顾邻居的方便，邻里之间要讲团结互助。〔民法典288〕')
  await admin.getByLabel('怎么办').fill('先和邻居好好商量，把鸽舍挪远一点。〔民法典288〕')
  await admin.getByLabel('期限').fill('没有特别的期限，早一点说开更好。〔民法典288〕')
  await admin.getByLabel('带什么').fill('拍下来的照片')
  await admin.getByLabel('去哪里').fill('社区调解委员会')
  await admin.getByText('邻里调解', { exact: true }).click()
  await admin.getByRole('button', { name: '保存' }).click()
  await expect(admin.getByText('可以发布了')).toBeVisible()
  await admin.getByRole('button', { name: '发布', exact: true }).click()
  await admin.getByRole('dialog').getByRole('button', { name: '发布', exact: true }).click()
  await admin.getByRole('button', { name: '看居民看到的样子' }).click()
  await expect(admin.getByRole('heading', { level: 1, name: '鸽子落在邻居屋顶怎么办' })).toBeVisible()
  await expect(admin.getByText('本市补充')).toBeVisible()
})

test('statutes are imported by file and a broken one changes nothing', async ({ browser, server }) => {
  const context = await browser.newContext({ baseURL: server.url })
  const team = await signInsOf(context.request, server.url)
  const admin = await (await staff(browser, server.url, { user: 'admin', password: team[0]!.password })).newPage()
  await admin.goto('/staff/legal/statutes')
  await expect(admin.getByRole('heading', { name: '现在用的' })).toBeVisible()
  await admin.locator('input[type=file]').setInputFiles({ name: 'words.txt', mimeType: 'text/plain', buffer: Buffer.from('x') })
  await expect(admin.getByText('请选 .jsonl 或 .jsonl.gz 文件')).toBeVisible()
  await admin.locator('input[type=file]').setInputFiles({ name: 'articles.jsonl.gz', mimeType: 'application/gzip', buffer: gzipSync('no statute at all\n') })
  await admin.getByRole('dialog').getByRole('button', { name: '导入' }).click()
  await expect(admin.getByText('读取失败')).toBeVisible({ timeout: 60_000 })
})

async function pick(page: Page, label: RegExp) {
  const before = await page.locator('h2').first().innerText()
  await page.locator('.option').filter({ hasText: label }).first().click()
  await expect.poll(() => page.locator('h2').first().innerText()).not.toBe(before)
}

/** The first answer that leads on, question after question. */
async function throughTheRest(page: Page) {
  for (let turn = 0; turn < 10 && !(await page.getByRole('button', { name: '重新答题' }).isVisible()); turn++) {
    const before = await page.locator('h2').first().innerText()
    if (await page.locator('#amount').isVisible()) await page.locator('#amount').fill('600')
    if (await page.getByRole('button', { name: /^(下一题|都没有)$/ }).isVisible()) await page.getByRole('button', { name: /^(下一题|都没有)$/ }).click()
    else await page.locator('button.option').first().click()
    await expect.poll(() => page.locator('h2').first().innerText()).not.toBe(before)
  }
}
