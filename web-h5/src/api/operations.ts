import { client, queryOf } from './client'
import type { StreamEvent } from './events'
import type { operations } from './schema'

type Ops = operations
type Good<R> = R extends { 200: infer A } ? A : R extends { 201: infer A } ? A : R extends { 202: infer A } ? A : never
type Json<A> = A extends { content: { 'application/json': infer J } } ? J : void
/** What an operation answers, and what it takes: straight from the contract. */
export type Answer<O extends keyof Ops> = Json<Good<Ops[O]['responses']>>
export type Body<O extends keyof Ops> = Ops[O] extends { requestBody: { content: { 'application/json': infer B } } } ? B : never
type Query<O extends keyof Ops> = NonNullable<Ops[O]['parameters']['query']>

interface Options {
  signal?: AbortSignal
}
const at = encodeURIComponent

/** One function for each operation of the contract. Screens never see a URL. */
export const api = {
  getSettings: (o?: Options) => client.call<Answer<'getSettings'>>('GET', '/api/settings', o),
  listCategories: (o?: Options) => client.call<Answer<'listCategories'>>('GET', '/api/categories', o),
  triage: (body: Body<'triage'>, o?: Options) => client.call<Answer<'triage'>>('POST', '/api/triage', { ...o, body }),

  listPlaces: (parent?: string, o?: Options) =>
    client.call<Answer<'listPlaces'>>('GET', '/api/places', { ...o, query: { parent } }),
  findGridAt: (query: Query<'findGridAt'>, o?: Options) =>
    client.call<Answer<'findGridAt'>>('GET', '/api/grids/at', { ...o, query }),
  findGridByWords: (q: string, o?: Options) =>
    client.call<Answer<'findGridByWords'>>('GET', '/api/grids/find', { ...o, query: { q } }),
  listGridOutlines: (query: Query<'listGridOutlines'>, o?: Options) =>
    client.call<Answer<'listGridOutlines'>>('GET', '/api/grids/outlines', { ...o, query }),
  getGrid: (code: string, o?: Options) => client.call<Answer<'getGrid'>>('GET', `/api/grids/${at(code)}`, o),

  fileCase: (key: string, body: Body<'fileCase'>, o?: Options) =>
    client.call<Answer<'fileCase'>>('POST', '/api/cases', { ...o, body, headers: { 'Idempotency-Key': key } }),
  listCases: (query: Query<'listCases'>, o?: Options) =>
    client.call<Answer<'listCases'>>('GET', '/api/cases', { ...o, query }),
  getCase: (number: string, o?: Options) => client.call<Answer<'getCase'>>('GET', `/api/cases/${at(number)}`, o),
  getCaseClocks: (number: string, o?: Options) => client.call<Answer<'getCaseClocks'>>('GET', `/api/cases/${at(number)}/clocks`, o),
  getCaseHistory: (number: string, o?: Options) =>
    client.call<Answer<'getCaseHistory'>>('GET', `/api/cases/${at(number)}/history`, o),
  /** With a key a resend after a lost answer moves nothing twice; for staff. */
  makeMove: (number: string, body: Body<'makeMove'>, key?: string) =>
    client.call<Answer<'makeMove'>>('POST', `/api/cases/${at(number)}/moves`, { body, ...(key && { headers: { 'Idempotency-Key': key } }) }),
  rateCase: (number: string, body: Body<'rateCase'>) =>
    client.call<Answer<'rateCase'>>('POST', `/api/cases/${at(number)}/rating`, { body }),
  revealIdentity: (number: string, body: Body<'revealIdentity'>) =>
    client.call<Answer<'revealIdentity'>>('POST', `/api/cases/${at(number)}/identity`, { body }),

  getProof: (token: string, o?: Options) => client.call<Answer<'getProof'>>('GET', `/api/proof/${at(token)}`, o),
  getProofCode: (token: string, o?: Options) =>
    client.call<Answer<'getProofCode'>>('GET', `/api/proof/${at(token)}/code`, o),
  listPosts: (query: Query<'listPosts'>, o?: Options) =>
    client.call<Answer<'listPosts'>>('GET', '/api/posts', { ...o, query }),
  appointToPost: (post: string, body: Body<'appointToPost'>) =>
    client.call<Answer<'appointToPost'>>('POST', `/api/posts/${at(post)}/holders`, { body }),
  endPost: (holding: string) => client.call<void>('DELETE', `/api/posts/holders/${at(holding)}`),
  setLeave: (user: string, body: Body<'setLeave'>) =>
    client.call<void>('POST', `/api/staff/${at(user)}/leave`, { body }),
  listTwins: (number: string, o?: Options) => client.call<Answer<'listTwins'>>('GET', `/api/cases/${at(number)}/twins`, o),
  joinTwins: (number: string) => client.call<void>('PUT', `/api/cases/${at(number)}/twins`),
  mergeCases: (lead: string, body: Body<'mergeCases'>) =>
    client.call<Answer<'mergeCases'>>('POST', `/api/cases/${at(lead)}/followers`, { body }),
  splitCase: (number: string, body: Body<'splitCase'>) =>
    client.call<Answer<'splitCase'>>('POST', `/api/cases/${at(number)}/split`, { body }),
  twinsWhileFiling: (body: Body<'twinsWhileFiling'>, o?: Options) =>
    client.call<Answer<'twinsWhileFiling'>>('POST', '/api/twins', { ...o, body }),

  /** Without a progress bar; `upload` has one. */
  uploadMedia: (body: Blob, o?: Options) =>
    client.call<Answer<'uploadMedia'>>('POST', '/api/media', { ...o, body, timeout: 300_000 }),
  /** For `src` of a picture or film: the browser fetches it with the cookie. */
  getMedia: (id: string) => `/api/media/${at(id)}`,
  getThumbnail: (id: string) => `/api/media/${at(id)}/thumbnail`,
  deleteMedia: (id: string) => client.call<void>('DELETE', `/api/media/${at(id)}`),

  sendSmsCode: (body: Body<'sendSmsCode'>) => client.call<Answer<'sendSmsCode'>>('POST', '/api/sms-codes', { body }),
  signIn: (body: Body<'signIn'>) => client.call<Answer<'signIn'>>('POST', '/api/sessions', { body }),
  getSession: (o?: Options) => client.call<Answer<'getSession'>>('GET', '/api/sessions', o),
  signOut: (everywhere: boolean) => client.call<void>('DELETE', '/api/sessions', { query: { everywhere } }),
  getMe: (o?: Options) => client.call<Answer<'getMe'>>('GET', '/api/me', o),
  putMe: (body: Body<'putMe'>) => client.call<Answer<'putMe'>>('PUT', '/api/me', { body }),
  changePassword: (body: Body<'changePassword'>) => client.call<void>('PUT', '/api/me/password', { body }),
  listStaff: (query: Query<'listStaff'>, o?: Options) =>
    client.call<Answer<'listStaff'>>('GET', '/api/staff', { ...o, query }),
  addStaff: (body: Body<'addStaff'>) => client.call<Answer<'addStaff'>>('POST', '/api/staff', { body }),
  changeStaff: (user: string, body: Body<'changeStaff'>) =>
    client.call<Answer<'changeStaff'>>('PATCH', `/api/staff/${at(user)}`, { body }),
  endStaffSessions: (user: string) => client.call<void>('DELETE', `/api/staff/${at(user)}/sessions`),

  listWebhooks: (o?: Options) => client.call<Answer<'listWebhooks'>>('GET', '/api/staff/webhooks', o),
  addWebhook: (body: Body<'addWebhook'>) => client.call<Answer<'addWebhook'>>('POST', '/api/staff/webhooks', { body }),
  changeWebhook: (id: number, body: Body<'changeWebhook'>) =>
    client.call<Answer<'changeWebhook'>>('PATCH', `/api/staff/webhooks/${id}`, { body }),
  rotateWebhook: (id: number) => client.call<Answer<'rotateWebhook'>>('POST', `/api/staff/webhooks/${id}/secret`),
  /** As long as the other side may take, and a little. */
  pingWebhook: (id: number) => client.call<Answer<'pingWebhook'>>('POST', `/api/staff/webhooks/${id}/ping`, { timeout: 30_000 }),
  listWebhookDeliveries: (id: number, query: Query<'listWebhookDeliveries'>, o?: Options) =>
    client.call<Answer<'listWebhookDeliveries'>>('GET', `/api/staff/webhooks/${id}/deliveries`, { ...o, query }),
  settleWebhookDelivery: (id: number, delivery: number, body: Body<'settleWebhookDelivery'>) =>
    client.call<void>('POST', `/api/staff/webhooks/${id}/deliveries/${delivery}`, { body }),
  listSources: (o?: Options) => client.call<Answer<'listSources'>>('GET', '/api/staff/sources', o),
  addSource: (body: Body<'addSource'>) => client.call<Answer<'addSource'>>('POST', '/api/staff/sources', { body }),
  changeSource: (id: number, body: Body<'changeSource'>) =>
    client.call<Answer<'changeSource'>>('PATCH', `/api/staff/sources/${id}`, { body }),
  rotateSource: (id: number) => client.call<Answer<'rotateSource'>>('POST', `/api/staff/sources/${id}/secret`),

  listClocks: (query: Query<'listClocks'>, o?: Options) => client.call<Answer<'listClocks'>>('GET', '/api/staff/clocks', { ...o, query }),
  listClockProfiles: (area?: string, o?: Options) =>
    client.call<Answer<'listClockProfiles'>>('GET', '/api/staff/clocks/profiles', { ...o, query: { area } }),
  listClockRuleVersions: (code: string, area?: string, o?: Options) =>
    client.call<Answer<'listClockRuleVersions'>>('GET', `/api/staff/clocks/rules/${at(code)}/versions`, { ...o, query: { area } }),
  changeClockRule: (code: string, body: Body<'changeClockRule'>) =>
    client.call<Answer<'changeClockRule'>>('PUT', `/api/staff/clocks/rules/${at(code)}`, { body }),
  changeServiceHours: (profile: string, body: Body<'changeServiceHours'>) =>
    client.call<Answer<'changeServiceHours'>>('PUT', `/api/staff/clocks/profiles/${at(profile)}/hours`, { body }),
  getCalendar: (year?: number, o?: Options) => client.call<Answer<'getCalendar'>>('GET', '/api/staff/calendar', { ...o, query: { year } }),
  importCalendar: (body: Body<'importCalendar'>) => client.call<Answer<'importCalendar'>>('POST', '/api/staff/calendar', { body }),

  // For other systems: they sign what they send, and no page does.
  fileReport: (body: Body<'fileReport'>) => client.call<Answer<'fileReport'>>('POST', '/api/intake/reports', { body }),
  getReport: (number: string, o?: Options) => client.call<Answer<'getReport'>>('GET', `/api/intake/reports/${at(number)}`, o),

  getInbox: (query: Query<'getInbox'>, o?: Options) =>
    client.call<Answer<'getInbox'>>('GET', '/api/inbox', { ...o, query }),
  markInboxRead: (upTo: number) => client.call<Answer<'markInboxRead'>>('POST', '/api/inbox/read', { body: { upTo } }),
  /** For an EventSource; see `live.ts`. */
  live: (lastEventId?: string) => (lastEventId ? `/api/live?lastEventId=${at(lastEventId)}` : '/api/live'),

  getPushKey: (o?: Options) => client.call<Answer<'getPushKey'>>('GET', '/api/push/key', o),
  putPushSubscription: (body: Body<'putPushSubscription'>) =>
    client.call<Answer<'putPushSubscription'>>('PUT', '/api/push/subscription', { body }),
  deletePushSubscription: (device?: string) => client.call<void>('DELETE', '/api/push/subscription', { query: { device } }),
  getMyNotices: (o?: Options) => client.call<Answer<'getMyNotices'>>('GET', '/api/me/notices', o),
  putMyNotices: (body: Body<'putMyNotices'>) => client.call<Answer<'putMyNotices'>>('PUT', '/api/me/notices', { body }),
  trustMyPhone: () => client.call<Answer<'trustMyPhone'>>('POST', '/api/me/notices/phone'),
  getNoticeDesk: (o?: Options) => client.call<Answer<'getNoticeDesk'>>('GET', '/api/staff/notices/desk', o),
  getNoticeRates: (query: Query<'getNoticeRates'>, o?: Options) =>
    client.call<Answer<'getNoticeRates'>>('GET', '/api/staff/notices/rates', { ...o, query }),
  listParkedNotices: (query: Query<'listParkedNotices'>, o?: Options) =>
    client.call<Answer<'listParkedNotices'>>('GET', '/api/staff/notices/parked', { ...o, query }),
  resendParked: (id: number, body: Body<'resendParked'>) =>
    client.call<void>('POST', `/api/staff/notices/parked/${id}/resend`, { body }),
  resendParkedGroup: (body: Body<'resendParkedGroup'>) =>
    client.call<Answer<'resendParkedGroup'>>('POST', '/api/staff/notices/parked/resend', { body }),
  dropParked: (id: number, body: Body<'dropParked'>) => client.call<void>('POST', `/api/staff/notices/parked/${id}/drop`, { body }),
  setNoticeQuota: (name: string, body: Body<'setNoticeQuota'>) =>
    client.call<Answer<'setNoticeQuota'>>('PUT', `/api/staff/notices/quotas/${at(name)}`, { body }),
  listNoticeTemplates: (o?: Options) => client.call<Answer<'listNoticeTemplates'>>('GET', '/api/staff/notices/templates', o),
  mapNoticeTemplate: (template: string, platform: string, body: Body<'mapNoticeTemplate'>) =>
    client.call<Answer<'mapNoticeTemplate'>>('PUT', `/api/staff/notices/templates/${at(template)}/${at(platform)}`, { body }),
  previewNotice: (body: Body<'previewNotice'>, o?: Options) =>
    client.call<Answer<'previewNotice'>>('POST', '/api/staff/notices/preview', { ...o, body }),
  listBouncedNumbers: (o?: Options) => client.call<Answer<'listBouncedNumbers'>>('GET', '/api/staff/notices/bounced', o),
  trustNumber: (person: string) => client.call<void>('POST', `/api/staff/notices/bounced/${at(person)}/trust`),
  listStoppedAnswers: (query: Query<'listStoppedAnswers'>, o?: Options) =>
    client.call<Answer<'listStoppedAnswers'>>('GET', '/api/staff/notices/answers', { ...o, query }),
  resendAnswer: (id: number) => client.call<void>('POST', `/api/staff/notices/answers/${id}/resend`),
  dropAnswer: (id: number, body: Body<'dropAnswer'>) => client.call<void>('POST', `/api/staff/notices/answers/${id}/drop`, { body }),
  listNoticeActions: (query: Query<'listNoticeActions'>, o?: Options) =>
    client.call<Answer<'listNoticeActions'>>('GET', '/api/staff/notices/actions', { ...o, query }),

  /** Answered piece by piece: `ear` hears `thinking`, `reply` and `done` as they come. */
  chat: (key: string, body: Body<'chat'>, ear: (event: StreamEvent) => void, o?: Options) =>
    client.stream('POST', '/api/chat', ear, { ...o, body, headers: { 'Idempotency-Key': key } }) as Promise<Answer<'chat'> | undefined>,
  getConversation: (conversation: string, o?: Options) =>
    client.call<Answer<'getConversation'>>('GET', `/api/chat/${at(conversation)}`, o),
  deleteConversation: (conversation: string) => client.call<void>('DELETE', `/api/chat/${at(conversation)}`),
  exportConversations: (o?: Options) => client.call<Answer<'exportConversations'>>('GET', '/api/me/conversations', o),
  deleteConversations: () => client.call<void>('DELETE', '/api/me/conversations'),
  listDesk: (query: Query<'listDesk'>, o?: Options) =>
    client.call<Answer<'listDesk'>>('GET', '/api/desk/conversations', { ...o, query }),
  readDesk: (conversation: string, o?: Options) =>
    client.call<Answer<'readDesk'>>('GET', `/api/desk/conversations/${at(conversation)}`, o),
  answerDesk: (conversation: string, body: Body<'answerDesk'>) =>
    client.call<Answer<'answerDesk'>>('POST', `/api/desk/conversations/${at(conversation)}/answers`, { body }),
  closeDesk: (conversation: string) =>
    client.call<Answer<'closeDesk'>>('POST', `/api/desk/conversations/${at(conversation)}/close`),

  askLegal: (body: Body<'askLegal'>, o?: Options) => client.call<Answer<'askLegal'>>('POST', '/api/legal/questions', { ...o, body }),
  listLegalTopics: (o?: Options) => client.call<Answer<'listLegalTopics'>>('GET', '/api/legal/topics', o),
  listLegalCards: (query: Query<'listLegalCards'>, o?: Options) =>
    client.call<Answer<'listLegalCards'>>('GET', '/api/legal/cards', { ...o, query }),
  getLegalCard: (id: string, o?: Options) => client.call<Answer<'getLegalCard'>>('GET', `/api/legal/cards/${at(id)}`, o),
  searchLegalArticles: (query: Query<'searchLegalArticles'>, o?: Options) =>
    client.call<Answer<'searchLegalArticles'>>('GET', '/api/legal/articles', { ...o, query }),
  getLegalArticle: (law: string, article: string, o?: Options) =>
    client.call<Answer<'getLegalArticle'>>('GET', `/api/legal/articles/${at(law)}/${at(article)}`, o),
  checkEligibility: (body: Body<'checkEligibility'>, o?: Options) =>
    client.call<Answer<'checkEligibility'>>('POST', '/api/legal/eligibility', { ...o, body }),
  draftLegalAid: (body: Body<'draftLegalAid'>, o?: Options) =>
    client.call<Answer<'draftLegalAid'>>('POST', '/api/legal/applications/draft', { ...o, body }),
  applyForLegalAid: (key: string, body: Body<'applyForLegalAid'>) =>
    client.call<Answer<'applyForLegalAid'>>('POST', '/api/legal/applications', { body, headers: { 'Idempotency-Key': key } }),
  getLegalAid: (number: string, o?: Options) =>
    client.call<Answer<'getLegalAid'>>('GET', `/api/legal/applications/${at(number)}`, o),

  getStatutes: (o?: Options) => client.call<Answer<'getStatutes'>>('GET', '/api/legal/statutes', o),

  /** Without a progress bar; `uploadStatutes` has one. */
  importStatutes: (body: Blob, o?: Options) =>
    client.call<Answer<'importStatutes'>>('PUT', '/api/legal/statutes', { ...o, body, timeout: 900_000 }),
  listUnanswered: (o?: Options) => client.call<Answer<'listUnanswered'>>('GET', '/api/legal/unanswered', o),
  draftCard: (id: number) => client.call<Answer<'draftCard'>>('POST', `/api/legal/unanswered/${id}/draft`),
  closeUnanswered: (id: number) => client.call<void>('POST', `/api/legal/unanswered/${id}/done`),
  listCardDrafts: (o?: Options) => client.call<Answer<'listCardDrafts'>>('GET', '/api/legal/drafts', o),
  changeCardDraft: (id: number, body: Body<'changeCardDraft'>) =>
    client.call<Answer<'changeCardDraft'>>('PUT', `/api/legal/drafts/${id}`, { body }),
  deleteCardDraft: (id: number) => client.call<void>('DELETE', `/api/legal/drafts/${id}`),
  publishCard: (id: number, body: Body<'publishCard'>) =>
    client.call<Answer<'publishCard'>>('POST', `/api/legal/drafts/${id}/publish`, { body }),
  /** For a link that saves the file. */
  exportCard: (id: number) => `/api/legal/drafts/${id}/markdown`,

  getWeChatVisit: (o?: Options) => client.call<Answer<'getWeChatVisit'>>('GET', '/api/wechat/visit', o),
  bindWeChat: (body: Body<'bindWeChat'>) => client.call<Answer<'bindWeChat'>>('POST', '/api/wechat/binding', { body }),
  unbindWeChat: () => client.call<void>('DELETE', '/api/wechat/binding'),
  getWeChatJsSdk: (query: Query<'getWeChatJsSdk'>, o?: Options) =>
    client.call<Answer<'getWeChatJsSdk'>>('GET', '/api/wechat/jssdk', { ...o, query }),
  listWeChatPosters: (query: Query<'listWeChatPosters'>, o?: Options) =>
    client.call<Answer<'listWeChatPosters'>>('GET', '/api/wechat/posters', { ...o, query }),
  /** For a link that opens and prints it. */
  getWeChatPoster: (area: string, form: 'svg' | 'pdf' = 'svg') => `/api/wechat/posters/${at(area)}?form=${form}`,

  listQueue: (query: Query<'listQueue'>, o?: Options) =>
    client.call<Answer<'listQueue'>>('GET', '/api/queue', { ...o, query }),
  listQueueFilters: (o?: Options) => client.call<Answer<'listQueueFilters'>>('GET', '/api/queue/filters', o),
  saveQueueFilter: (body: Body<'saveQueueFilter'>) => client.call<Answer<'saveQueueFilter'>>('POST', '/api/queue/filters', { body }),
  changeQueueFilter: (id: number, body: Body<'changeQueueFilter'>) =>
    client.call<Answer<'changeQueueFilter'>>('PATCH', `/api/queue/filters/${id}`, { body }),
  deleteQueueFilter: (id: number) => client.call<void>('DELETE', `/api/queue/filters/${id}`),
  orderQueueFilters: (body: Body<'orderQueueFilters'>) => client.call<void>('PUT', '/api/queue/filter-order', { body }),
  /** A hundred moves, each with its own transaction and notices. */
  makeBatch: (key: string, body: Body<'makeBatch'>) =>
    client.call<Answer<'makeBatch'>>('POST', '/api/queue/batches', { body, headers: { 'Idempotency-Key': key }, timeout: 60_000 }),
  suggestTargets: (number: string, o?: Options) =>
    client.call<Answer<'suggestTargets'>>('GET', `/api/cases/${at(number)}/suggestions`, o),

  getToday: (o?: Options) => client.call<Answer<'getToday'>>('GET', '/api/field/today', o),
  takeCasesAlong: (o?: Options) => client.call<Answer<'takeCasesAlong'>>('GET', '/api/field/cases', o),
  getFieldCase: (number: string, o?: Options) => client.call<Answer<'getFieldCase'>>('GET', `/api/field/cases/${at(number)}`, o),
  callResident: (number: string) => client.call<Answer<'callResident'>>('POST', `/api/field/cases/${at(number)}/call`),
  putFieldStamps: (body: Body<'putFieldStamps'>) => client.call<void>('POST', '/api/field/stamps', { body }),
  fileFound: (key: string, body: Body<'fileFound'>) =>
    client.call<Answer<'fileFound'>>('POST', '/api/field/found', { body, headers: { 'Idempotency-Key': key } }),
  addFieldLog: (key: string, body: Body<'addFieldLog'>) =>
    client.call<Answer<'addFieldLog'>>('POST', '/api/field/logs', { body, headers: { 'Idempotency-Key': key } }),
  listFieldLogs: (query: Query<'listFieldLogs'>, o?: Options) =>
    client.call<Answer<'listFieldLogs'>>('GET', '/api/field/logs', { ...o, query }),
  strikeOutFieldLog: (id: string, body: Body<'strikeOutFieldLog'>) =>
    client.call<Answer<'strikeOutFieldLog'>>('POST', `/api/field/logs/${at(id)}/void`, { body }),
  getLedger: (query: Query<'getLedger'>, o?: Options) =>
    client.call<Answer<'getLedger'>>('GET', '/api/field/ledger', { ...o, query }),
  getLedgerDay: (day: string, o?: Options) =>
    client.call<Answer<'getLedgerDay'>>('GET', `/api/field/ledger/days/${at(day)}`, o),
  /** For a link that saves the file. */
  exportLedger: (from: string, to: string) => `/api/field/ledger/csv?from=${at(from)}&to=${at(to)}`,
  listCampaigns: (o?: Options) => client.call<Answer<'listCampaigns'>>('GET', '/api/field/campaigns', o),
  getCampaign: (id: number, o?: Options) => client.call<Answer<'getCampaign'>>('GET', `/api/field/campaigns/${id}`, o),
  addCampaign: (body: Body<'addCampaign'>) => client.call<Answer<'addCampaign'>>('POST', '/api/field/campaigns', { body }),
  endCampaign: (id: number) => client.call<Answer<'endCampaign'>>('POST', `/api/field/campaigns/${id}/end`),

  listDemoMessages: (phone?: string, o?: Options) =>
    client.call<Answer<'listDemoMessages'>>('GET', '/api/demo/messages', { ...o, query: { phone } }),
  listDemoSignIns: (grid?: string, o?: Options) =>
    client.call<Answer<'listDemoSignIns'>>('GET', '/api/demo/sign-ins', { ...o, query: { grid } }),
  getBoard: (query: Query<'getBoard'>, o?: Options) => client.call<Answer<'getBoard'>>('GET', '/api/board', { ...o, query }),
  getBoardTrend: (query: Query<'getBoardTrend'>, o?: Options) =>
    client.call<Answer<'getBoardTrend'>>('GET', '/api/board/trend', { ...o, query }),
  getHotTopics: (query: Query<'getHotTopics'>, o?: Options) =>
    client.call<Answer<'getHotTopics'>>('GET', '/api/board/topics', { ...o, query }),
  getBoardMap: (query: Query<'getBoardMap'>, o?: Options) => client.call<Answer<'getBoardMap'>>('GET', '/api/board/map', { ...o, query }),
  listBoardCases: (query: Query<'listBoardCases'>, o?: Options) =>
    client.call<Answer<'listBoardCases'>>('GET', '/api/board/cases', { ...o, query }),
  /** For a link that saves the file. */
  getAdminHome: (o?: Options) => client.call<Answer<'getAdminHome'>>('GET', '/api/admin/home', o),
  getAdminArea: (code: string, o?: Options) => client.call<Answer<'getAdminArea'>>('GET', `/api/admin/areas/${at(code)}`, o),
  listAreaNames: (code: string, o?: Options) => client.call<Answer<'listAreaNames'>>('GET', `/api/admin/areas/${at(code)}/names`, o),
  addAreaName: (code: string, body: Body<'addAreaName'>) => client.call<Answer<'addAreaName'>>('POST', `/api/admin/areas/${at(code)}/names`, { body }),
  removeAreaName: (code: string, id: number) => client.call<void>('DELETE', `/api/admin/areas/${at(code)}/names/${id}`),
  getPost: (post: string, o?: Options) => client.call<Answer<'getPost'>>('GET', `/api/posts/${at(post)}`, o),
  addPost: (body: Body<'addPost'>) => client.call<Answer<'addPost'>>('POST', '/api/admin/posts', { body }),
  cancelLeave: (user: string, leave: string) => client.call<void>('DELETE', `/api/staff/${at(user)}/leave/${at(leave)}`),
  listGridVersions: (o?: Options) => client.call<Answer<'listGridVersions'>>('GET', '/api/admin/grids', o),
  uploadGrids: (name: string, body: Blob) =>
    client.call<Answer<'uploadGrids'>>('POST', '/api/admin/grids/imports', { query: { name }, body, timeout: 600_000 }),
  getGridImport: (id: number, o?: Options) => client.call<Answer<'getGridImport'>>('GET', `/api/admin/grids/imports/${id}`, o),
  listGridChanges: (id: number, query: Query<'listGridChanges'>, o?: Options) =>
    client.call<Answer<'listGridChanges'>>('GET', `/api/admin/grids/imports/${id}/changes`, { ...o, query }),
  getGridImportMap: (id: number, query: Query<'getGridImportMap'>, o?: Options) =>
    client.call<Answer<'getGridImportMap'>>('GET', `/api/admin/grids/imports/${id}/map`, { ...o, query }),
  scheduleGrids: (id: number, body: Body<'scheduleGrids'>) =>
    client.call<Answer<'scheduleGrids'>>('POST', `/api/admin/grids/imports/${id}/schedule`, { body }),
  cancelGrids: (id: number) => client.call<Answer<'cancelGrids'>>('POST', `/api/admin/grids/imports/${id}/cancel`),
  listAudit: (query: Query<'listAudit'>, o?: Options) => client.call<Answer<'listAudit'>>('GET', '/api/admin/audit', { ...o, query }),
  listAuditActs: (o?: Options) => client.call<Answer<'listAuditActs'>>('GET', '/api/admin/audit/acts', o),
  /** For a link: the browser saves it as it comes. */
  exportAudit: (query: Query<'exportAudit'>) => `/api/admin/audit/export${queryOf(query)}`,

  exportCases: (query: Query<'exportCases'>) => `/api/board/export${queryOf(query)}`,

  getEvaluationScore: (query: Query<'getEvaluationScore'>, o?: Options) =>
    client.call<Answer<'getEvaluationScore'>>('GET', '/api/evaluation/score', { ...o, query }),
  listEvaluationLines: (query: Query<'listEvaluationLines'>, o?: Options) =>
    client.call<Answer<'listEvaluationLines'>>('GET', '/api/evaluation/lines', { ...o, query }),
  rankEvaluation: (query: Query<'rankEvaluation'>, o?: Options) =>
    client.call<Answer<'rankEvaluation'>>('GET', '/api/evaluation/ranking', { ...o, query }),
  listEvaluationPeriods: (area?: string, o?: Options) =>
    client.call<Answer<'listEvaluationPeriods'>>('GET', '/api/evaluation/periods', { ...o, query: { area } }),
  publishEvaluation: (body: Body<'publishEvaluation'>) =>
    client.call<Answer<'publishEvaluation'>>('POST', '/api/evaluation/periods', { body, timeout: 120_000 }),
  finaliseEvaluation: (body: Body<'finaliseEvaluation'>) =>
    client.call<Answer<'finaliseEvaluation'>>('POST', '/api/evaluation/periods/final', { body }),
  listEvaluationObjections: (query: Query<'listEvaluationObjections'>, o?: Options) =>
    client.call<Answer<'listEvaluationObjections'>>('GET', '/api/evaluation/objections', { ...o, query }),
  objectToEvaluation: (body: Body<'objectToEvaluation'>) =>
    client.call<Answer<'objectToEvaluation'>>('POST', '/api/evaluation/objections', { body }),
  decideEvaluationObjection: (id: string, body: Body<'decideEvaluationObjection'>) =>
    client.call<Answer<'decideEvaluationObjection'>>('POST', `/api/evaluation/objections/${at(id)}/decision`, { body }),
  listEvaluationSignals: (query: Query<'listEvaluationSignals'>, o?: Options) =>
    client.call<Answer<'listEvaluationSignals'>>('GET', '/api/evaluation/signals', { ...o, query }),
  decideEvaluationSignal: (body: Body<'decideEvaluationSignal'>) =>
    client.call<Answer<'decideEvaluationSignal'>>('POST', '/api/evaluation/signals', { body }),
  getEvaluationRules: (area?: string, o?: Options) =>
    client.call<Answer<'getEvaluationRules'>>('GET', '/api/evaluation/rules', { ...o, query: { area } }),
  changeEvaluationRules: (body: Body<'changeEvaluationRules'>) =>
    client.call<Answer<'changeEvaluationRules'>>('PUT', '/api/evaluation/rules', { body }),
  listRewards: (query: Query<'listRewards'>, o?: Options) =>
    client.call<Answer<'listRewards'>>('GET', '/api/evaluation/rewards', { ...o, query }),
  proposeReward: (body: Body<'proposeReward'>) => client.call<Answer<'proposeReward'>>('POST', '/api/evaluation/rewards', { body }),
  actOnReward: (id: number, body: Body<'actOnReward'>) =>
    client.call<Answer<'actOnReward'>>('POST', `/api/evaluation/rewards/${id}/acts`, { body }),
  setRewardBudget: (body: Body<'setRewardBudget'>) => client.call<Answer<'setRewardBudget'>>('PUT', '/api/evaluation/budget', { body }),
  /** For a link: the browser saves it. */
  exportRewards: (query: Query<'exportRewards'>) => `/api/evaluation/rewards/csv${queryOf(query)}`,
  listHonours: (area?: string, o?: Options) => client.call<Answer<'listHonours'>>('GET', '/api/evaluation/honours', { ...o, query: { area } }),
  chooseForHonour: (body: Body<'chooseForHonour'>) => client.call<Answer<'chooseForHonour'>>('POST', '/api/evaluation/honours', { body }),
  consentToHonour: (id: string, body: Body<'consentToHonour'>) =>
    client.call<Answer<'consentToHonour'>>('POST', `/api/evaluation/honours/${at(id)}/consent`, { body }),
  endHonour: (id: string) => client.call<void>('DELETE', `/api/evaluation/honours/${at(id)}`),
  listPublicHonours: (area?: string, o?: Options) =>
    client.call<Answer<'listPublicHonours'>>('GET', '/api/honours', { ...o, query: { area } }),

  getDemoData: (o?: Options) => client.call<Answer<'getDemoData'>>('GET', '/api/demo/data', o),
  fillDemoData: (body: Body<'fillDemoData'>) => client.call<Answer<'fillDemoData'>>('POST', '/api/demo/data', { body }),
  clearDemoData: () => client.call<Answer<'clearDemoData'>>('DELETE', '/api/demo/data', { timeout: 120_000 }),

  prepareWhistle: (number: string, o?: Options) =>
    client.call<Answer<'prepareWhistle'>>('GET', `/api/cases/${at(number)}/whistle`, o),
  blowWhistle: (number: string, key: string, body: Body<'blowWhistle'>) =>
    client.call<Answer<'blowWhistle'>>('POST', `/api/cases/${at(number)}/whistle`, { body, headers: { 'Idempotency-Key': key } }),
  listWhistles: (query: Query<'listWhistles'>, o?: Options) =>
    client.call<Answer<'listWhistles'>>('GET', '/api/whistles', { ...o, query }),
  getWhistle: (id: string, o?: Options) => client.call<Answer<'getWhistle'>>('GET', `/api/whistles/${at(id)}`, o),
  reportIn: (id: string, key: string, body: Body<'reportIn'>) =>
    client.call<Answer<'reportIn'>>('POST', `/api/whistles/${at(id)}/report`, { body, headers: { 'Idempotency-Key': key } }),
  addWhistleNote: (id: string, key: string, body: Body<'addWhistleNote'>) =>
    client.call<Answer<'addWhistleNote'>>('POST', `/api/whistles/${at(id)}/notes`, { body, headers: { 'Idempotency-Key': key } }),
  concludeWhistle: (id: string, body: Body<'concludeWhistle'>) =>
    client.call<Answer<'concludeWhistle'>>('POST', `/api/whistles/${at(id)}/conclusion`, { body }),
  countersign: (id: string, body: Body<'countersign'>) =>
    client.call<Answer<'countersign'>>('POST', `/api/whistles/${at(id)}/countersign`, { body }),
  excuse: (id: string, body: Body<'excuse'>) => client.call<Answer<'excuse'>>('POST', `/api/whistles/${at(id)}/excuses`, { body }),
  closeWhistle: (id: string, body: Body<'closeWhistle'>) =>
    client.call<Answer<'closeWhistle'>>('POST', `/api/whistles/${at(id)}/close`, { body }),
  checkReply: (number: string, body: Body<'checkReply'>, o?: Options) =>
    client.call<Answer<'checkReply'>>('POST', `/api/cases/${at(number)}/reply-check`, { ...o, body }),
  askReplyRelease: (number: string, body: Body<'askReplyRelease'>) =>
    client.call<Answer<'askReplyRelease'>>('POST', `/api/cases/${at(number)}/reply-releases`, { body }),
  listReplyReleases: (query: Query<'listReplyReleases'>, o?: Options) =>
    client.call<Answer<'listReplyReleases'>>('GET', '/api/reply-releases', { ...o, query }),
  decideReplyRelease: (id: number, body: Body<'decideReplyRelease'>) =>
    client.call<Answer<'decideReplyRelease'>>('POST', `/api/reply-releases/${id}/decision`, { body }),
  getReplyPolicy: (query: Query<'getReplyPolicy'>, o?: Options) =>
    client.call<Answer<'getReplyPolicy'>>('GET', '/api/reply-policy', { ...o, query }),
  setReplyPolicy: (body: Body<'setReplyPolicy'>) => client.call<Answer<'setReplyPolicy'>>('PUT', '/api/reply-policy', { body }),
  listReplyTemplates: (o?: Options) => client.call<Answer<'listReplyTemplates'>>('GET', '/api/reply-templates', o),
  addReplyTemplate: (body: Body<'addReplyTemplate'>) =>
    client.call<Answer<'addReplyTemplate'>>('POST', '/api/reply-templates', { body }),
  changeReplyTemplate: (id: number, body: Body<'changeReplyTemplate'>) =>
    client.call<Answer<'changeReplyTemplate'>>('PUT', `/api/reply-templates/${id}`, { body }),
  suggestReplyTemplates: (number: string, o?: Options) =>
    client.call<Answer<'suggestReplyTemplates'>>('GET', `/api/cases/${at(number)}/reply-templates`, o),
  useReplyTemplate: (number: string, id: number) => client.call<void>('POST', `/api/cases/${at(number)}/reply-templates/${id}`),
  getAdmissionList: (query: Query<'getAdmissionList'>, o?: Options) =>
    client.call<Answer<'getAdmissionList'>>('GET', '/api/admission', { ...o, query }),
  importAdmissionList: (body: Body<'importAdmissionList'>) =>
    client.call<Answer<'importAdmissionList'>>('POST', '/api/admission', { body }),
  askAdmission: (number: string, body: Body<'askAdmission'>) =>
    client.call<Answer<'askAdmission'>>('POST', `/api/cases/${at(number)}/admission`, { body }),
  listAdmissionRequests: (query: Query<'listAdmissionRequests'>, o?: Options) =>
    client.call<Answer<'listAdmissionRequests'>>('GET', '/api/admission/requests', { ...o, query }),
  decideAdmission: (id: number, body: Body<'decideAdmission'>) =>
    client.call<Answer<'decideAdmission'>>('POST', `/api/admission/requests/${id}/decision`, { body }),
  // Fails to compile when the contract gains an operation that is missing here.

  listMyMediations: (o?: Options) => client.call<Answer<'listMyMediations'>>('GET', '/api/mediations', o),
  applyForMediation: (key: string, body: Body<'applyForMediation'>) =>
    client.call<Answer<'applyForMediation'>>('POST', '/api/mediations', { body, headers: { 'Idempotency-Key': key } }),
  getMediation: (id: string, o?: Options) => client.call<Answer<'getMediation'>>('GET', `/api/mediations/${at(id)}`, o),
  actOnMediation: (id: string, body: Body<'actOnMediation'>) =>
    client.call<Answer<'actOnMediation'>>('POST', `/api/mediations/${at(id)}/acts`, { body }),
  readMediationIdentities: (id: string, body: Body<'readMediationIdentities'>) =>
    client.call<Answer<'readMediationIdentities'>>('POST', `/api/mediations/${at(id)}/identity`, { body }),
  listMediations: (query: Query<'listMediations'>, o?: Options) =>
    client.call<Answer<'listMediations'>>('GET', '/api/staff/mediations', { ...o, query }),
  openMediation: (key: string, body: Body<'openMediation'>) =>
    client.call<Answer<'openMediation'>>('POST', '/api/staff/mediations', { body, headers: { 'Idempotency-Key': key } }),
  listMediationCommittees: (query: Query<'listMediationCommittees'>, o?: Options) =>
    client.call<Answer<'listMediationCommittees'>>('GET', '/api/staff/mediation-committees', { ...o, query }),
  keepMediationCommittee: (body: Body<'keepMediationCommittee'>) =>
    client.call<Answer<'keepMediationCommittee'>>('POST', '/api/staff/mediation-committees', { body }),
  listLegalAid: (query: Query<'listLegalAid'>, o?: Options) =>
    client.call<Answer<'listLegalAid'>>('GET', '/api/staff/legal-aid', { ...o, query }),
  getLegalAidAtDesk: (number: string, o?: Options) =>
    client.call<Answer<'getLegalAidAtDesk'>>('GET', `/api/staff/legal-aid/${at(number)}`, o),
  actOnLegalAid: (number: string, body: Body<'actOnLegalAid'>) =>
    client.call<Answer<'actOnLegalAid'>>('POST', `/api/legal/applications/${at(number)}/acts`, { body }),
} satisfies Record<keyof Ops, unknown>
