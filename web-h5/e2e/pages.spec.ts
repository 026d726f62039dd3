import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import { expectComfort, setMode, type Mode } from './comfort'
import { expect, test as base } from './house'
import { PLACE, setScene, type Scene } from './scene'

const folder = join(dirname(fileURLToPath(import.meta.url)), 'screenshots')

type Who = 'nobody' | 'resident' | 'worker' | 'leader' | 'dispatcher' | 'centre' | 'administrator'
interface PageToLookAt {
  who: Who
  at: string | ((scene: Scene) => string)
  /** Words that stand on the page once it is complete. */
  shows: string
  /** What is done on it before looking. */
  first?: (page: Page) => Promise<void>
}

const sheet = (page: Page) => expect(page.locator('dialog[open] .sheet-head')).toBeVisible()
const press = (name: string) => async (page: Page) => {
  await page.getByRole('button', { name, exact: true }).and(page.locator(':visible')).first().click()
  await sheet(page)
}
const write = (words: string, then: string) => async (page: Page) => {
  await page.getByLabel('发生了什么？').fill(words)
  await expect(page.locator('main')).toContainText(then)
}

const say = (words: string, then: string) => async (page: Page) => {
  await page.getByLabel('说说您的事').fill(words)
  await page.getByRole('button', { name: '发送' }).click()
  await expect(page.getByRole('log')).toContainText(then)
  await expect(page.locator('.typing')).toHaveCount(0)
}
/** As far through the questions as the tab remembers. */
const answered = (...answers: [string, string][]) => async (page: Page) => {
  await page.evaluate((given) => sessionStorage.setItem('linge.aid', JSON.stringify(given.map(([id, value]) => ({ id, value })))), answers)
  await page.reload()
  await expect(page.locator('main .card').first()).toBeVisible()
}

