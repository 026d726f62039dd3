import type { CaseMove, CaseState, HistoryLine, MoveName } from '@/api/types'

/** The moves that staff make; the others belong to residents and the clock. */
export const STAFF_MOVES = [
  'REPORT_BACK', 'RESOLVE', 'RESUME', 'ARBITRATE', 'GRANT_EXTENSION', 'ACCEPT', 'HANDLE', 'DISPATCH', 'RETURN_VISIT', 'ARCHIVE', 'UNLIST', 'SUPERVISE',
  'NOTE', 'ASK_EXTENSION', 'SUSPEND', 'TRANSFER', 'ESCALATE', 'LIST', 'CORRECT', 'REOPEN', 'REFUSE_EXTENSION', 'RETURN', 'DECLINE',
] as const satisfies readonly MoveName[]
export type StaffMove = (typeof STAFF_MOVES)[number]

export type StaffCaseMove = CaseMove & { move: StaffMove }

/**
 * The moves allowed now, the natural next one first: who has a case to send on sends it, who has it on the desk handles it, who
 * is asked for an answer answers.
 */
export function inOrder(moves: readonly CaseMove[], state: CaseState): StaffCaseMove[] {
  const rank = (move: StaffMove) => {
    if (move === 'DISPATCH') return STAFF_MOVES.indexOf(state === 'SUBMITTED' || state === 'ACCEPTED' ? 'ACCEPT' : 'NOTE') + 0.5
    return STAFF_MOVES.indexOf(move)
  }
  return moves.filter(isStaffMove).sort((a, b) => rank(a.move) - rank(b.move))
}

function isStaffMove(move: CaseMove): move is StaffCaseMove {
  return (STAFF_MOVES as readonly string[]).includes(move.move)
}

/** What a sheet asks for. Everything the move needs, and words and proof where they help though nothing hangs on them. */
export interface Fields {
  target: boolean
  channel: boolean
  words: 'needed' | 'welcome'
  proof: boolean
  category: boolean
  /** Photos or documents, or why there are none. */
  evidence: boolean
  days: boolean
  until: boolean
  visit: boolean
}

export function fieldsOf(move: StaffCaseMove): Fields {
  return {
    target: move.needs.includes('target'),
    channel: move.needs.includes('channel'),
    words: move.needs.includes('words') ? 'needed' : 'welcome',
    proof: ['REPORT_BACK', 'RESOLVE', 'NOTE'].includes(move.move),
    category: move.needs.includes('category'),
    evidence: move.needs.includes('evidence'),
    days: move.needs.includes('days'),
    until: move.needs.includes('until'),
    visit: move.needs.includes('visit'),
  }
}

export type Target = NonNullable<CaseMove['targets']>[number]

/** A department's code or a place's: what tells targets apart. */
export function keyOf(target: Target): string {
  return `${target.department ?? ''}@${target.to ?? ''}`
}

/** Suggested ones first; searched by any part of the name. */
export function targetsFor(targets: readonly Target[] | undefined, search: string): Target[] {
  const wanted = search.trim()
  return (targets ?? [])
    .filter((target) => (target.name ?? '').includes(wanted))
    .sort((a, b) => Number(b.suggested ?? false) - Number(a.suggested ?? false))
}

/**
 * After a send whose answer was lost, the resend is refused as stale though it was we who were faster: the line that
 * followed the version we looked at is our own.
 */
export function alreadyMine(
  history: readonly HistoryLine[], sent: { move: MoveName; version: number; words: string }, me: string | undefined,
): boolean {
  const line = history.find(({ seq }) => seq === sent.version + 1)
  return !!line && line.move === sent.move && line.by.kind === 'STAFF' && line.by.name === me
    && (line.words ?? '').includes(sent.words.trim())
}

/** What turns a matter away from an office or from us: never beside what takes it on, and never by a slip. */
export const turnsAway = (move: StaffMove) => ['DECLINE', 'RETURN', 'REFUSE_EXTENSION'].includes(move)

/** Who was faster, and with what. */
export function lastLine(history: readonly HistoryLine[]): HistoryLine | undefined {
  return history[history.length - 1]
}
