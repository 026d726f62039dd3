import { expect, newPhone, resident, signInsOf, staff, test } from './house'

/** A dispute from its application to the paper and the reminder of the court; in a community of its own. */
const PLACE = { lon: 113.117, lat: 36.195 }

test('a dispute is applied for, taken, mediated, agreed on and printed, and both hear of the court', async ({ browser, server }) => {
  const phone = newPhone()
  const home = await resident(browser, server.url)
  const other = await resident(browser, server.url, phone)
  const found = (await (await home.request.get(`/api/grids/at?lon=${PLACE.lon}&lat=${PLACE.lat}&crs=wgs84`)).json()) as { grid: { code: string } }
  const { csrf } = (await (await home.request.get('/api/sessions')).json()) as { csrf: string }
  expect((await home.request.put('/api/me', { data: { name: '郝梅梅', home: { grid: found.grid.code, address: '3 号楼' } }, headers: { 'X-CSRF-Token': csrf } })).ok()).toBe(true)

  const page = await home.newPage()
  await page.goto('/mediations/apply')
  await page.getByLabel('发生了什么').fill('楼上漏水泡坏了墙面，谈了两次没谈拢。')
  await page.getByLabel('您的姓名').fill('郝梅梅')
  await page.getByLabel('对方姓名或单位').fill('李有财')
  await page.getByLabel('对方电话').fill(phone)
  await page.getByRole('button', { name: '提交申请' }).click()
  await expect(page).toHaveURL(/\/mediations\/[0-9a-f-]{36}$/)
  await expect(page.getByRole('heading', { level: 1, name: '待受理' })).toBeVisible()
  const id = page.url().split('/').pop()!

  const dispatcher = (await signInsOf(home.request, server.url, found.grid.code)).find(({ user }) => user === `dispatcher-${found.grid.code.slice(0, 6)}`)!
  const office = await staff(browser, server.url, dispatcher)
  const desk = await office.newPage()
  await desk.goto(`/staff/mediations/${id}`)
  await expect(desk.getByText('李**').first()).toBeVisible()
  await expect(desk.getByText('李有财')).toHaveCount(0)
  // Until when they say whether they take it stands on the board of what runs out, and leads there; nobody's name does.
  await desk.goto('/staff/clocks')
  await desk.getByRole('button', { name: '一周' }).click()
  const clock = desk.locator(`a[href="/staff/mediations/${id}"]`)
  const further = desk.getByRole('button', { name: '显示更多' })
  await expect(async () => {
    if ((await clock.count()) === 0 && (await further.count()) === 1) await further.click({ timeout: 2_000 })
    await expect(clock).toBeVisible({ timeout: 3_000 })
  }).toPass({ timeout: 60_000 })
  await expect(clock).toContainText('3 个工作日内答复是否受理')
  await expect(clock).not.toContainText('郝')
  await clock.click()
  await expect(desk).toHaveURL(new RegExp(`/staff/mediations/${id}$`))
  await act(desk, '受理')

  const theirs = await other.newPage()
  await theirs.goto(`/mediations/${id}`)
  await theirs.getByRole('button', { name: '愿意调解', exact: true }).click()
  await expect(theirs.getByRole('heading', { level: 1, name: '调解中' })).toBeVisible()

  await desk.reload()
  await desk.getByRole('button', { name: '指派调解员' }).click()
  await desk.getByRole('checkbox').first().check()
  await desk.getByRole('button', { name: '确定' }).click()
  await expect(desk.getByRole('dialog')).toHaveCount(0)
  // It takes longer, with both parties' word; the day before stays to be read.
  await desk.getByRole('button', { name: '延长期限' }).click()
  await desk.getByRole('button', { name: /^7 天，到 / }).click()
  await desk.getByLabel('为什么要延长').fill('楼上要等配件到货')
  await desk.getByRole('button', { name: '确定' }).click()
  await expect(desk.getByRole('alert')).toHaveText('延长期限要各方都同意，请逐一确认。')
  await expect(desk.getByRole('checkbox')).toHaveCount(2)
  for (const box of await desk.getByRole('checkbox').all()) await box.check()
  await desk.getByRole('button', { name: '确定' }).click()
  await expect(desk.getByRole('dialog')).toHaveCount(0)
  await expect(desk.getByText(/^延期，.* 改为 .*，申请人、对方同意延期$/)).toBeVisible()
  await expect(desk.getByText(/期限由 .* 延到 .*，申请人、对方同意。楼上要等配件到货/)).toBeVisible()
  await desk.getByRole('button', { name: '记录调解' }).click()
  await desk.getByLabel('地点').fill('社区调解室')
  await desk.getByLabel('调解笔录').fill('双方各让一步，愿意赔偿修复费用。')
  await desk.getByRole('button', { name: '确定' }).click()
  await expect(desk.getByText('社区调解室')).toBeVisible()
  await desk.getByRole('button', { name: '达成协议' }).click()
  await desk.getByLabel('做什么').fill('赔偿墙面修复费用')
  await desk.getByLabel('金额').fill('3500')
  await desk.getByRole('button', { name: '确定' }).click()
  await expect(desk.getByRole('heading', { level: 1, name: /已达成协议/ })).toBeVisible()

  await desk.goto(`/staff/mediations/${id}/paper`)
  await desk.getByRole('button', { name: '生成协议书' }).click()
  const paper = desk.locator('.paper')
  await expect(paper).toContainText('人民调解协议书')
  await expect(paper).toContainText('李有财赔偿墙面修复费用，金额人民币 3,500.00 元')
  await desk.emulateMedia({ media: 'print' })
  await expect(desk.locator('.staff-nav')).toBeHidden()

  // Both are told of the thirty days at once.
  for (const who of [home, other]) {
    await expect.poll(async () => (await (await who.request.get('/api/inbox')).text()).includes('司法确认')).toBe(true)
  }
})

async function act(page: import('@playwright/test').Page, name: string) {
  await page.getByRole('button', { name, exact: true }).click()
  await page.getByRole('button', { name: '确定' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
}
