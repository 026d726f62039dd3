import { pageOf } from '@/app/subjects'

/** What the service seals into a push: see `Payload` in notify. */
interface Told {
  delivery: number
  kind: 'RESIDENT' | 'STAFF'
  subject: string
  title: string
  text: string
  urgent: boolean
  at: string
}

export interface Shown {
  delivery: number
  path: string
}

/** Browsers know more of these than TypeScript's library does. */
export interface Look extends NotificationOptions {
  renotify?: boolean
  timestamp?: number
  data: Shown
}

const NAME = '邻格'

/** How a push looks; one that cannot be read still says that there is something, as browsers demand. */
export function lookOf(text: string | undefined): { title: string; look: Look } {
  const told = read(text)
  const staff = told.kind === 'STAFF'
  const subject = told.subject ?? ''
  return {
    title: told.title || NAME,
    look: {
      body: told.text ?? '',
      // One a subject: the newer takes the place of the older, and rings anew.
      tag: `${staff ? 'staff' : 'resident'}:${subject || told.delivery || ''}`,
      renotify: true,
      requireInteraction: told.urgent === true,
      lang: 'zh-CN',
      icon: '/icons/192.png',
      badge: '/icons/badge.png',
      ...(told.at ? { timestamp: Date.parse(told.at) } : {}),
      data: { delivery: told.delivery ?? 0, path: pageOf(subject, staff) },
    },
  }
}

/** Whether what shows already is this one or a newer one: a push may come twice, and late. */
export function isOld(look: Look, shown: readonly { data?: unknown }[]): boolean {
  return look.data.delivery > 0 && shown.some(({ data }) => ((data as Shown | undefined)?.delivery ?? 0) >= look.data.delivery)
}

/** Where a tap leads; only to pages of our own. */
export function pathOf(data: unknown): string {
  const path = (data as Shown | undefined)?.path
  return typeof path === 'string' && /^\/(?![/\\])/.test(path) ? path : '/inbox'
}

function read(text: string | undefined): Partial<Told> {
  try {
    const told: unknown = JSON.parse(text ?? '')
    return typeof told === 'object' && told !== null ? (told as Partial<Told>) : {}
  } catch {
    return {}
  }
}
