import type { Browser, BrowserContext, Locator, Page } from '@playwright/test'
import { call, expect, newPhone, photo, signInByPage, signInsOf, test, type FiledCase, type SignIn } from './house'

/** The main street of a town in the mountains: a case climbs from its grid through village and town. */
const SPOT = { longitude: 113.13, latitude: 36.78, accuracy: 10 }
const NAME = '郝桂兰'
const TEXT = '村口的石桥塌了一个角，桥下的水管也断了，孩子上学、三轮车过桥都害怕，请尽快来修。'
const DESK = { viewport: { width: 1440, height: 900 }, isMobile: false, hasTouch: false }

test('one case goes through everybody’s own page, from filing to the archive', async ({ browser, server }) => {
  test.setTimeout(360_000)
  const phone = newPhone()
  const home = await browser.newContext({ baseURL: server.url, geolocation: SPOT, permissions: ['geolocation'] })
  const mine = await home.newPage()
  const filed = await files(mine, server.url, phone)
  const { number } = filed
  const people = await signInsOf(home.request, server.url, filed.grid.code)
  const hold = (role: string, area: string) => people.find((one) => one.role === role && one.user.endsWith(`-${area}`))!
  const grid = filed.grid.code
  const [village, town, county] = [grid.slice(0, 12), grid.slice(0, 9), grid.slice(0, 6)]
  /** What she reads on the page that stays open from now on. */
  const she = new Reader(mine)
  await she.reads('提交诉求')

  await test.step('the grid’s worker accepts it on the phone and passes it up', async () => {
    const worker = await signedIn(browser, server.url, hold('GRID_WORKER', grid))
    await worker.locator(`a[href="/staff/cases/${number}"]`).click()
    await act(worker, '受理', { words: '已经到桥头看过，先拉了警戒带。' })
    await she.reads('已经到桥头看过，先拉了警戒带。', '已受理')
    await act(worker, '上报上级', { words: '要动用工程队，网格修不了桥。' })
    await she.reads('要动用工程队，网格修不了桥。')
    // It lies with the leader now: the worker writes down what is seen and decides nothing.
    await expect(bar(worker).getByRole('button', { name: '上报上级' })).toHaveCount(0)
  })

  await test.step('the grid’s leader and the village pass it up', async () => {
    const leader = await signedIn(browser, server.url, hold('GRID_LEADER', grid))
    await leader.locator(`a[href="/staff/cases/${number}"]`).click()
    await act(leader, '上报上级', { words: '已和村里说好，请村委会接手。' })
    await she.reads('已和村里说好，请村委会接手。')
    const hall = await signedIn(browser, server.url, hold('DISPATCHER', village), DESK)
    await hall.locator(`[data-number="${number}"]`).click()
    await act(hall, '上报上级', { words: '桥和水管要几个部门一起修，请镇里协调。' })
    await she.reads('桥和水管要几个部门一起修，请镇里协调。')
  })

  const centre = await signedIn(browser, server.url, hold('DISPATCHER', town), DESK)
  await test.step('the town whistles for two departments', async () => {
    await centre.locator(`[data-number="${number}"]`).click()
    await centre.getByRole('button', { name: '吹哨', exact: true }).click()
    const blow = centre.getByRole('dialog', { name: '吹哨，请部门到场' })
    await blow.getByLabel('为什么要请部门到场').fill('石桥和供水管要一起查')
    await blow.getByLabel('牵头部门').selectOption({ label: '住房和城乡建设局' })
    await blow.getByLabel('水利局').check()
    await blow.getByRole('button', { name: '吹哨', exact: true }).click()
    await expect(centre.getByRole('heading', { level: 2, name: '为什么吹哨' })).toBeVisible()
    await she.reads('一起到现场处理')
    await she.readsNothingOf('石桥和供水管要一起查')
  })

  await test.step('the departments report in on site, conclude together, and the town ends the whistle', async () => {
    const [housing, water] = await Promise.all([department(browser, server.url, people, county, 'housing'), department(browser, server.url, people, county, 'water_resources')])
    for (const officer of [housing, water]) {
      await officer.getByRole('link', { name: /石桥和供水管/ }).click()
      await officer.getByRole('button', { name: '签到', exact: true }).click()
      const report = officer.getByRole('dialog', { name: '到场签到' })
      await expect(report.getByText(/离会合点约 \d+ 米/)).toBeVisible()
      await report.getByLabel('来了哪些人').fill('工程师二人')
      await report.getByRole('button', { name: '确认签到' }).click()
      await expect(report).toBeHidden()
    }
    await housing.getByRole('button', { name: '联合处置结论' }).click()
    const conclude = housing.getByRole('dialog', { name: '联合处置结论' })
    await conclude.getByLabel('结论').fill('桥墩被冲空，水管接头脱开。住建局十二月十日前加固桥墩，水利局当天接好水管。')
    await conclude.getByRole('button', { name: '写好，请会签' }).click()
    await water.getByRole('button', { name: '会签', exact: true }).click()
    const sign = water.getByRole('dialog', { name: '会签' })
    await sign.getByText('同意结论').click()
    await sign.getByRole('button', { name: '确认会签' }).click()
    await expect(sign).toBeHidden()
    await centre.getByRole('button', { name: '结束吹哨' }).click()
    await centre.getByRole('dialog', { name: '结束吹哨' }).getByRole('button', { name: '结束吹哨' }).click()
    await she.reads('联合处置结论：桥墩被冲空')
  })

  await test.step('the town resolves it with evidence and tells her', async () => {
    await centre.getByRole('link', { name: /诉求/ }).first().click()
    await act(centre, '开始处置', { words: '住建局和水利局已经进场。' })
    await she.reads('住建局和水利局已经进场。', '处置中')
    await act(centre, '办结', { words: '住建局加固了桥墩，水利局接好了水管，十一月二十六日验收。', photo: await photo(browser, 'broken') })
    await she.reads('办结')
    await act(centre, '反馈结果', { words: '石桥的桥墩已由住建局加固，断开的水管已由水利局接好，十一月二十六日镇里验收合格，可以放心过桥。', photo: await photo(browser, 'mended') })
    await she.reads('反馈结果')
    await expect(mine.locator('.answer')).toContainText('石桥的桥墩已由住建局加固')
    await expect(mine.locator('.timeline img')).not.toHaveCount(0)
  })

  await test.step('she is told, is not content, and it is taken up again', async () => {
    const inbox = await home.newPage()
    await inbox.goto('/inbox')
    await expect(inbox.locator('main')).toContainText('石桥的桥墩已由住建局加固')
    await inbox.close()
    await mine.getByRole('button', { name: '不满意，重办' }).click()
    const sheet = mine.getByRole('dialog', { name: '不满意，重办' })
    await sheet.getByLabel(/哪里不满意/).fill('桥面还是晃，护栏也没有装。')
    await sheet.getByRole('button', { name: '提交' }).click()
    await she.reads('桥面还是晃，护栏也没有装。', '已受理')
    await expect(centre.locator('.case-page')).toContainText('桥面还是晃，护栏也没有装。')
  })

  const supervisor = await signedIn(browser, server.url, hold('SUPERVISOR', county), DESK)
  await test.step('the county supervises and lists it: nobody closes it now', async () => {
    await supervisor.goto(`/staff/cases/${number}`)
    await act(supervisor, '督办', { words: '请今天到场，把护栏装好再反馈。' })
    await she.reads('请今天到场，把护栏装好再反馈。')
    await act(supervisor, '挂牌督办', { words: '涉及学生安全，挂牌督办到装好为止。' })
    await she.reads('涉及学生安全，挂牌督办到装好为止。')
    await expect(mine.locator('.case-head .flag')).toHaveText('挂牌督办')
    await expect(mine.getByRole('button', { name: '撤回' })).toHaveCount(0)
    await act(centre, '开始处置', { words: '工程队今天装护栏。' })
    await she.reads('工程队今天装护栏。')
    await expect(centre.locator('.marks')).toContainText('挂牌督办')
    expect(await offered(centre)).not.toContain('反馈结果')
  })

  await test.step('resolved again, the listing is lifted and she hears the new result', async () => {
    await act(centre, '办结', { words: '护栏已装好，桥面加铺了钢板，十一月二十六日试过不晃。', photo: await photo(browser, 'mended') })
    await act(supervisor, '摘牌', { words: '到现场看过，护栏牢固，桥面不晃。' })
    await expect(mine.locator('.case-head .flag')).not.toHaveText('挂牌督办')
    await act(centre, '反馈结果', { words: '石桥两边的护栏已装好，桥面加铺钢板后不再晃动，十一月二十六日由镇里和县里一起验收。', photo: await photo(browser, 'mended') })
    await expect(mine.locator('.answer')).toContainText('桥面加铺钢板后不再晃动')
  })

  await test.step('she rates it, is called back, and it rests', async () => {
    await mine.getByRole('button', { name: '评价' }).click()
    const sheet = mine.getByRole('dialog', { name: '评价' })
    await sheet.locator('label', { has: mine.getByRole('radio', { name: '满意', exact: true }) }).click()
    await sheet.getByLabel(/还想说的话/).fill('第二回修得扎实。')
    await sheet.getByRole('button', { name: '提交' }).click()
    await she.reads('第二回修得扎实。', '已评价')
    await act(supervisor, '回访', { words: '电话里说过桥不怕了。', more: (sheet) => sheet.getByText('满意', { exact: true }).click() })
    await she.reads('电话里说过桥不怕了。')
    await act(supervisor, '归档', { words: '居民满意，归档。' })
    await she.reads('居民满意，归档。', '已归档')
  })

  await test.step('the proof page shows every step to anybody, and nobody’s name or words', async () => {
    const [mineProof] = await Promise.all([home.waitForEvent('page').catch(() => mine), mine.getByRole('link', { name: '打开凭证页' }).click()])
    await mineProof.waitForURL(/\/proof\//)
    const stranger = await (await browser.newContext({ baseURL: server.url })).newPage()
    await stranger.goto(new URL(mineProof.url()).pathname)
    await expect(stranger.getByText('记录完好，没有改动过')).toBeVisible()
    await expect(stranger.locator('.steps strong')).toHaveText([
      '提交诉求', '受理', '上报上级', '上报上级', '上报上级', '吹哨', '报到', '报到', '会商结论', '开始处置', '办结', '反馈结果',
      '不满意，重办', '督办', '挂牌督办', '开始处置', '办结', '摘牌', '反馈结果', '评价', '回访', '归档',
    ])
    const seen = await stranger.locator('body').innerText()
    for (const secret of [NAME, phone, phone.slice(-4), '石桥', '护栏', '警戒带', ...people.map(({ name }) => name)]) expect(seen).not.toContain(secret)
  })
})

/** She says what is wrong and where, signs in when asked, and opens what became of it. */
async function files(page: Page, url: string, phone: string): Promise<FiledCase> {
  await page.goto('/sign-in?back=/report')
  await signInByPage(page, url, phone)
  await expect(page.getByRole('heading', { level: 1, name: '反映问题' })).toBeVisible()
  await call(page.context(), 'PUT', '/api/me', { name: NAME })
  await page.getByLabel('发生了什么？').fill(TEXT)
  await page.getByRole('button', { name: /^(选|改)地点$/ }).click()
  const sheet = page.getByRole('dialog', { name: '这件事在哪里' })
  await sheet.getByRole('button', { name: '用我现在的位置' }).click()
  await expect(sheet.locator('.answer strong')).toBeVisible()
  await sheet.getByRole('button', { name: '就是这里' }).click()
  const answered = page.waitForResponse((answer) => answer.request().method() === 'POST' && answer.url().endsWith('/api/cases'))
  await page.getByRole('button', { name: '提交诉求' }).click()
  const filed = (await (await answered).json()) as FiledCase
  await page.getByRole('link', { name: '看办理进度' }).or(page.getByRole('button', { name: '看办理进度' })).click()
  await expect(page.locator('.case-head')).toContainText('待受理')
  return filed
}

/** The resident's open page: it follows the case without being loaded again. */
class Reader {
  constructor(private readonly page: Page) {}

  async reads(words: string, state?: string) {
    await expect(this.page.locator('.timeline')).toContainText(words)
    if (state) await expect(this.page.locator('.case-head .state > .name')).toHaveText(state)
  }

  async readsNothingOf(words: string) {
    await expect(this.page.locator('body')).not.toContainText(words)
  }
}

/** Somebody of the staff at their own device, signed in by hand. */
async function signedIn(browser: Browser, url: string, { user, password }: SignIn, device: object = {}): Promise<Page> {
  const context = await browser.newContext({ baseURL: url, ...device })
  return at(context, user, password)
}

async function department(browser: Browser, url: string, people: SignIn[], county: string, department: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: url, ...DESK, permissions: ['geolocation'], geolocation: { ...SPOT, latitude: SPOT.latitude + 0.0002 } })
  return at(context, `officer-${county}-${department}`, people[0]!.password)
}

