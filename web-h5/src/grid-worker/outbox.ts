import type { Body } from '@/api/operations'
import { Offline, Problem } from '@/api/problem'
import type { Case, HistoryLine, Media } from '@/api/types'
import { isOpen, laneOf, needsAnswer, type Conflict, type Entry, type KeptPhoto, type MoveWork, type Work } from './entries'

/** How a round of sending ended: nothing waits any more, no network, nobody signed in, or the service asks for patience. */
export type RoundEnd = 'done' | 'offline' | 'signed-out' | { later: number }

/** What sending needs of the world. */
export interface Wire {
  upload(photo: Blob): Promise<Pick<Media, 'id'>>
  stamp(body: Body<'putFieldStamps'>): Promise<unknown>
  move(number: string, body: Body<'makeMove'>, key: string): Promise<Pick<Case, 'version'>>
  found(key: string, body: Body<'fileFound'>): Promise<{ number: string; holder: string; mine: boolean }>
  log(key: string, body: Body<'addFieldLog'>): Promise<unknown>
  look(number: string): Promise<{ case: Case; history: HistoryLine[] }>
}
export interface Keeper {
  all(): Promise<Entry[]>
  put(entry: Entry): Promise<void>
  drop(id: string): Promise<void>
}
export interface Words {
  who(line: HistoryLine): string
  refused(error: unknown): string
  gone(): string
  /** The words of a note made of a move that cannot be made any more. */
  note(work: MoveWork): string
}
export interface NewEntry {
  id: string
  work: Work
  photos: KeptPhoto[]
  point?: Entry['point']
}

const DELIVERED_LASTS = 24 * 3_600_000
const SECOND = 1000

/**
 * Everything written in the field, from the tap until the service has it. Kept before it is sent; in order for each case; with a
 * key, so that a send whose answer was lost, or that died with the app, is done once. What others overtook waits for its writer.
 */
export class Outbox {
  entries: Entry[] = []
  private owner: string | undefined
  private running: Promise<RoundEnd> | undefined
  private changes = 0

  constructor(
    private readonly keeper: Keeper,
    private readonly wire: Wire,
    private readonly words: Words,
    private readonly told: (entries: Entry[]) => void = () => {},
    private readonly now: () => Date = () => new Date(),
    /** Runs alone among the tabs of this device, or says that another one is at it. */
    private readonly alone: (round: () => Promise<RoundEnd>) => Promise<RoundEnd> = (round) => round(),
  ) {}

  /** Shows what this person wrote; what others wrote on this device stays theirs. */
  async open(owner: string): Promise<void> {
    // Opened already: a round may have these very entries in hand.
    if (this.owner === owner) return
    const kept = await this.keeper.all()
    this.owner = owner
    const old = this.now().getTime() - DELIVERED_LASTS
    const stale = kept.filter((one) => one.owner === owner && one.deliveredAt && Date.parse(one.deliveredAt) < old)
    await Promise.all(stale.map(({ id }) => this.keeper.drop(id)))
    this.entries = kept.filter((one) => one.owner === owner && !stale.includes(one))
    this.tell()
  }

  close() {
    this.owner = undefined
    this.entries = []
    this.tell()
  }

  /** Another tab wrote, sent or gave up something. What a round has in hand here is newer than what is kept of it. */
  async reread(): Promise<void> {
    const owner = this.owner
    let kept: Entry[]
    let before: number
    do {
      before = this.changes
      kept = await this.keeper.all()
    } while (before !== this.changes)
    if (!owner || this.owner !== owner) return
    const here = new Map(this.running ? this.entries.map((one) => [one.id, one]) : [])
    this.entries = kept.filter((one) => one.owner === owner).map((one) => here.get(one.id) ?? one)
    this.tell()
  }

  /** Kept on this device once this is done; rejects where the device cannot keep it, and then it is nowhere. */
  async add({ id, work, photos, point }: NewEntry): Promise<Entry> {
    const owner = this.owner
    if (!owner) throw new Error('nobody writes')
    const last = Math.max(0, ...this.entries.map(({ order }) => order))
    const entry: Entry = {
      id, owner, work, photos, lane: laneOf(id, work), order: Math.max(last + 1, this.now().getTime()), at: this.now().toISOString(), state: 'waiting',
      ...(point && { point }),
    }
    await this.keeper.put(entry)
    this.entries = [...this.entries, entry]
    this.tell()
    return entry
  }

