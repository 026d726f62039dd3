import type { Case, CaseMove, CaseState, MoveName } from '@/api/types'
import { t } from '@/locales'
import { needsAnswer, type Entry } from './entries'

/** The moves a worker makes with large buttons; everything else is on the whole page. */
export const FIELD_MOVES = ['REPORT_BACK', 'ACCEPT', 'HANDLE', 'NOTE', 'ESCALATE'] as const satisfies readonly MoveName[]
export type FieldMove = (typeof FIELD_MOVES)[number]
export type OfferedMove = { move: FieldMove; label: string; needsWords: boolean; needsPhoto: boolean }

/** Where own moves lead that the service does not know yet, and what may follow them. */
const LEADS: Record<FieldMove, CaseState | undefined> = { ACCEPT: 'ACCEPTED', HANDLE: 'HANDLING', REPORT_BACK: 'REPORTED', ESCALATE: 'ACCEPTED', NOTE: undefined }
const AFTER: Partial<Record<FieldMove, readonly FieldMove[]>> = {
  ACCEPT: ['HANDLE', 'NOTE', 'ESCALATE'],
  HANDLE: ['REPORT_BACK', 'NOTE', 'ESCALATE'],
  REPORT_BACK: [],
  ESCALATE: [],
}

export interface Expected {
  /** The version the next own move follows. */
  version: number
  state: CaseState
  moves: OfferedMove[]
  /** Something of one's own on this case waits for an answer: first that. */
  unsettled: boolean
}

const isField = (move: MoveName): move is FieldMove => (FIELD_MOVES as readonly string[]).includes(move)

/** The case as it will stand once what waits here is sent, if nobody else moves it meanwhile. */
export function expected(item: Case, waiting: readonly Entry[]): Expected {
  const mine = waiting.flatMap(({ work }) => (work.kind === 'move' ? [work] : []))
  let state = item.state
  let moves = item.moves.filter((one): one is CaseMove & { move: FieldMove } => isField(one.move)).map((one) => offered(one.move, one.label, one.needs))
  for (const { move } of mine) {
    if (!isField(move)) continue
    state = LEADS[move] ?? state
    moves = AFTER[move]?.map((next) => offered(next, undefined, next === 'REPORT_BACK' ? ['evidence'] : [])) ?? moves
  }
  moves.sort((a, b) => FIELD_MOVES.indexOf(a.move) - FIELD_MOVES.indexOf(b.move))
  const seen = Math.max(item.version, ...mine.map(({ version }) => version + 1))
  return { version: seen, state, moves, unsettled: waiting.some(needsAnswer) }
}

function offered(move: FieldMove, label: string = t(`field.moves.${move}`), needs: readonly string[] = []): OfferedMove {
  return { move, label, needsWords: move === 'NOTE' || move === 'REPORT_BACK' || move === 'ESCALATE', needsPhoto: needs.includes('evidence') }
}
