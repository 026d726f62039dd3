import type { NoticeAction, NoticeCounts, NoticeDesk, NoticeQuota, NoticeRates, ParkedGroup, WeChatTrouble } from '@/api/types'
import { momentInWords } from '@/app/time'
import { t, type Key } from '@/locales'
import { zhCN } from '@/locales/zh-CN'

/** What the notice desk makes of figures: names, words, and what to do first. */

export function channelName(channel: string): string {
  return channel in zhCN.notices.channels ? t(`notices.channels.${channel}` as Key) : channel
}

const REASONS = [
  // Engine's words and providers' codes, the telling ones first: what may have arrived is not to be repeated, whatever else is said.
  ['UNANSWERED', /不知是否|perhaps|without an answer|no answer/i],
  ['WORDS', /cannot be rendered|needs the field|no words for/i],
  ['MAPPING', /template.*(not|no |unknown|invalid|missing)|no mapping|模板|40037|TemplateParameter|InvalidTemplate/i],
  ['QUOTA', /quota|over.?limit|limit exceeded|BUSINESS_LIMIT_CONTROL|LimitExceeded|4500[79]|45015|45047|频|上限/i],
  ['ACCOUNT', /balance|AMOUNT_NOT_ENOUGH|signature|unauthori[sz]ed|forbidden|account|余额|签名|欠费|4000[1]|40013|48001/i],
  ['NUMBER', /phone|number|MOBILE|MK:|UNDELIV|空号|停机|关机|号码/i],
  ['NO_WAY', /no further channel/i],
  ['GIVEN_UP', /given up/i],
] as const
export type ReasonKind = (typeof REASONS)[number][0] | 'OTHER'

/** What kind of trouble a reason tells of; the words of it are the engine's and the providers'. */
export function reasonKind(reason: string): ReasonKind {
  return REASONS.find(([, pattern]) => pattern.test(reason))?.[0] ?? 'OTHER'
}
export const reasonTitle = (reason: string) => t(`notices.reason.${reasonKind(reason)}.title`)
export const reasonTodo = (reason: string) => t(`notices.reason.${reasonKind(reason)}.todo`)

/** “0.8 秒”, “42 秒”, “3 分钟”, “2 小时”. */
export function timeInWords(ms: number | null | undefined): string {
  if (ms === null || ms === undefined) return t('notices.rates.noTime')
  if (ms < 10_000) return t('notices.time.seconds', { n: (ms / 1000).toFixed(ms < 995 ? 2 : 1) })
  if (ms < 120_000) return t('notices.time.seconds', { n: Math.round(ms / 1000) })
  if (ms < 7_200_000) return t('notices.time.minutes', { n: Math.round(ms / 60_000) })
  return t('notices.time.hours', { n: Math.round(ms / 3_600_000) })
}

/** One thing to do, and where. Worse ones come first. */
export interface Advice {
  key: string
  grave: boolean
  title: string
  todo: string
  to?: { path: string; label: string }
}

const BACKLOG_MINUTES = 5
const LITTLE_LEFT = 0.1
const SLOW_MS = 60_000
const FAILING_SHARE = 0.2
const ENOUGH_TO_JUDGE = 20
const HOME = '/staff/notices'

/** What an operator should do now, worst first; empty when all is well. */
export function advice(desk: NoticeDesk, rates: NoticeRates | undefined, groups: ParkedGroup[]): Advice[] {
  const found: Advice[] = []
  const add = (kind: 'trouble' | 'answers' | 'unnumbered' | 'unnumberedCode' | 'backlog' | 'circuit' | 'quota' | 'spent' | 'parked' | 'slow' | 'failing', key: string, grave: boolean, fill: Record<string, string | number>, to?: Advice['to']) =>
    found.push({ key: `${kind}:${key}`, grave, title: t(`notices.advice.${kind}.title`, fill), todo: t(`notices.advice.${kind}.todo`, fill), ...(to ? { to } : {}) })

  for (const one of desk.troubles ?? []) {
    const kind = troubleKind(one)
    add('trouble', `${one.path} ${one.code}`, true, { what: t(`notices.trouble.${kind}.what`), todo: t(`notices.trouble.${kind}.todo`), words: one.words })
  }
  for (const { platform, missing, code } of desk.unnumbered ?? [])
    add(code ? 'unnumberedCode' : 'unnumbered', platform, true, { name: channelName(platform), n: missing }, { path: `${HOME}/templates`, label: t('notices.advice.go.templates') })
  if (desk.answers) add('answers', '', true, { n: desk.answers }, { path: `${HOME}/parked`, label: t('notices.advice.go.answers') })
  for (const one of desk.circuits)
    if (one.state !== 'CLOSED') add('circuit', one.name, true, { name: channelName(one.name) })
  const waited = desk.waiting.oldest ? Date.parse(desk.at) - Date.parse(desk.waiting.oldest) : 0
  if (waited > BACKLOG_MINUTES * 60_000) add('backlog', '', true, { n: desk.waiting.count, time: timeInWords(waited) })
  for (const group of groups)
    add('parked', `${group.channel} ${group.reason}`, true, { n: group.count, reason: `${channelName(group.channel)}，${reasonTitle(group.reason)}`, todo: reasonTodo(group.reason) }, {
      path: `${HOME}/parked?channel=${encodeURIComponent(group.channel)}&reason=${encodeURIComponent(group.reason)}`,
      label: t('notices.advice.go.parked'),
    })
  for (const quota of desk.quotas) {
    if (quota.spentUntil) add('spent', quota.name, false, { note: quota.note, at: momentInWords(quota.spentUntil) })
    else if (runsLow(quota)) add('quota', quota.name, false, { note: quota.note, left: quota.left ?? 0 })
  }
  const look = { path: `${HOME}/rates`, label: t('notices.advice.go.rates') }
  for (const { channel, total } of rates?.channels ?? []) {
    const tried = total.sent + total.failed + total.parked
    if (tried >= ENOUGH_TO_JUDGE && (total.failed + total.parked) / tried >= FAILING_SHARE)
      add('failing', channel, false, { channel: channelName(channel), share: Math.round(((total.failed + total.parked) / tried) * 100) }, look)
    if (total.sent >= ENOUGH_TO_JUDGE && (total.p99 ?? 0) > SLOW_MS) add('slow', channel, false, { channel: channelName(channel), time: timeInWords(total.p99) }, look)
  }
  return found.sort((a, b) => Number(b.grave) - Number(a.grave))
}

