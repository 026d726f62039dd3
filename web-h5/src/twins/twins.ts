import type { TwinCandidate } from '@/api/types'

/** How like, in words: a number would only pretend to be exact. */
export function likeness({ score, likely }: Pick<TwinCandidate, 'score' | 'likely'>): 'high' | 'middle' | 'low' {
  return score >= 0.8 ? 'high' : likely ? 'middle' : 'low'
}

/** Which of the candidates the keyboard goes to next. */
export function next(count: number, now: number, by: 1 | -1): number {
  return count === 0 ? -1 : (now + by + count) % count
}
