import type { Locator, Page } from '@playwright/test'
import { call, expect, file, move, newPhone, resident, signInsOf, staff, test, workerOf } from './house'

const PLACE = '潞州区东街街道东方社区'

test('two at one case: the slower one is told who was faster and keeps every word', async ({ browser, server }) => {
  const home = await resident(browser, server.url)
  const filed = await file(home, { text: `${PLACE}的楼道灯不亮，上下楼看不清。` })
  const team = await signInsOf(home.request, server.url, filed.grid.code)
  // A grid's worker writes through the outbox of the phone (fieldwork.spec); a centre's dispatcher straight at the case.
  const dispatcher = team.find(({ role }) => role === 'DISPATCHER')!
  const leader = team.find(({ role }) => role === 'GRID_LEADER')!
  const slow = await (await staff(browser, server.url, dispatcher)).newPage()
  await slow.goto(`/staff/cases/${filed.number}`)
  const sheet = await open(slow, '受理')
  await sheet.locator('#move-words').fill('我住得近，马上过去看。')

  const fast = await staff(browser, server.url, leader)
  await move(fast, filed.number, { move: 'NOTE', words: '电话联系过居民，晚上七点后在家。' })
  await sheet.getByRole('button', { name: '确认受理' }).click()
  await expect(sheet.getByRole('alert')).toContainText(`${leader.name}（网格长）刚刚“记录进展”`)
  await expect(sheet.getByRole('alert')).toContainText('您写的内容还在')
  await expect(sheet.locator('#move-words')).toHaveValue('我住得近，马上过去看。')

  // Once more, knowingly: now it counts.
  await sheet.getByRole('button', { name: '确认受理' }).click()
  await expect(sheet).toBeHidden()
  await expect(slow.locator('.timeline')).toContainText('我住得近，马上过去看。')
})

test('a move that is no longer possible is refused with a reason and the words stay to be taken along', async ({ browser, server }) => {
  const home = await resident(browser, server.url)
  const filed = await file(home, { text: `${PLACE}的快递柜挡住了无障碍坡道。` })
  const dispatcher = (await signInsOf(home.request, server.url, filed.grid.code)).find(({ role }) => role === 'DISPATCHER')!
  const desk = await (await staff(browser, server.url, dispatcher)).newPage()
  await desk.goto(`/staff/cases/${filed.number}`)
  const sheet = await open(desk, '受理')
  await sheet.locator('#move-words').fill('已经和快递公司约好明天挪开。')
  await move(home, filed.number, { move: 'WITHDRAW', words: '已经自己解决了。' })
  await sheet.getByRole('button', { name: '确认受理' }).click()
  await expect(sheet.getByRole('alert')).toContainText('不能再“受理”')
  await expect(sheet.locator('#move-words')).toHaveValue('已经和快递公司约好明天挪开。')
  await expect(sheet.getByRole('button', { name: '确认受理' })).toBeDisabled()
})

test('who filed confidentially stays hidden until a purpose is given, and the resident hears of the look', async ({ browser, server }) => {
  const phone = newPhone()
  const home = await resident(browser, server.url, phone)
  await call(home, 'PUT', '/api/me', { name: '郝梅' })
  const filed = await file(home, { text: `${PLACE}有人半夜装修，吵得睡不着。`, confidential: true })
  const worker = await staff(browser, server.url, await workerOf(home.request, server.url, filed.grid.code))
  const desk = await worker.newPage()
  await desk.goto(`/staff/cases/${filed.number}`)
  await expect(desk.getByText('居民要求保密，姓名和电话已隐去')).toBeVisible()
  await expect(desk.locator('body')).not.toContainText('郝梅')
  await expect(desk.locator('body')).not.toContainText(phone.slice(-4))

  await desk.getByRole('button', { name: '查看身份' }).click()
  const sheet = desk.getByRole('dialog', { name: '查看反映人身份' })
  await sheet.getByRole('button', { name: '我已知晓，查看' }).click()
  await expect(sheet.getByRole('alert')).toHaveText('请至少写 4 个字')
  await sheet.getByLabel('为什么需要').fill('电话核实夜间施工的时间')
  await sheet.getByRole('button', { name: '我已知晓，查看' }).click()
  await expect(sheet.locator('.found')).toContainText('郝梅')
  await expect(sheet.locator('.found')).toContainText(phone)
  await sheet.getByRole('button', { name: '看完了' }).click()
  await expect(desk.locator('body')).not.toContainText('郝梅')

  const page = await home.newPage()
  await page.goto('/inbox')
  await expect(page.locator('main')).toContainText(/查看了?您的(身份|信息|姓名)|身份/)
})

test('who filed anonymously is hidden from the grid for good', async ({ browser, server }) => {
  const phone = newPhone()
  const home = await resident(browser, server.url, phone)
  await call(home, 'PUT', '/api/me', { name: '郝梅' })
  const filed = await file(home, { text: `${PLACE}的小饭馆把油烟直接排到楼道里。`, anonymous: true })
  const worker = await staff(browser, server.url, await workerOf(home.request, server.url, filed.grid.code))
  const desk = await worker.newPage()
  await desk.goto(`/staff/cases/${filed.number}`)
  await expect(desk.getByText('匿名反映，办理人员看不到身份')).toBeVisible()
  await expect(desk.getByRole('button', { name: '查看身份' })).toHaveCount(0)
  await expect(desk.locator('body')).not.toContainText('郝梅')
})

test('somebody else’s case and an address that does not exist look the same', async ({ browser, server }) => {
  const filed = await file(await resident(browser, server.url), { text: `${PLACE}的水管冻裂了。` })
  const stranger = await (await resident(browser, server.url)).newPage()
  await stranger.goto(`/cases/${filed.number}`)
  await expect(stranger.locator('main')).toContainText(/没有|找不到/)
  await expect(stranger.locator('body')).not.toContainText('水管冻裂')
})

async function open(page: Page, label: string): Promise<Locator> {
  await page.getByRole('region', { name: '现在可以办理' }).getByRole('button', { name: label, exact: true }).and(page.locator(':visible')).click()
  const sheet = page.getByRole('dialog', { name: label, exact: true })
  await expect(sheet).toBeVisible()
  return sheet
}