  /** Own moves on a case that the service does not have yet. */
  waitingOn(number: string): Entry[] {
    return this.entries.filter((one) => one.lane === `case:${number}` && isOpen(one))
  }

  /** Sends what can be sent. Asked while a round runs, it is the same round. */
  run(): Promise<RoundEnd> {
    this.running ??= this.alone(() => this.round()).finally(() => (this.running = undefined))
    return this.running
  }

  /** Whether something could go out now: what came while a round was ending. */
  get ready(): boolean {
    return this.next() !== undefined
  }

  private async round(): Promise<RoundEnd> {
    for (let next = this.next(); next; next = this.next()) {
      const end = await this.send(next)
      if (end) return end
    }
    return 'done'
  }

  /** The first that waits with nothing unsettled before it on its case. */
  private next(): Entry | undefined {
    const shut = new Set<string>()
    for (const one of this.entries) {
      if (!isOpen(one) || one.owner !== this.owner) continue
      if (needsAnswer(one)) shut.add(one.lane)
      else if (!shut.has(one.lane)) return one
    }
    return undefined
  }

  private async send(entry: Entry, photosAgain = true): Promise<RoundEnd | undefined> {
    await this.become(entry, { state: 'sending' })
    try {
      const media = await this.photos(entry)
      await this.stamp(entry)
      const receipt = await this.deliver(entry, media)
      await this.become(entry, { state: 'delivered', deliveredAt: this.now().toISOString(), photos: [], ...(receipt && { receipt }) })
      return undefined
    } catch (error) {
      return this.failed(entry, error, photosAgain)
    }
  }

  private async failed(entry: Entry, error: unknown, photosAgain: boolean): Promise<RoundEnd | undefined> {
    if (error instanceof Offline) return this.back(entry, 'offline')
    if (!(error instanceof Problem)) throw error
    const { status, kind } = error
    if (status === 401) return this.back(entry, 'signed-out')
    // The page's token is of another sign-in: asked for anew before the next round.
    if (kind === 'forged-form') return this.back(entry, { later: SECOND })
    if (status === 429 || status >= 500) return this.back(entry, { later: (error.body.retryAfter ?? 20) * SECOND })
    if (entry.work.kind === 'move' && (kind === 'stale-version' || kind === 'out-of-turn')) return this.overtaken(entry, entry.work)
    if (photosAgain && error.body.errors?.some(({ pointer }) => pointer.startsWith('/media'))) {
      // Uploads that no line took within a day are swept: the photos still lie here.
      await this.become(entry, { photos: entry.photos.map(({ media: _swept, ...photo }) => photo) })
      return this.send(entry, false)
    }
    const why = status === 404 && entry.work.kind === 'move' ? this.words.gone() : this.words.refused(error)
    await this.become(entry, { state: 'refused', why })
    return undefined
  }

  private async back(entry: Entry, end: RoundEnd): Promise<RoundEnd> {
    await this.become(entry, { state: 'waiting' })
    return end
  }

  /** Each photo goes up once; which one it became is kept before the next step. */
  private async photos(entry: Entry): Promise<string[]> {
    for (const photo of entry.photos) {
      if (photo.media) continue
      const { id } = await this.wire.upload(new Blob([photo.bytes], { type: photo.type }))
      await this.become(entry, { photos: entry.photos.map((one) => (one.id === photo.id ? { ...one, media: id } : one)) })
    }
    return entry.photos.flatMap(({ media }) => (media ? [media] : []))
  }

  /** When and where, by this phone's word. Not worth losing what was written: a refused stamp is left out. */
  private async stamp(entry: Entry) {
    const photos = entry.photos.flatMap(({ media, takenAt, point }) => (media ? [{ media, at: takenAt, ...(point && { point }) }] : []))
    const own = entry.work.kind === 'log' ? [] : [{ key: entry.id, at: entry.at, ...(entry.point && { point: entry.point }) }]
    const items = [...own, ...photos]
    if (items.length === 0) return
    try {
      await this.wire.stamp({ sentAt: this.now().toISOString(), items })
    } catch (error) {
      if (!(error instanceof Problem) || error.status === 401 || error.status === 429 || error.status >= 500) throw error
    }
  }

