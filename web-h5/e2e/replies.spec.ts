import { call, expect, file, move, resident, signInsOf, staff, test, type SignIn } from './house'

const PLACE = '潞州区太行东街街道文卫社区'

/** A lamp of this street, with its worker and their way to a supervisor. */
async function lampOf(browser: Parameters<typeof resident>[0], url: string, words: string) {
  const owner = await resident(browser, url)
  const filed = await file(owner, { text: `${PLACE}${words}` })
  const team = await signInsOf(owner.request, url, filed.grid?.code)
  return { owner, filed, team }
}
const of = (team: SignIn[], role: string) => team.find((one) => one.role === role)!

test('a thin answer is told while it is written, mended with a template, and goes out', async ({ browser, server }) => {
  const { filed, team } = await lampOf(browser, server.url, '幸福小区门口的路灯坏了三天，晚上看不见路。')
  const worker = await staff(browser, server.url, of(team, 'GRID_WORKER'))
  await move(worker, filed.number, { move: 'ACCEPT' })
  await move(worker, filed.number, { move: 'HANDLE' })
  const page = await worker.newPage()
  await page.setViewportSize({ width: 375, height: 812 })
  await page.goto(`/staff/cases/${filed.number}`)
  await page.getByRole('button', { name: '反馈结果', exact: true }).and(page.locator(':visible')).first().click()
  const sheet = page.getByRole('dialog', { name: '反馈结果' })
  await sheet.locator('#move-words').fill('路灯问题已收悉，我们高度重视。')
  const concerns = sheet.getByRole('region', { name: '发出前看一看' })
  await expect(concerns).toContainText('没写清办了什么')
  if (process.env['REPLY_SHOTS']) await page.screenshot({ path: `${process.env['REPLY_SHOTS']}/thin.png` })

  await sheet.locator('#move-words').fill('11月24日维修人员更换了路灯灯头，当晚亮灯，有事找 13934556677。')
  await expect(concerns.locator('mark')).toHaveText('13934556677')
  await expect(concerns.getByRole('button', { name: '请督办员放行' })).toBeVisible()
  if (process.env['REPLY_SHOTS']) await page.screenshot({ path: `${process.env['REPLY_SHOTS']}/private.png` })

  await sheet.locator('#move-words').fill('')
  await sheet.getByText(/用模板写/).click()
  await sheet.getByRole('button', { name: '办结：修好了' }).click()
  await sheet.getByLabel('办理日期').fill('11月24日')
  await sheet.getByLabel('采取措施').fill('更换新灯头')
  await sheet.getByRole('button', { name: '填进答复' }).click()
  await expect(sheet.getByText('请填写办理结果')).toBeVisible()
  await sheet.getByLabel('办理结果').and(sheet.locator('input')).fill('路灯当晚恢复照明')
  await sheet.getByRole('button', { name: '填进答复' }).click()
  await expect(sheet.locator('#move-words')).toHaveValue(/11月24日.*更换新灯头.*路灯当晚恢复照明/)
  await expect(sheet.locator('#move-words')).not.toHaveValue(/[{}]/)
  await expect(concerns).toBeHidden()
})

test('an answer with a number in it waits for a supervisor, who lets it pass with a reason', async ({ browser, server }) => {
  const { owner, filed, team } = await lampOf(browser, server.url, '幸福小区2号楼前的路灯不亮。')
  const worker = await staff(browser, server.url, of(team, 'GRID_WORKER'))
  await move(worker, filed.number, { move: 'ACCEPT' })
  await move(worker, filed.number, { move: 'HANDLE' })
  const words = '11月24日维修人员更换了路灯灯头，当晚亮灯，值班电话 13934556677 全天有人。'
  await call(worker, 'POST', `/api/cases/${filed.number}/reply-releases`, { words, why: '公开的值班电话' })

  const supervisor = await staff(browser, server.url, of(team, 'SUPERVISOR'))
  const page = await supervisor.newPage()
  await page.goto('/staff/approvals')
  const asked = page.getByRole('article').filter({ has: page.locator(`a[href="/staff/cases/${filed.number}"]`) })
  await expect(asked.locator('mark')).toHaveText('13934556677')
  await asked.getByRole('button', { name: '放行' }).click()
  await expect(asked.getByRole('alert')).toHaveText('请写明理由')
  await asked.getByLabel('理由（记进诉求历史）').fill('是对外公布的值班手机')
  if (process.env['REPLY_SHOTS']) await page.screenshot({ path: `${process.env['REPLY_SHOTS']}/approvals.png` })
  await asked.getByRole('button', { name: '放行' }).click()
  await expect(asked).toHaveCount(0)

  await move(worker, filed.number, { move: 'REPORT_BACK', words, without: '没有拍照' })
  const hers = await owner.newPage()
  await hers.goto(`/cases/${filed.number}`)
  await expect(hers.locator('main')).toContainText('放行：是对外公布的值班手机')
})

