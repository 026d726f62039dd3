import { api } from './operations'
import type { InboxItem } from './types'

export type LiveState = 'closed' | 'connecting' | 'connected' | 'reconnecting'

export interface CaseHint {
  number: string
  version: number
}

interface Ears {
  notice: (item: InboxItem) => void
  case: (hint: CaseHint) => void
  /** A conversation has a new message, or wants a person: its id. */
  chat: (conversation: string) => void
  /** The stream is back after a gap: what is shown may be old, fetch it again. */
  back: () => void
  state: (state: LiveState) => void
}

/** Server-sent events of the signed-in person: notices are replayed after a gap, case hints are not. */
export class Live {
  private source: EventSource | undefined
  private timer: ReturnType<typeof setTimeout> | undefined
  private lastEventId: string | undefined
  private tries = 0
  private ears: { [K in keyof Ears]: Set<Ears[K]> } = { notice: new Set(), case: new Set(), chat: new Set(), back: new Set(), state: new Set() }
  state: LiveState = 'closed'

  constructor(private readonly connect: (url: string) => EventSource = (url) => new EventSource(url)) {}

  onNotice = (ear: Ears['notice']) => this.listen('notice', ear)
  onCase = (ear: Ears['case']) => this.listen('case', ear)
  onChat = (ear: Ears['chat']) => this.listen('chat', ear)
  onBack = (ear: Ears['back']) => this.listen('back', ear)
  onState = (ear: Ears['state']) => this.listen('state', ear)

  open() {
    if (this.state !== 'closed') return
    this.become('connecting')
    this.dial()
  }

  close() {
    clearTimeout(this.timer)
    this.source?.close()
    this.source = undefined
    this.lastEventId = undefined
    this.tries = 0
    this.become('closed')
  }

  private dial() {
    const source = this.connect(api.live(this.lastEventId))
    this.source = source
    source.addEventListener('open', () => this.opened())
    source.addEventListener('ready', () => this.opened())
    source.addEventListener('notice', (event: MessageEvent<string>) => {
      if (event.lastEventId) this.lastEventId = event.lastEventId
      const item = JSON.parse(event.data) as InboxItem
      for (const ear of this.ears.notice) ear(item)
    })
    source.addEventListener('case', (event: MessageEvent<string>) => {
      const hint = JSON.parse(event.data) as CaseHint
      for (const ear of this.ears.case) ear(hint)
    })
    source.addEventListener('chat', (event: MessageEvent<string>) => {
      const { conversation } = JSON.parse(event.data) as { conversation: string }
      for (const ear of this.ears.chat) ear(conversation)
    })
    source.addEventListener('error', () => this.lost(source))
  }

  private opened() {
    const gap = this.state === 'reconnecting'
    this.tries = 0
    if (this.state === 'connected') return
    this.become('connected')
    if (gap) for (const ear of this.ears.back) ear()
  }

  // The browser's own retry gives up on a 502 while the service restarts, so the dialling is ours: 1 s doubling to 30 s.
  private lost(source: EventSource) {
    if (source !== this.source) return
    source.close()
    this.become('reconnecting')
    clearTimeout(this.timer)
    const wait = Math.min(30_000, 1000 * 2 ** this.tries++)
    this.timer = setTimeout(() => this.dial(), wait)
  }

  private become(state: LiveState) {
    if (state === this.state) return
    this.state = state
    for (const ear of this.ears.state) ear(state)
  }

  private listen<K extends keyof Ears>(kind: K, ear: Ears[K]): () => void {
    const set = this.ears[kind] as Set<Ears[K]>
    set.add(ear)
    return () => void set.delete(ear)
  }
}

export const live = new Live()
