import type { Filing, FoundGrid, GridRef, Media, Point, Privacy } from '@/api/types'
import { Shelf } from '@/app/shelf'
import { uuid } from '@/app/uuid'

export type HowFound = 'map' | 'list' | 'words' | 'here' | 'home' | 'scan'

/** A place the resident chose by hand: it wins over what was understood from the words. */
export interface ChosenPlace {
  grid: GridRef | FoundGrid
  placeName: string
  how: HowFound
  point?: Point
  address?: string
}

/** One photo or film of a draft. `media` is there once the service keeps it. */
export interface DraftMedia {
  id: string
  kind: 'PHOTO' | 'VIDEO'
  bytes: Blob
  media?: Media
}

/** What was written and chosen so far, kept on this device until a 201. */
export interface Draft {
  /** Idempotency-Key: made once a draft, so that a resend never opens a second case. */
  key: string
  text: string
  category: { code: string; path: string[] } | null
  place: ChosenPlace | null
  detail: string
  privacy: Privacy
  media: DraftMedia[]
  /** Pressed submit without a network: goes out by itself when there is one. */
  queued: boolean
  /** Says that others have reported the same: told to the desk once it is filed. */
  joins?: boolean
  /** What was last sent without an answer: an unchanged draft sends the very same body again, so that it is recognised. */
  sent: { as: string; body: Filing } | null
}

export function emptyDraft(): Draft {
  return { key: uuid(), text: '', category: null, place: null, detail: '', privacy: 'NAMED', media: [], queued: false, sent: null }
}

export function isBlank(draft: Draft): boolean {
  return draft.text.trim() === '' && draft.media.length === 0 && !draft.place && !draft.category
}

type KeptMedia = Omit<DraftMedia, 'bytes'> & { bytes: ArrayBuffer; type: string }
type KeptDraft = Omit<Draft, 'media'> & { media: KeptMedia[] }

/** The one draft of this device. Bytes are kept as buffers: some phones cannot keep a Blob. */
export class DraftStore {
  private readonly shelf: Shelf

  constructor(name?: string) {
    this.shelf = new Shelf(name)
  }

  async read(): Promise<Draft | undefined> {
    const kept = await this.shelf.read<KeptDraft>('report')
    return kept && { ...kept, media: kept.media.map(({ type, ...one }) => ({ ...one, bytes: new Blob([one.bytes], { type }) })) }
  }

  async write(draft: Draft): Promise<void> {
    const media = await Promise.all(
      draft.media.map(async (one) => ({ ...one, bytes: await one.bytes.arrayBuffer(), type: one.bytes.type })),
    )
    // Through JSON for the choices: IndexedDB refuses Vue's proxies.
    const choices = JSON.parse(JSON.stringify({ ...draft, media: [] })) as KeptDraft
    const plain = media.map((one) => ({ ...one, media: one.media && JSON.parse(JSON.stringify(one.media)) }))
    await this.shelf.write('report', { ...choices, media: plain })
  }

  clear(): Promise<void> {
    return this.shelf.drop('report')
  }
}