/** What is wrong with the WeChat account, by the platform's codes; 0 is ours. */
export function troubleKind({ path, code }: WeChatTrouble): 'CLOCK' | 'MENU' | 'SECRET' | 'ADDRESS' | 'GRANT' | 'OTHER' {
  if (path === '/wechat/callback') return 'CLOCK'
  if (code === 46003) return 'MENU'
  if ([40001, 40013, 40125, 40164, 41002, 41004].includes(code)) return code === 40164 ? 'ADDRESS' : 'SECRET'
  return code === 48001 || code === 48004 ? 'GRANT' : 'OTHER'
}

/** Why an answer over WeChat stopped. */
export function answerReason(reason: string): 'UNSURE' | 'WINDOW' | 'OTHER' {
  if (/nobody knows|did not answer/i.test(reason)) return 'UNSURE'
  return /window|45015|45047/i.test(reason) ? 'WINDOW' : 'OTHER'
}
export const answerKind = (kind: string | null | undefined) =>
  t(`notices.answers.kind.${kind && kind in zhCN.notices.answers.kind ? kind : 'other'}` as Key)

/** A tenth or less is left, or nothing. */
export function runsLow({ most, left }: NoticeQuota): boolean {
  return most !== null && most !== undefined && left !== null && left !== undefined && left <= most * LITTLE_LEFT
}

/** How a quota stands, in a line. */
export function quotaLine(quota: NoticeQuota): string {
  const { most, used, full } = quota
  if (most === null || most === undefined) return t('notices.now.quotaFree', { used })
  if (quota.each) return full > 0 ? t('notices.now.quotaEach', { most, full }) : t('notices.now.quotaEachNone', { most })
  return t('notices.now.quotaUse', { used, most })
}

/** What became of the notices of a step; the parts add up to all that was settled. */
export function partsOf({ sent, delivered, failed, parked, expired }: NoticeCounts) {
  return { delivered, unconfirmed: sent - delivered, failed, parked, expired }
}
export const isEmpty = (counts: NoticeCounts) => counts.sent + counts.failed + counts.parked + counts.expired === 0

/** A step's beginning as a label: “14 时” of a day, “11/26” of more. */
export function stepLabel(at: string, step: number): string {
  const city = new Date(Date.parse(at) + 8 * 3_600_000)
  return step < 86_400 ? t('notices.time.hour', { n: city.getUTCHours() }) : t('notices.time.day', { m: city.getUTCMonth() + 1, d: city.getUTCDate() })
}

/** “thing1=thing4”, a line each. */
export function keysText(keys: Record<string, string> | undefined): string {
  return Object.entries(keys ?? {}).map(([ours, theirs]) => `${ours}=${theirs}`).join('\n')
}
/** The same read; or the number of the first line that is none. */
export function keysOf(text: string): Record<string, string> | number {
  const keys: Record<string, string> = {}
  for (const [index, line] of text.split('\n').entries()) {
    if (!line.trim()) continue
    const match = /^\s*([\w.]+)\s*[=＝]\s*([\w.]+)\s*$/.exec(line)
    if (!match) return index + 1
    keys[match[1]!] = match[2]!
  }
  return keys
}

/** What was done at the desk, in a line. */
export function actionInWords({ action, what }: NoticeAction): string {
  const text = (value: string | number | null | undefined, none = '') => (value === null || value === undefined || value === '' ? none : String(value))
  const channel = channelName(text(what['channel'] ?? what['platform']))
  const more = what['phone'] ? t('notices.actions.newPhone', { phone: text(what['phone']) }) : what['from'] ? t('notices.actions.from', { channel: channelName(text(what['from'])) }) : ''
  return t(`notices.actions.kind.${action}`, {
    channel,
    more,
    count: text(what['count']),
    reason: reasonTitle(text(what['reason'])),
    why: text(what['why']),
    template: text(what['template']),
    id: text(what['id'], t('notices.templates.unset')),
    name: text(what['note'] ?? what['name']),
    most: text(what['most'], t('notices.now.noLimit')),
    phone: text(what['phone']),
  })
}
