import type { Body } from '@/api/operations'
import type { MoveName, Point } from '@/api/types'

/** How something written stands: kept here, on its way, there, overtaken by others, or refused for good. */
export type EntryState = 'waiting' | 'sending' | 'delivered' | 'conflict' | 'refused'

/** A photo as it was taken; the service's id once it has it. Bytes as a buffer: some phones cannot keep a Blob. */
export interface KeptPhoto {
  id: string
  type: string
  bytes: ArrayBuffer
  /** By this phone's clock. */
  takenAt: string
  point?: Point
  media?: string
}

export interface MoveWork {
  kind: 'move'
  number: string
  move: MoveName
  label: string
  /** The version this move follows: what the writer saw, and their own moves before it. */
  version: number
  words: string
  channel?: string
  /** Why there is no photo of what was done. */
  without?: string
  /** What the case is about, to be read in the list of what waits. */
  about: string
}
export interface FoundWork {
  kind: 'found'
  text: string
  address: string
  point?: Point
  category?: { code: string; path: string[] }
}
export interface LogWork {
  kind: 'log'
  log: Omit<Body<'addFieldLog'>, 'at' | 'sentAt' | 'media'>
  label: string
}
export type Work = MoveWork | FoundWork | LogWork

/** One line of what happened while somebody was without a network. */
export interface Happened {
  label: string
  who: string
  at: string
  words: string
}

/** The case as it stands now, and what others did since. */
export interface Conflict {
  version: number
  stateName: string
  happened: Happened[]
  /** Whether the move could still be made, and whether it could at least become a note. */
  again: boolean
  note: boolean
}

/** Something written in the field, from the tap until the service has it. */
export interface Entry {
  /** Also its Idempotency-Key: sent twice it is done once. */
  id: string
  owner: string
  /** Counts up: what is written later goes out later. */
  order: number
  /** What must go out in order: everything on one case. */
  lane: string
  /** By this phone's clock. */
  at: string
  point?: Point
  work: Work
  photos: KeptPhoto[]
  state: EntryState
  why?: string
  conflict?: Conflict
  /** What came of it: the number of what was found. */
  receipt?: { number: string; holder: string; mine: boolean }
  deliveredAt?: string
}

export const isOpen = ({ state }: Entry) => state !== 'delivered'
export const needsAnswer = ({ state }: Entry) => state === 'conflict' || state === 'refused'

export function laneOf(id: string, work: Work): string {
  return work.kind === 'move' ? `case:${work.number}` : `own:${id}`
}

/** All that was written, to be taken along by hand. */
export function wordsOfEntry({ work }: Entry): string {
  if (work.kind === 'move') return work.words
  return work.kind === 'found' ? work.text : (work.log.words ?? '')
}
