import type { CaseSummary, Step } from '@/api/types'

/** The six steps in their order. */
export const STEPS: readonly Step[] = ['ACCEPT', 'DISPATCH', 'HANDLE', 'REPORT_BACK', 'SUPERVISE', 'RATE']

export type Light = 'done' | 'current' | 'ahead'

/** How each step is lit. 督办 happens only to supervised cases: otherwise it stays dark even when the loop has passed it. */
export function lights(item: Pick<CaseSummary, 'step' | 'state' | 'supervised'>): { step: Step; light: Light }[] {
  const closed = item.state === 'RATED' || item.state === 'ARCHIVED'
  const reached = STEPS.indexOf(item.step)
  return STEPS.map((step, at) => {
    if (step === 'SUPERVISE' && !item.supervised) return { step, light: 'ahead' }
    if (closed || at < reached) return { step, light: 'done' }
    return { step, light: at === reached ? 'current' : 'ahead' }
  })
}