const pages: Record<string, PageToLookAt> = {
  'home of a guest': { who: 'nobody', at: '/', shows: '急事直接打电话' },
  'home of a resident': { who: 'resident', at: '/', shows: '我最近的诉求' },
  'report, empty': { who: 'nobody', at: '/report', shows: '怎么署名' },
  'report, understood': { who: 'resident', at: '/report', shows: '怎么署名', first: write(`${PLACE}单元门口的路灯坏了快一个星期，晚上看不见台阶。`, '市政设施 · 路灯') },
  'report, an emergency': { who: 'resident', at: '/report', shows: '怎么署名', first: write('我家楼下着火了，浓烟一直往上冒，有人困在里面！', '先拨打 119') },
  'report, choosing a category': { who: 'nobody', at: '/report', shows: '怎么署名', first: press('选类别') },
  'report, choosing a place': { who: 'nobody', at: '/report', shows: '怎么署名', first: press('选地点') },
  'report, from a poster': { who: 'resident', at: ({ grid }) => `/report?grid=${grid}`, shows: '您扫码所在的网格' },
  'wechat, without coming from there': { who: 'nobody', at: '/wechat/bind', shows: '页面停留太久了' },
  'wechat, bound': { who: 'resident', at: '/wechat/bound', shows: '可以回到微信接着说' },
  'sign-in': { who: 'nobody', at: '/sign-in', shows: '获取验证码' },
  filed: { who: 'resident', at: ({ cases }) => `/cases/${cases.submitted.number}/filed`, shows: '收到了' },
  'my cases': { who: 'resident', at: '/cases', shows: '油烟' },
  'case, submitted': { who: 'resident', at: ({ cases }) => `/cases/${cases.submitted.number}`, shows: '待受理' },
  'case, handling': { who: 'resident', at: ({ cases }) => `/cases/${cases.handling.number}`, shows: '周三晚上' },
  'case, escalated': { who: 'resident', at: ({ cases }) => `/cases/${cases.dispatched.number}`, shows: '网格办不了' },
  'case, reported back': { who: 'resident', at: ({ cases }) => `/cases/${cases.reported.number}`, shows: '办理结果' },
  'case, rated': { who: 'resident', at: ({ cases }) => `/cases/${cases.rated.number}`, shows: '您的评价' },
  'case, declined': { who: 'resident', at: ({ cases }) => `/cases/${cases.declined.number}`, shows: '诉讼服务中心' },
  'case, withdrawn': { who: 'resident', at: ({ cases }) => `/cases/${cases.withdrawn.number}`, shows: '已撤回' },
  'case, an emergency': { who: 'resident', at: ({ cases }) => `/cases/${cases.emergency.number}`, shows: '先拨打' },
  'case, rating it': { who: 'resident', at: ({ cases }) => `/cases/${cases.reported.number}`, shows: '办理结果', first: press('评价') },
  'grid team': { who: 'resident', at: '/grid', shows: '网格团队' },
  'grid team of nobody': { who: 'nobody', at: '/grid', shows: '还不知道您在哪个网格' },
  inbox: { who: 'resident', at: '/inbox', shows: '受理' },
  me: { who: 'resident', at: '/me', shows: '退出登录' },
  'my notices': { who: 'resident', at: '/me/notices', shows: '短信写得更直白' },
  'me of a guest': { who: 'nobody', at: '/me', shows: '您还没有登录' },
  privacy: { who: 'nobody', at: '/privacy', shows: '您的权利' },
  'chat, the first screen': { who: 'nobody', at: '/chat', shows: '您好，我是邻格' },
  'chat, a problem': { who: 'resident', at: '/chat', shows: '问问邻格', first: say(`${PLACE}3号楼前的路灯从上周一坏到现在`, '路灯') },
  'chat, the law': { who: 'nobody', at: '/chat', shows: '您好，我是邻格', first: async (page) => (await say('老板拖欠工资怎么办', '起施行')(page), await whole(page)) },
  'chat, an emergency': { who: 'nobody', at: '/chat', shows: '您好，我是邻格', first: say('我家楼下着火了，有人困在里面', '119') },
  'chat, numbers to call': { who: 'nobody', at: '/chat', shows: '您好，我是邻格', first: say('常用电话有哪些', '12345') },
  'chat, saying where': { who: 'nobody', at: '/chat', shows: '您好，我是邻格', first: press('位置') },
  'legal help': { who: 'nobody', at: '/legal', shows: '按生活里的事找' },
  'legal help, an answer': { who: 'nobody', at: '/legal?q=老板拖欠工资怎么办', shows: '怎么办、带什么' },
  'legal help, declined': { who: 'nobody', at: '/legal?q=明天天气怎么样', shows: '想找个人问' },
  'legal topic': { who: 'nobody', at: '/legal/topics/wages', shows: '老板拖欠工资怎么办' },
  'legal card': { who: 'nobody', at: '/legal/cards/wages-unpaid', shows: '核对过法条' },
  'legal article': { who: 'nobody', at: '/legal/articles/劳动法/50', shows: '第' },
  'legal articles': { who: 'nobody', at: '/legal/articles?q=加班工资', shows: '想找个人问' },
  'eligibility, the first question': { who: 'nobody', at: '/legal/eligibility', shows: '第 1 题' },
  'eligibility, an amount': { who: 'nobody', at: '/legal/eligibility', shows: '第 1 题', first: answered(['matter', 'wages'], ['lawyer', 'no'], ['group', 'none']) },
  'eligibility, the result': { who: 'nobody', at: '/legal/eligibility', shows: '第 1 题', first: answered(['matter', 'violence'], ['lawyer', 'yes']) },
  'legal aid, without answers': { who: 'resident', at: '/legal/apply', shows: '请先答几道题' },
  'legal aid, the application': {
    who: 'resident', at: '/legal/apply', shows: '请先答几道题',
    first: answered(['matter', 'violence'], ['lawyer', 'no'], ['applicant', 'self'], ['deadline', 'later'], ['papers', '']),
  },
  'no such page': { who: 'nobody', at: '/no/such/page', shows: '没有这个页面' },
  'staff sign-in': { who: 'nobody', at: ({ grid }) => `/staff/sign-in?grid=${grid}`, shows: '能办理网格' },
  'to-do': { who: 'worker', at: '/staff', shows: '煤气味' },
  'to-do of a dispatcher': { who: 'dispatcher', at: '/staff', shows: '道路塌了' },
  'staff case, submitted': { who: 'worker', at: ({ cases }) => `/staff/cases/${cases.submitted.number}`, shows: '办理经过' },
  'staff case, handling': { who: 'worker', at: ({ cases }) => `/staff/cases/${cases.handling.number}`, shows: '睡不成午觉' },
  'staff case, an emergency': { who: 'worker', at: ({ cases }) => `/staff/cases/${cases.emergency.number}`, shows: '办理经过' },
  'staff case, confidential': { who: 'worker', at: ({ cases }) => `/staff/cases/${cases.confidential.number}`, shows: '居民要求保密' },
  'staff case, rated': { who: 'leader', at: ({ cases }) => `/staff/cases/${cases.rated.number}`, shows: '居民评价' },
  'staff case, reporting back': { who: 'worker', at: ({ cases }) => `/staff/cases/${cases.handling.number}`, shows: '办理经过', first: press('反馈结果') },
  'staff case, all moves': { who: 'worker', at: ({ cases }) => `/staff/cases/${cases.handling.number}`, shows: '办理经过', first: press('更多') },
  'staff case, dispatching': { who: 'dispatcher', at: ({ cases }) => `/staff/cases/${cases.dispatched.number}`, shows: '办理经过', first: press('分流') },
  'staff case, revealing an identity': { who: 'worker', at: ({ cases }) => `/staff/cases/${cases.confidential.number}`, shows: '办理经过', first: press('查看身份') },
  posters: { who: 'worker', at: '/staff/posters', shows: '每个网格、村（社区）一张' },
  'staff inbox': { who: 'worker', at: '/staff/inbox', shows: '诉求' },
  'staff me': { who: 'worker', at: '/staff/me', shows: '退出登录' },
  talks: { who: 'centre', at: '/staff/talks', shows: '我想找人工' },
  'a talk': { who: 'centre', at: ({ talk }) => `/staff/talks/${talk}`, shows: '结束，交还机器人' },
  'open questions': { who: 'centre', at: '/staff/legal', shows: '鸽子' },
  'card drafts': { who: 'centre', at: '/staff/legal/drafts', shows: '本地卡片' },
  statutes: { who: 'administrator', at: '/staff/legal/statutes', shows: '现在用的' },
  'notice desk, now': { who: 'administrator', at: '/staff/notices', shows: '最近 24 小时' },
  'notice desk, nothing parked': { who: 'administrator', at: '/staff/notices/parked', shows: '没有停下的通知' },
  'notice desk, rates': { who: 'administrator', at: '/staff/notices/rates', shows: '有多快' },
  'notice desk, templates': { who: 'administrator', at: '/staff/notices/templates', shows: '您的诉求已受理' },
  'notice desk, no bad numbers': { who: 'administrator', at: '/staff/notices/numbers', shows: '没有送不到的号码' },
  'notice desk, actions': { who: 'administrator', at: '/staff/notices/actions', shows: '操作' },
  people: { who: 'administrator', at: '/staff/people', shows: '按地区查看' },
  'reply templates': { who: 'administrator', at: '/staff/reply-templates', shows: '办结：修好了' },
  'reply templates, writing one': { who: 'administrator', at: '/staff/reply-templates', shows: '办结：修好了', first: press('新写模板') },
  'admission list': { who: 'administrator', at: '/staff/admission', shows: '准入清单' },
  'people, adding one': { who: 'administrator', at: '/staff/people', shows: '按地区查看', first: press('添加人员') },
  administration: { who: 'administrator', at: '/staff/admin', shows: '网格地图' },
  posts: { who: 'administrator', at: ({ grid }) => `/staff/admin/posts?at=${grid}`, shows: '这里的岗位' },
  'posts, adding one': { who: 'administrator', at: '/staff/admin/posts', shows: '空缺的岗位', first: press('新设岗位') },
  areas: { who: 'administrator', at: '/staff/admin/areas', shows: '潞州区' },
  'area, a grid': { who: 'administrator', at: ({ grid }) => `/staff/admin/areas?at=${grid}`, shows: '网格团队' },
  'grids on the map': { who: 'administrator', at: '/staff/admin/grids', shows: '上传的文件' },
  'audit trail': { who: 'administrator', at: '/staff/admin/audit', shows: '查看操作记录' },
  systems: { who: 'administrator', at: '/staff/systems', shows: '还没有来源' },
  'systems, adding a webhook': { who: 'administrator', at: '/staff/systems', shows: '还没有推送', first: press('添加推送') },
  'systems, adding a source': { who: 'administrator', at: '/staff/systems', shows: '还没有来源', first: press('添加来源') },
  'demo messages': { who: 'nobody', at: '/demo/messages', shows: '验证码' },
  'contract to read': { who: 'nobody', at: '/api/docs', shows: '/api/cases' },
}

