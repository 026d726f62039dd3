import { expect, file, move, resident, signInsOf, staff, test, workerOf } from './house'

// Nobody else reports anything there, nor next door: what is alike is counted.
const PLACE = '潞州区东街街道和平社区'
const OTHER_PLACE = '平顺县青羊镇彩凤社区'

test('a dispatcher compares two reports side by side, merges by keyboard, and splits again', async ({ browser, server }) => {
  const first = await resident(browser, server.url)
  const second = await resident(browser, server.url)
  const lead = await file(first, { text: `${PLACE}世纪花园3号楼门口的井盖丢了，晚上看不见，怕老人掉下去。` })
  const other = await file(second, { text: `${PLACE}世纪花园三号楼前面马路上有个窟窿，盖子让人偷走了。` })
  const building = await file(await resident(browser, server.url), { text: `${PLACE}世纪花园9号楼门口的井盖丢了，晚上看不见。` })
  const team = await signInsOf(first.request, server.url, lead.grid.code)
  const dispatcher = await staff(browser, server.url, team.find(({ role }) => role === 'DISPATCHER')!)
  const worker = await staff(browser, server.url, await workerOf(first.request, server.url, lead.grid.code))

  const page = await dispatcher.newPage()
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto(`/staff/cases/${lead.number}`)
  await page.getByRole('link', { name: '并排比较' }).click()
  const list = page.getByRole('region', { name: '可能是同一件事的诉求' })
  await expect(list.getByRole('listitem').first()).toContainText('盖子让人偷走了')
  await expect(page.getByRole('article', { name: '可能相同的诉求' })).toContainText('盖子让人偷走了')
  await expect(page.getByRole('list', { name: '为什么这样判断' })).toContainText('都说的是井盖')
  if (process.env['TWINS_SHOTS']) await page.screenshot({ path: `${process.env['TWINS_SHOTS']}/desk-wide.png`, fullPage: true })

  // The same words about another building are no candidate.
  await expect(list).not.toContainText('9号楼')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('m')
  await page.getByRole('dialog').getByRole('button', { name: '合并' }).click()
  await expect(page.getByRole('region', { name: '已经合并进来的' })).toContainText('盖子让人偷走了')

  await move(worker, lead.number, { move: 'ACCEPT' })
  await move(worker, lead.number, { move: 'HANDLE' })
  const hers = await second.newPage()
  await hers.goto(`/cases/${other.number}`)
  await expect(hers.locator('main')).toContainText('处置中')
  await expect(hers.locator('body')).not.toContainText(lead.number.slice(-4))

  await page.reload()
  await page.getByRole('region', { name: '已经合并进来的' }).getByRole('button', { name: /拆开/ }).click()
  const sheet = page.getByRole('dialog', { name: /拆开/ })
  await sheet.getByRole('button', { name: '确认拆开' }).click()
  await expect(sheet.getByRole('alert')).toHaveText('请至少写 4 个字')
  await sheet.getByRole('button', { name: '现场看过，不是同一件事' }).click()
  await sheet.getByRole('button', { name: '确认拆开' }).click()
  await expect(sheet).toBeHidden()
  await hers.reload()
  await expect(hers.locator('main')).toContainText('待受理')
  await expect(hers.locator('main')).toContainText('现场看过，不是同一件事')
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(`/staff/cases/${lead.number}`)
  expect(building.state).toBe('SUBMITTED')
})

test('who writes hears that others reported the same, joins, and files without being held up', async ({ browser, server }) => {
  const text = `${OTHER_PLACE}东头的路灯全都不亮，一到晚上漆黑一片。`
  const filed = await file(await resident(browser, server.url), { text })
  const neighbour = await resident(browser, server.url)
  const page = await neighbour.newPage()
  await page.setViewportSize({ width: 375, height: 812 })
  await page.goto('/report')
  await page.getByLabel('发生了什么').fill(`${OTHER_PLACE}路灯坏了好几天，晚上伸手不见五指。`)
  const hint = page.locator('section.hint')
  await expect(hint).toContainText('附近有人反映过同样的问题')
  await expect(hint).toContainText('1 位居民')
  await expect(page.locator('body')).not.toContainText(filed.number.slice(-4))
  await expect(hint).not.toContainText('漆黑')
  await hint.getByRole('button', { name: '我也遇到' }).click()
  await expect(hint).toContainText('已标记')
  if (process.env['TWINS_SHOTS']) {
    await hint.scrollIntoViewIfNeeded()
    await page.screenshot({ path: `${process.env['TWINS_SHOTS']}/hint.png` })
  }
  await page.getByRole('button', { name: '提交诉求' }).click()
  await expect(page).toHaveURL(/\/cases\/\d{12}\/filed/)

  const team = await signInsOf(page.request, server.url, filed.grid.code)
  const dispatcher = await staff(browser, server.url, team.find(({ role }) => role === 'DISPATCHER')!)
  const desk = await dispatcher.newPage()
  await desk.setViewportSize({ width: 375, height: 812 })
  await desk.goto(`/staff/twins/${filed.number}`)
  await expect(desk.getByRole('region', { name: '可能是同一件事的诉求' })).toContainText('居民说“我也遇到”')
  if (process.env['TWINS_SHOTS']) await desk.screenshot({ path: `${process.env['TWINS_SHOTS']}/desk-phone.png`, fullPage: true })
})