test('an admission list is imported with its faults told by line, and refuses what it does not have', async ({ browser, server }) => {
  const where = '沁源县沁河镇齐泉街社区'
  const owner = await resident(browser, server.url)
  const filed = await file(owner, { text: `${where}门口的路灯坏了，晚上一片黑。` })
  const county = filed.grid.code.slice(0, 6)
  const team = await signInsOf(owner.request, server.url, filed.grid.code)
  const admin = await staff(browser, server.url, { user: 'admin', password: of(team, 'DISPATCHER').password })
  const page = await admin.newPage()
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto('/staff/admission')
  await page.locator('#admission-where').selectOption(county)
  await page.getByRole('button', { name: '导入清单' }).click()
  const sheet = page.getByRole('dialog', { name: '导入准入清单' })
  await sheet.locator('#admission-text').fill('编号,部门,事项,谁来办,工作日,类别\nUM-3,城管,垃圾清理,网格,1,垃圾清运\n')
  await sheet.getByRole('button', { name: '先检查' }).click()
  await expect(sheet.getByRole('alert')).toContainText('第 2 行 没有“城管”这个部门。')
  if (process.env['REPLY_SHOTS']) await page.screenshot({ path: `${process.env['REPLY_SHOTS']}/faults.png` })
  await sheet.locator('#admission-text').fill('编号,部门,事项,谁来办,工作日,类别\nUM-3,城市管理局,垃圾堆放的劝导清理,网格,1,环境卫生·垃圾清运\n')
  await sheet.getByRole('button', { name: '先检查' }).click()
  await expect(sheet.getByRole('status')).toContainText('1 项')
  await sheet.getByLabel('依据（例如印发的文号）').fill('沁源综治〔2026〕3号')
  await sheet.getByRole('button', { name: '导入 1 项' }).click()
  await expect(page.getByRole('table')).toContainText('垃圾堆放的劝导清理')
  if (process.env['REPLY_SHOTS']) await page.screenshot({ path: `${process.env['REPLY_SHOTS']}/admission.png` })

  const dispatcher = await staff(browser, server.url, { user: `dispatcher-${county}`, password: of(team, 'DISPATCHER').password })
  const now = (await (await dispatcher.request.get(`/api/cases/${filed.number}`)).json()) as { department: { code: string } }
  await move(dispatcher, filed.number, { move: 'DISPATCH', department: now.department.code })
  const officer = await staff(browser, server.url, { user: `officer-${county}-${now.department.code.toLowerCase()}`, password: of(team, 'DISPATCHER').password })
  await move(officer, filed.number, { move: 'RETURN', words: '小区内的路灯归网格处理' })
  const desk = await dispatcher.newPage()
  await desk.goto(`/staff/cases/${filed.number}`)
  await desk.getByRole('button', { name: '分流', exact: true }).and(desk.locator(':visible')).first().click()
  const send = desk.getByRole('dialog', { name: '分流' })
  await send.getByRole('radio', { name: /网格/ }).first().check({ force: true })
  await send.locator('button[type=submit]').click()
  await expect(send.getByRole('alert').first()).toContainText('准入清单')
  await send.getByRole('button', { name: '申请单件准入' }).click()
  await send.getByLabel('为什么要交给网格办').fill('网格里就有电工')
  await send.getByRole('button', { name: '提交申请' }).click()
  await expect(send.getByText('已提交，督办员批准后再派。')).toBeVisible()
})