  private async deliver({ id, work, at, point }: Entry, media: string[]): Promise<Entry['receipt']> {
    const photos = media.length > 0 ? { media } : {}
    if (work.kind === 'move') {
      const { move, version, words, channel, without } = work
      await this.wire.move(work.number, { move, version, ...(words && { words }), ...(channel && { channel }), ...(without && move !== 'NOTE' && media.length === 0 && { without }), ...photos }, id)
      return undefined
    }
    if (work.kind === 'found') {
      const { text, address, category } = work
      return this.wire.found(id, { text, ...(address && { address }), ...(work.point && { point: work.point }), ...(category && { category: category.code }), ...photos })
    }
    await this.wire.log(id, { ...work.log, at, sentAt: this.now().toISOString(), ...(point && { point }), ...photos })
    return undefined
  }

  /**
   * Others were faster. A note says what was seen and decides nothing: it goes out all the same. Everything else waits for its
   * writer, with what happened.
   */
  private async overtaken(entry: Entry, work: MoveWork): Promise<RoundEnd | undefined> {
    let found: Awaited<ReturnType<Wire['look']>>
    try {
      found = await this.wire.look(work.number)
    } catch (error) {
      return this.failed(entry, error, false)
    }
    const conflict = this.conflictOf(work, found)
    if (work.move === 'NOTE' && conflict.note && conflict.version !== work.version) {
      await this.become(entry, { work: { ...work, version: conflict.version } })
      return this.send(entry)
    }
    await this.become(entry, { state: 'conflict', conflict })
    return undefined
  }

  private conflictOf(work: MoveWork, found: { case: Case; history: HistoryLine[] }): Conflict {
    const { case: now, history } = found
    const possible = now.moves.map(({ move }) => move)
    return {
      version: now.version,
      stateName: now.stateName,
      happened: history.filter(({ seq }) => seq > work.version).map((line) => ({ label: line.label, who: this.words.who(line), at: line.at, words: line.words ?? '' })),
      again: possible.includes(work.move),
      note: possible.includes('NOTE'),
    }
  }

  /** The writer has seen what happened: make the move all the same. What follows it on this case follows what was seen. */
  async again(entry: Entry): Promise<void> {
    const { work, conflict } = entry
    const seen = conflict && work.kind === 'move' ? { ...work, version: conflict.version } : work
    await this.become(entry, { work: seen, state: 'waiting', conflict: undefined, why: undefined })
    if (conflict) await this.follow(entry, conflict.version + 1)
  }

  /** Let what was written stand as a note on the case. */
  async asNote(entry: Entry, label: string): Promise<void> {
    const { work, conflict } = entry
    if (work.kind !== 'move') return
    const version = conflict?.version ?? work.version
    await this.become(entry, { work: { ...work, move: 'NOTE', label, words: this.words.note(work), version }, state: 'waiting', conflict: undefined, why: undefined })
    if (conflict) await this.follow(entry, conflict.version + 1)
  }

  /** The writer gives it up, knowingly. */
  async drop(entry: Entry): Promise<void> {
    await this.keeper.drop(entry.id)
    this.entries = this.entries.filter(({ id }) => id !== entry.id)
    this.tell()
    if (entry.conflict) await this.follow(entry, entry.conflict.version)
  }

  private async follow(before: Entry, version: number) {
    let next = version
    for (const one of this.entries) {
      if (one.lane !== before.lane || one.order <= before.order || !isOpen(one) || one.work.kind !== 'move') continue
      await this.become(one, { work: { ...one.work, version: next++ } })
    }
  }

  /** Changes an entry here and on the device; one that cannot be kept stays in this page. */
  private async become(entry: Entry, change: { [K in keyof Entry]?: Entry[K] | undefined }) {
    Object.assign(entry, change)
    for (const [name, value] of Object.entries(change)) if (value === undefined) delete (entry as unknown as Record<string, unknown>)[name]
    this.tell()
    await this.keeper.put(entry).catch(() => {})
  }

  private tell() {
    this.changes += 1
    this.told([...this.entries])
  }
}