const test = base.extend<object, { scene: Scene }>({
  scene: [async ({ browser, server }, use) => use(await setScene(browser, server.url)), { scope: 'worker', timeout: 240_000 }],
})
// A picture tells what is wrong with a page; traces of ninety would double the time.
test.use({ contextOptions: { reducedMotion: 'reduce' }, trace: 'off' })

for (const [name, look] of Object.entries(pages)) {
  for (const mode of ['plain', 'elder'] as const) {
    test(`${name} fits a phone and every hand and eye, ${mode}`, async ({ browser, scene, server }) => {
      const storageState = look.who === 'nobody' ? undefined : await scene[look.who].storageState()
      const context = await browser.newContext({ baseURL: server.url, deviceScaleFactor: 2, ...(storageState ? { storageState } : {}) })
      const page = await context.newPage()
      await setMode(page, mode)
      await page.goto(typeof look.at === 'string' ? look.at : look.at(scene))
      await expect(page.locator('body')).toContainText(look.shows)
      await look.first?.(page)
      await settled(page)
      await expectComfort(page, mode)
      await takePicture(page, join(folder, fileName(name, mode)))
      await context.close()
    })
  }
}

/** The whole page as on one very long phone, so that what stays at the bottom does so: what the head covers while one scrolls is no small target. */
async function whole(page: Page) {
  const height = await page.evaluate(() => document.documentElement.scrollHeight)
  await page.setViewportSize({ width: 375, height: Math.min(4000, Math.max(812, height)) })
}

/** The whole page; a sheet as it stands. */
async function takePicture(page: Page, path: string) {
  if ((await page.locator('dialog[open]').count()) === 0) await whole(page)
  await page.screenshot({ path })
}

/** Nothing is loading any more: no grey bars, every picture there, the letters in place. */
async function settled(page: Page) {
  await expect(page.locator('.van-skeleton')).toHaveCount(0)
  await expect
    .poll(() => page.evaluate(() => [...document.images].filter(({ complete, loading }) => !complete && loading !== 'lazy').length))
    .toBe(0)
  await page.evaluate(() => Promise.allSettled(document.getAnimations().filter(({ effect }) => effect?.getTiming().iterations !== Infinity).map(({ finished }) => finished)))
}

function fileName(name: string, mode: Mode): string {
  return `${name.replace(/[^a-z]+/g, '-')}.${mode}.png`
}
