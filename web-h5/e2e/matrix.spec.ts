import type { BrowserContext, Page } from '@playwright/test'
import { call, expect, file, longLived, move, resident, signInsOf, staff, test as base, workerOf } from './house'

const TEAM = ['GRID_ASSISTANT', 'GRID_WORKER', 'DEPUTY_LEADER', 'GRID_LEADER'] as const
const CENTRE = ['DISPATCHER', 'SUPERVISOR'] as const
const LEAD = ['SUPERVISOR'] as const
const OFFICER = ['DEPARTMENT_OFFICER'] as const
const ADMIN = ['ADMINISTRATOR'] as const
const STAFF = [...TEAM, ...CENTRE, ...OFFICER, ...ADMIN] as const
const ROLES = ['VISITOR', 'RESIDENT', ...STAFF] as const
type Role = (typeof ROLES)[number]

/** What a page is called and who finds it open; everybody else is turned away, to a sign-in or with a word that says so. */
interface Row {
  heading: string | RegExp
  opens: readonly Role[]
}
const opens = (heading: string | RegExp, ...who: (readonly Role[])[]): Row => ({ heading, opens: who.length ? who.flat() : ROLES })
const residents = (heading: string | RegExp): Row => opens(heading, ['RESIDENT'])

/** A line a route: a route without a line fails, and so does a line without a route. */
const PAGES: Record<string, Row> = {
  '/': opens(/好/),
  '/report': opens('反映问题'),
  '/cases': residents('我的诉求'),
  '/cases/:number': residents('诉求详情'),
  '/cases/:number/filed': residents('收到了'),
  '/proof/:token': opens('办理凭证'),
  '/inbox': residents('消息'),
  '/me': opens('我的'),
  '/me/notices': residents('通知方式'),
  '/grid': opens('我的网格'),
  '/chat': opens('问问邻格'),
  '/legal': opens('法律帮助'),
  '/legal/topics/:topic': opens('工资与欠薪'),
  '/legal/cards/:id': opens('老板拖欠工资怎么办'),
  '/legal/articles': opens('查法条'),
  '/legal/articles/:law/:article': opens('《劳动法》第50条'),
  '/legal/eligibility': opens('法律援助条件'),
  '/legal/apply': residents('申请法律援助'),
  '/legal/applications/:number': residents('法律援助申请'),
  '/mediations': residents('我的调解'),
  '/mediations/apply': residents('申请人民调解'),
  '/mediations/:id': residents('调解'),
  '/honours': opens('网格光荣榜'),
  '/sign-in': opens('登录'),
  '/wechat/bind': opens('绑定手机号'),
  '/wechat/bound': residents('绑定好了'),
  '/privacy': opens('个人信息保护说明'),
  '/demo/messages': opens('演示短信'),
  '/demo/data': opens('演示数据', ADMIN),
  '/staff/sign-in': opens('工作人员登录'),
  // Administrators see no cases: they begin with people.
  '/staff': opens(/./, STAFF),
  '/staff/cases/:number': opens('市政设施 · 道路破损', TEAM, CENTRE, OFFICER),
  '/staff/list': opens(/./, TEAM, CENTRE, OFFICER),
  '/staff/field/found': opens('巡查上报', TEAM),
  '/staff/field/log': opens('走访巡查', TEAM),
  '/staff/field/map': opens('网格地图', TEAM),
  '/staff/field/ledger': opens('我的台账', TEAM),
  '/staff/field/outbox': opens('待发送', TEAM),
  '/staff/field/campaigns': opens('敲门行动', TEAM, CENTRE),
  '/staff/twins/:number': opens('并排比较', TEAM, CENTRE, OFFICER),
  '/staff/calls': opens('部门待办', OFFICER),
  '/staff/calls/:id': opens('道路破损', OFFICER),
  '/staff/whistles': opens('吹哨', CENTRE),
  '/staff/whistles/:id': opens('道路破损', TEAM, CENTRE, OFFICER),
  '/staff/clocks': opens('期限看板', TEAM, CENTRE),
  '/staff/talks': opens('对话', CENTRE),
  '/staff/talks/:conversation': opens(/138\*{4}/, CENTRE),
  '/staff/board': opens('统计看板', CENTRE, ADMIN),
  '/staff/board/cases': opens('新收：背后的诉求', CENTRE, ADMIN),
  '/staff/board/weekly': opens('周报', CENTRE, ADMIN),
  '/staff/legal': opens('法律', CENTRE, ADMIN),
  '/staff/legal/drafts': opens('法律', CENTRE, ADMIN),
  '/staff/legal/drafts/:id': opens('卡片草稿', CENTRE, ADMIN),
  '/staff/legal/statutes': opens('法律', ADMIN),
  '/staff/notices': opens('通知台', ADMIN),
  '/staff/notices/parked': opens('通知台', ADMIN),
  '/staff/notices/rates': opens('通知台', ADMIN),
  '/staff/notices/templates': opens('通知台', ADMIN),
  '/staff/notices/numbers': opens('通知台', ADMIN),
  '/staff/notices/actions': opens('通知台', ADMIN),
  '/staff/time': opens('期限规则', STAFF),
  '/staff/time/rules': opens('期限规则', CENTRE, ADMIN),
  '/staff/systems': opens('系统对接', ADMIN),
  '/staff/people': opens('人员', ADMIN),
  '/staff/reply-templates': opens('答复模板', LEAD, ADMIN),
  '/staff/approvals': opens('放行与准入', CENTRE, OFFICER),
  '/staff/admission': opens('准入清单', STAFF),
  '/staff/mediations': opens('人民调解', TEAM, CENTRE, OFFICER),
  '/staff/mediations/new': opens('登记纠纷', CENTRE, OFFICER),
  '/staff/mediations/:id': opens('调解', TEAM, CENTRE, OFFICER),
  '/staff/mediations/:id/paper': opens(/协议/, TEAM, CENTRE, OFFICER),
  '/staff/aid': opens('法律援助', CENTRE),
  '/staff/aid/:number': opens('法律援助申请', CENTRE),
  '/staff/committees': opens('人民调解委员会', STAFF),
  '/staff/evaluation': opens(/考核/, TEAM, CENTRE, ADMIN),
  '/staff/evaluation/objections': opens(/考核/, TEAM, CENTRE, ADMIN),
  '/staff/evaluation/signals': opens(/考核/, TEAM, CENTRE, ADMIN),
  '/staff/evaluation/rewards': opens(/考核/, TEAM, CENTRE, ADMIN),
  '/staff/evaluation/honours': opens(/考核/, TEAM, CENTRE, ADMIN),
  '/staff/evaluation/rules': opens(/考核/, TEAM, CENTRE, ADMIN),
  '/staff/evaluation/people/:user': opens('个人考核', CENTRE, ADMIN),
  '/staff/admin': opens('管理', LEAD, ADMIN),
  '/staff/admin/posts': opens('岗位', LEAD, ADMIN),
  '/staff/admin/areas': opens('区域', LEAD, ADMIN),
  '/staff/admin/grids': opens('网格地图', ADMIN),
  '/staff/admin/grids/:id': opens('网格文件', ADMIN),
  '/staff/admin/audit': opens('操作记录', LEAD, ADMIN),
  '/staff/posters': opens('扫码海报', STAFF),
  '/staff/inbox': opens('消息', STAFF),
  '/staff/me': opens(/./, STAFF),
  '/:anything(.*)*': opens('没有这个页面'),
}
/** Asked for by everybody, there or not: without an imported statute an article says where to read it; a mediation is its parties'. */
const MAY_BE_MISSING = [/\/api\/legal\/articles\//, /\/api\/legal\/applications\//, /\/api\/mediations\/./, /\/api\/staff\/legal-aid\/./, /\/api\/admin\/grids\/imports\/./]
const TURNED_AWAY = '这里不归您的岗位看'

interface World {
  fill: (route: string) => string
  contexts: Record<Role, BrowserContext>
}

/** Something for every page to be about, and somebody of every role. */
const test = base.extend<object, { world: World }>({
  world: [
    async ({ browser, server }, use) => {
      const home = await resident(browser, server.url)
      const filed = await file(home, { text: '潞州区英雄中路街道府后社区门前的路塌了一个坑，能看见下面的水管。' })
      const grid = filed.grid.code
      const worker = await staff(browser, server.url, await workerOf(home.request, server.url, grid))
      await move(worker, filed.number, { move: 'ACCEPT' })
      const { password } = (await signInsOf(home.request, server.url, grid))[0]!
      const as = (user: string) => staff(browser, server.url, { user, password })
      const [town, county] = [grid.slice(0, 9), grid.slice(0, 6)]
      const whistle = await call<{ id: string }>(await as(`dispatcher-${town}`), 'POST', `/api/cases/${filed.number}/whistle`, { reason: '路面塌陷', lead: 'HOUSING', assisting: [] }, crypto.randomUUID())
      // The department has the case as long as it is called in.
      const { conversation } = await call<{ conversation: string }>(home, 'POST', '/api/chat', { text: '我想找人工，和工作人员说话' })
      const { proof } = (await (await home.request.get(`/api/cases/${filed.number}`)).json()) as { proof: string }
      const things: [RegExp, string][] = [
        [/^\/legal\/cards\/:id/, '/legal/cards/wages-unpaid'], [/drafts\/:id/, 'drafts/00000000-0000-4000-8000-000000000000'],
        [/:number/, filed.number], [/:token/, proof], [/:id/, whistle.id], [/:conversation/, conversation], [/:topic/, 'wages'], [/people\/:user/, `people/worker-${grid}?area=${county}`], [/:law/, '劳动法'], [/:article/, '50'], [/:anything.*/, 'no/such/page'],
      ]
      const contexts: World['contexts'] = {
        VISITOR: await browser.newContext({ baseURL: server.url }),
        RESIDENT: home,
        GRID_ASSISTANT: await as(`assistant-${grid}`),
        GRID_WORKER: worker,
        DEPUTY_LEADER: await as(`deputy-${grid}`),
        GRID_LEADER: await as(`leader-${grid}`),
        DISPATCHER: await as(`dispatcher-${county}`),
        SUPERVISOR: await as(`supervisor-${county}`),
        DEPARTMENT_OFFICER: await as(`officer-${county}-housing`),
        ADMINISTRATOR: await as('admin'),
      }
      for (const one of Object.values(contexts)) longLived.add(one)
      await use({
        fill: (route) => things.reduce((path, [hole, thing]) => path.replace(hole, thing), route),
        contexts,
      })
    },
    { scope: 'worker', timeout: 240_000 },
  ],
})
test.use({ trace: 'off' })

/** The router of the page that is open. */
interface App {
  __vue_app__: { config: { globalProperties: { $router: { push: (to: string) => Promise<unknown>; getRoutes: () => { path: string }[] } } } }
}
const go = (page: Page, to: string) =>
  page.evaluate((to) => (document.querySelector('#app') as unknown as App).__vue_app__.config.globalProperties.$router.push(to).then(() => undefined), to)

test('every route of the pages has its line', async ({ world }) => {
  const page = await world.contexts.VISITOR.newPage()
  await page.goto('/privacy')
  const routes = await page.evaluate(() => (document.querySelector('#app') as unknown as App).__vue_app__.config.globalProperties.$router.getRoutes().map(({ path }) => path))
  expect([...new Set(routes)].sort()).toEqual(Object.keys(PAGES).sort())
  await page.close()
})

for (const role of ROLES) {
  test(`every page opens for ${role} or says why not`, async ({ world }) => {
    const page = await world.contexts[role].newPage()
    const wrong: string[] = []
    let at = ''
    page.on('console', (said) => said.type() === 'error' && !said.text().startsWith('Failed to load resource') && wrong.push(`${at}: ${said.text()}`))
    page.on('pageerror', (error) => wrong.push(`${at}: ${error.message}`))
    page.on('response', (answer) => answer.status() >= 500 && wrong.push(`${at}: ${answer.status()} ${answer.url()}`))
    page.on('response', (answer) => {
      const refused = answer.status() >= 400 && answer.status() < 500 && PAGES[at]?.opens.includes(role)
      if (refused && !(role === 'VISITOR' && answer.status() === 401) && !MAY_BE_MISSING.some((one) => one.test(answer.url()))) wrong.push(`${at}: ${answer.status()} ${answer.url()}`)
    })
    await page.goto('/privacy')
    for (const [route, { heading, opens }] of Object.entries(PAGES)) {
      at = route
      await go(page, world.fill(route))
      const heads = page.locator('h1:visible')
      if (opens.includes(role)) await expect.soft(heads.filter({ hasText: heading }), `${route} opens`).not.toHaveCount(0, { timeout: 15_000 })
      else if (/\/sign-in$/.test(new URL(page.url()).pathname)) await expect.soft(heads, `${route} asks to sign in`).toHaveText(/登录/)
      else await expect.soft(page.getByRole('heading', { name: TURNED_AWAY }).first(), `${route} turns away`).toBeVisible({ timeout: 15_000 })
      await expect.soft(page.locator('.van-skeleton'), `${route} is there`).toHaveCount(0, { timeout: 15_000 })
    }
    expect(wrong).toEqual([])
    await page.close()
  })
}
