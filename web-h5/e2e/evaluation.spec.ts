import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expectComfort, expectNothingSerious, setMode } from './comfort'
import { call, expect, file, move, resident, staff, test, workerOf } from './house'

/** Another county than other tests evaluate or publish in. */
const PLACE = '沁县定昌镇北关社区'
const COUNTY = '140430'
const PICTURES = join(dirname(fileURLToPath(import.meta.url)), 'screenshots')

/** The quarter before this one, in the city's time: over, whenever this runs. */
function lastQuarter() {
  const city = new Date(Date.now() + 8 * 3_600_000)
  const running = Math.floor(city.getUTCMonth() / 3)
  return running === 0 ? `${city.getUTCFullYear() - 1}Q4` : `${city.getUTCFullYear()}Q${running}`
}

test('a worker reads points with their evidence, objects; a supervisor decides; ranking switched off hides the order', async ({ browser, server }) => {
  const home = await resident(browser, server.url)
  const filed = await file(home, { text: `${PLACE}小区门口的路灯坏了，晚上看不见路。` })
  expect(filed.grid.code.slice(0, 6)).toBe(COUNTY)
  const who = await workerOf(home.request, server.url, filed.grid.code)
  const worker = await staff(browser, server.url, who)
  await move(worker, filed.number, { move: 'ACCEPT' })
  await move(worker, filed.number, { move: 'HANDLE' })
  await move(worker, filed.number, { move: 'REPORT_BACK', words: '灯泡换好了，请放心。', without: '天黑拍不清' })
  await call(home, 'POST', `/api/cases/${filed.number}/rating`, { score: 5 })

  // The running quarter: every point names its case.
  const phone = await worker.newPage()
  await phone.setViewportSize({ width: 375, height: 812 })
  await phone.goto('/staff/me')
  await phone.getByRole('link', { name: '我的考核' }).click()
  await expect(phone.getByRole('heading', { name: '我的考核' })).toBeVisible()
  await expect(phone.getByRole('region', { name: '得分' })).toContainText('名次在公示后显示')
  for (const rule of ['按时受理', '按时办结', '群众满意']) await expect(phone.getByRole('button', { name: new RegExp(rule) })).toBeVisible()
  await phone.getByRole('button', { name: /群众满意/ }).click()
  await expect(phone.getByRole('heading', { name: '依据：群众满意' })).toBeVisible()
  await expect(phone.locator('.lines li')).toHaveCount(1)
  await expect(phone.locator(`.lines a[href="/staff/cases/${filed.number}"]`)).toBeVisible()
  await expect(phone.locator('.lines')).toContainText('评分 5')
  await expectComfort(phone, 'plain')
  await phone.screenshot({ path: join(PICTURES, 'evaluation-mine.png'), fullPage: true })

  // The quarter before is published; its worker objects.
  const supervisor = await staff(browser, server.url, { user: `supervisor-${COUNTY}`, password: who.password })
  const desk = await supervisor.newPage()
  await desk.setViewportSize({ width: 1440, height: 900 })
  const quarter = lastQuarter()
  await desk.goto(`/staff/evaluation?period=${quarter}`)
  await desk.getByRole('button', { name: '公示这一期' }).click()
  await desk.getByRole('dialog').getByRole('button', { name: '公示这一期' }).click()
  // A whole county is written down and told.
  await expect(desk.getByText(/有异议请在 .* 前提出/)).toBeVisible({ timeout: 60_000 })
  await expect(desk.locator('.place').first()).toHaveText('1')
  await expect(desk.locator('.van-toast')).toBeHidden()
  await expectNothingSerious(desk)
  await desk.screenshot({ path: join(PICTURES, 'evaluation-ranking.png') })

  await phone.goto(`/staff/evaluation?period=${quarter}`)
  await expect(phone.getByRole('region', { name: '得分' })).toContainText('第 1 名')
  await phone.getByRole('button', { name: '对总分提异议' }).click()
  const sheet = phone.getByRole('dialog', { name: '对总分提异议' })
  await sheet.getByRole('button', { name: '提交' }).click()
  await expect(sheet.getByText('请至少写 4 个字。')).toBeVisible()
  await sheet.getByLabel('为什么不对').fill('8 月 12 日夜里抢修水管，记录里没有。')
  await sheet.getByRole('button', { name: '提交' }).click()
  await expect(sheet).toBeHidden()
  await expect(phone.getByRole('article')).toContainText('等待处理')

  await desk.getByRole('navigation', { name: '考核的各部分' }).getByRole('link', { name: '异议' }).click()
  const item = desk.getByRole('listitem').filter({ hasText: '抢修水管' })
  await item.getByRole('button', { name: '处理' }).click()
  const decision = desk.getByRole('dialog', { name: '处理' })
  await decision.getByRole('radio', { name: '成立', exact: true }).click()
  await decision.getByLabel(/总分加多少分/).fill('2.5')
  await decision.getByLabel('理由').fill('值班记录属实，补记。')
  await decision.getByRole('button', { name: '提交' }).click()
  await expect(decision).toBeHidden()

  await phone.reload()
  await expect(phone.getByRole('article')).toContainText('值班记录属实，补记。')
  await expect(phone.getByRole('region', { name: '得分' }).locator('.number')).toContainText('2.5')

  // Ranking off: an order for nobody, one's own points as before.
  await desk.getByRole('navigation', { name: '考核的各部分' }).getByRole('link', { name: '计分规则' }).click()
  await desk.getByRole('checkbox', { name: /^排名/ }).uncheck()
  await desk.getByLabel('为什么改').fill('今年试行不排名')
  await desk.getByRole('button', { name: '存成新的一版' }).click()
  await expect(desk.getByText('本区域自己的规则')).toBeVisible()
  await desk.getByRole('navigation', { name: '考核的各部分' }).getByRole('link', { name: '排名' }).click()
  await expect(desk.getByText('排名已关闭，按网格列出，不分先后。')).toBeVisible()
  await expect(desk.locator('.place')).toHaveCount(0)
  await phone.reload()
  await expect(phone.getByRole('region', { name: '得分' })).toContainText('本县（区）不排名')
  await expect(phone.getByRole('region', { name: '得分' }).locator('.number')).toContainText('2.5')

  // As large as elders want it.
  const elder = await worker.newPage()
  await setMode(elder, 'elder')
  await elder.setViewportSize({ width: 375, height: 812 })
  await elder.goto('/staff/evaluation')
  await expect(elder.getByRole('button', { name: /按时办结/ })).toBeVisible()
  await expectComfort(elder, 'elder')
  await elder.screenshot({ path: join(PICTURES, 'evaluation-mine-elder.png'), fullPage: true })
})