async function at(context: BrowserContext, user: string, password: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto('/staff/sign-in')
  await page.getByLabel('用户名').fill(user)
  await page.getByLabel('密码', { exact: true }).fill(password)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await expect(page).not.toHaveURL(/sign-in/)
  return page
}

const bar = (page: Page) => page.getByRole('region', { name: '现在可以办理' })

/** What a person may do with the case that is open before them. */
async function offered(page: Page): Promise<string[]> {
  const more = bar(page).getByRole('button', { name: '更多' }).and(page.locator(':visible'))
  const shown = await bar(page).getByRole('button').and(page.locator(':visible')).allInnerTexts()
  if (!(await more.isVisible())) return shown
  await more.click()
  const sheet = page.getByRole('dialog', { name: '还可以这样办' })
  const further = await sheet.locator('.move strong').allInnerTexts()
  await page.keyboard.press('Escape')
  await expect(sheet).toBeHidden()
  return [...shown, ...further]
}

interface Done {
  words: string
  photo?: Awaited<ReturnType<typeof photo>>
  more?: (sheet: Locator) => Promise<void>
}

/** One move, by the button that offers it: on the bar, or one tap further. */
async function act(page: Page, label: string, { words, photo, more }: Done) {
  const button = bar(page).getByRole('button', { name: label, exact: true }).and(page.locator(':visible'))
  const further = bar(page).getByRole('button', { name: '更多' }).and(page.locator(':visible'))
  await expect(button.or(further).first()).toBeVisible()
  if (await button.isVisible()) await button.click()
  else {
    await further.click()
    await page.getByRole('dialog', { name: '还可以这样办' }).locator('.move', { has: page.getByText(label, { exact: true }) }).click()
  }
  const sheet = page.getByRole('dialog', { name: label, exact: true })
  await sheet.locator('#move-words').fill(words)
  if (photo) {
    await sheet.locator('input[type=file]').setInputFiles(photo)
    await expect(sheet.getByRole('button', { name: '去掉第 1 个' })).toBeVisible()
    await expect(sheet.getByRole('progressbar')).toHaveCount(0)
  }
  await more?.(sheet)
  await sheet.getByRole('button', { name: `确认${label}` }).click()
  await expect(sheet).toBeHidden()
}
