import type { Body } from '@/api/operations'
import type { EligibilityAnswers, Media, Point } from '@/api/types'
import { uuid } from '@/app/uuid'

/** An application being written, kept on this device until the service has it. */
export interface Application {
  /** Idempotency-Key: made once, so that a resend never applies twice. */
  key: string
  answers: EligibilityAnswers
  name: string
  facts: string
  opponent: string
  limitation: string
  address: string
  grid: string | null
  placeName: string
  point: Point | null
  media: Media[]
}

export function emptyApplication(answers: EligibilityAnswers): Application {
  return { key: uuid(), answers, name: '', facts: '', opponent: '', limitation: '', address: '', grid: null, placeName: '', point: null, media: [] }
}

/** What is sent: nothing that was left empty. */
export function bodyOf(one: Application): Body<'applyForLegalAid'> {
  const filled = (words: string) => words.trim() || undefined
  return {
    answers: one.answers,
    facts: one.facts.trim(),
    ...(filled(one.name) ? { name: one.name.trim() } : {}),
    ...(filled(one.opponent) ? { opponent: one.opponent.trim() } : {}),
    ...(one.limitation ? { limitation: one.limitation } : {}),
    ...(filled(one.address) ? { address: one.address.trim() } : {}),
    ...(one.point ? { point: { ...one.point } } : {}),
    ...(one.grid ? { grid: one.grid } : {}),
    ...(one.media.length > 0 ? { media: one.media.map(({ id }) => id) } : {}),
  }
}

/** Whether what was kept belongs to these answers: others ask for another application. */
export function fits(kept: Application | undefined, answers: EligibilityAnswers): kept is Application {
  return kept !== undefined && JSON.stringify(kept.answers) === JSON.stringify(answers)
}
