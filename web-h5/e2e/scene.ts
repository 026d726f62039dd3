import type { Browser, BrowserContext } from '@playwright/test'
import { call, file, longLived, move, photo, resident, signInsOf, staff, type FiledCase } from './house'

/** A community where nothing but this scene happens. */
export const PLACE = '潞州区东街街道长兴社区'

/** A small town's week: one resident with a case in every state worth looking at, and those who handle them. */
export interface Scene {
  resident: BrowserContext
  worker: BrowserContext
  leader: BrowserContext
  dispatcher: BrowserContext
  /** Who answers where the bot hands over: the city's centre. */
  centre: BrowserContext
  administrator: BrowserContext
  grid: string
  /** A conversation that waits for a person. */
  talk: string
  cases: Record<'submitted' | 'handling' | 'reported' | 'rated' | 'declined' | 'withdrawn' | 'emergency' | 'dispatched' | 'confidential', FiledCase>
}

export async function setScene(browser: Browser, url: string): Promise<Scene> {
  const home = await resident(browser, url)
  await call(home, 'PUT', '/api/me', { name: '郝梅' })
  const first = await file(home, { text: `${PLACE}健身广场的秋千链子断了一根，孩子们还在玩，请尽快修。`, media: [await upload(browser, home, 'broken')] })
  const grid = first.grid.code
  await call(home, 'PUT', '/api/me', { name: '郝梅', home: { grid, address: '3 号楼 2 单元 501' } })
  const team = await signInsOf(home.request, url, grid)
  const as = (role: string) => staff(browser, url, team.find((one) => one.role === role)!)
  const worker = await as('GRID_WORKER')
  const leader = await as('GRID_LEADER')
  const dispatcher = await as('DISPATCHER')
  const centre = await staff(browser, url, (await signInsOf(home.request, url)).find((one) => one.role === 'DISPATCHER')!)
  const administrator = await staff(browser, url, { user: 'admin', password: team[0]!.password })
  const tell = (text: string, more: object = {}) => file(home, { text: PLACE + text, grid, ...more })

  const withdrawn = await tell('楼上阳台滴水，把晾的被子弄湿了。')
  await move(home, withdrawn.number, { move: 'WITHDRAW', words: '已经和楼上说好了。' })
  const declined = await tell('和开发商的房款官司已经在法院开庭，希望社区让他们快点赔。')
  await move(leader, declined.number, { move: 'DECLINE', words: '这件事正由法院审理，按规定不能重复受理。', channel: '潞州区人民法院诉讼服务中心' })
  const rated = await tell('单元门口的路灯坏了快一个星期，晚上黑得看不见台阶。', { media: [await upload(browser, home, 'broken')] })
  await handled(browser, worker, rated)
  await call(home, 'POST', `/api/cases/${rated.number}/rating`, { score: 5, words: '来得快，修得好，晚上出门放心了。', version: await versionOf(home, rated) })
  const reported = await tell('楼道里堆着旧家具，消防通道过不去人。')
  await handled(browser, worker, reported)
  const dispatched = await tell('门前道路塌了一个坑，下雨天看不见，骑车的人摔过两次。')
  await move(worker, dispatched.number, { move: 'ACCEPT', words: '已经到现场看过，放了警示桩。' })
  // Rank by rank through the team, then to the community's centre.
  for (const one of [worker, await as('DEPUTY_LEADER'), leader]) await move(one, dispatched.number, { move: 'ESCALATE', words: '需要市政施工，网格办不了。' })
  const handling = await tell('小饭馆把油烟直接排到楼道里，一到饭点就呛得开不了门。')
  await move(worker, handling.number, { move: 'ACCEPT', words: '收到，今天下午就去。' })
  await move(worker, handling.number, { move: 'HANDLE' })
  await move(worker, handling.number, { move: 'NOTE', words: '已约店主和楼上住户周三晚上当面商量加装烟道。' })
  await move(home, handling.number, { move: 'SUPPLEMENT', words: '中午十一点半到一点最严重。' })
  await move(home, handling.number, { move: 'URGE', words: '家里有老人，呛得睡不成午觉。' })
  const confidential = await tell('三楼租户半夜装修，吵得睡不着，劝过两次不听。', { confidential: true })
  const emergency = await tell('三楼窗户冒浓烟，闻到煤气味，有人喊救命！')
  const { conversation } = await call<{ conversation: string }>(home, 'POST', '/api/chat', { text: '我想找人工，和工作人员说话' })
  // Nobody has a card for it: it stands among the questions without an answer.
  await call(home, 'POST', '/api/legal/questions', { question: '养的鸽子落在邻居屋顶上算谁的' })
  for (const one of [home, worker, leader, dispatcher, centre, administrator]) longLived.add(one)
  return {
    talk: conversation, resident: home, worker, leader, dispatcher, centre, administrator, grid,
    cases: { submitted: first, handling, reported, rated, declined, withdrawn, emergency, dispatched, confidential },
  }
}

async function handled(browser: Browser, worker: BrowserContext, { number }: FiledCase) {
  await move(worker, number, { move: 'ACCEPT', words: '您反映的问题已收到，我们马上核实。' })
  await move(worker, number, { move: 'HANDLE', words: '已联系师傅，今天动工。' })
  await move(worker, number, { move: 'REPORT_BACK', words: '问题已经解决，现场看过，照片附后。', media: [await upload(browser, worker, 'mended')] })
}

async function upload(browser: Browser, context: BrowserContext, lamp: 'broken' | 'mended'): Promise<string> {
  const { csrf } = (await (await context.request.get('/api/sessions')).json()) as { csrf: string }
  const answer = await context.request.post('/api/media', {
    data: (await photo(browser, lamp)).buffer,
    headers: { 'X-CSRF-Token': csrf, 'Content-Type': 'application/octet-stream' },
  })
  if (!answer.ok()) throw new Error(`upload: ${answer.status()} ${await answer.text()}`)
  return ((await answer.json()) as { id: string }).id
}

async function versionOf(context: BrowserContext, { number }: FiledCase): Promise<number> {
  return ((await (await context.request.get(`/api/cases/${number}`)).json()) as FiledCase).version
}
