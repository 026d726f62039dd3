import type { Mediation, MediationActName, MediationKind, MediationSource, MediationState } from '@/api/types'

export const KINDS = ['NEIGHBOURS', 'FAMILY', 'PROPERTY', 'LABOUR', 'TRAFFIC', 'MEDICAL', 'LAND', 'CONSUMER', 'OTHER'] as const satisfies readonly MediationKind[]
export const SOURCES = ['DESK', 'POLICE', 'COURT', 'PROCURATORATE', 'PETITION', 'ADMINISTRATION'] as const satisfies readonly MediationSource[]
export const OPEN_STATES = ['APPLIED', 'CONSENT', 'MEDIATING', 'PAUSED', 'AGREED'] as const satisfies readonly MediationState[]

/** What comes next first; what ends it last. */
const ORDER: MediationActName[] = [
  'ACCEPT', 'SAY_WILL', 'RESUME', 'ASSIGN', 'PLAN', 'RECORD', 'AGREE', 'PERFORM', 'CONFIRM_APPLY', 'CONFIRM_RESULT', 'CLOSE',
  'EXTEND', 'PAUSE', 'CONFIRM_DECLINE', 'RECUSE', 'NOTE', 'FAIL', 'REFUSE', 'WITHDRAW',
]
export const ENDING: readonly MediationActName[] = ['FAIL', 'REFUSE', 'WITHDRAW']
export const NEEDS_WORDS: readonly MediationActName[] = ['REFUSE', 'RECUSE', 'RECORD', 'EXTEND', 'PAUSE', 'RESUME', 'FAIL', 'WITHDRAW', 'NOTE']

export function actsInOrder(acts: readonly MediationActName[]): MediationActName[] {
  return ORDER.filter((act) => acts.includes(act))
}

/** “3,500.00 元”: fen in whole numbers, so that nothing is lost. */
export function yuan(fen: number): string {
  const cents = String(fen % 100).padStart(2, '0')
  return `${Math.floor(fen / 100).toLocaleString('en-US')}.${cents}`
}

/** What people type as yuan, in fen; undefined when it is no amount. */
export function fenOf(typed: string): number | undefined {
  const plain = typed.replace(/[,，\s元]/g, '')
  const found = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(plain)
  return found ? Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0')) : undefined
}

/** How a party is called on a page: 申请人 郝**. */
export function partyOf(mediation: Mediation, id: string): string {
  const party = mediation.parties.find((one) => one.id === id)
  return party ? `${party.label} ${party.name}` : ''
}

/** Days left until a moment, counted in whole days and never below zero. */
export function daysLeft(until: string, now: Date): number {
  return Math.max(0, Math.ceil((new Date(until).getTime() - now.getTime()) / 86_400_000))
}
