import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { Answer } from '@/api/operations'
import { useSession } from '@/app/session'
import { t } from '@/locales'

export type Score = Answer<'getEvaluationScore'>
export type Line = Answer<'listEvaluationLines'>['items'][number]
export type Objection = Score['objections'][number]
export type PeriodState = Score['period']
export type Standing = Score['standing']
export type Signal = Answer<'listEvaluationSignals'>['items'][number]
export type Reward = Answer<'listRewards'>['items'][number]
export type Honour = Answer<'listHonours'>['items'][number]
export type Rules = Answer<'getEvaluationRules'>

/** “+1.5”, “-3”, “0”: at most two decimals, and a sign where it says something. */
export function signed(points: number): string {
  const plain = String(Math.round(points * 100) / 100)
  return points > 0 ? `+${plain}` : plain
}

/** Fen as yuan: “300.00”, “-5.50”. */
export function yuan(fen: number): string {
  return `${fen < 0 ? '-' : ''}${Math.floor(Math.abs(fen) / 100)}.${String(Math.abs(fen) % 100).padStart(2, '0')}`
}

/** What somebody typed as yuan, in fen; undefined for what is no amount. */
export function fen(typed: string): number | undefined {
  const parts = /^(\d{1,8})(?:\.(\d{1,2}))?$/.exec(typed.trim())
  if (!parts) return undefined
  return Number(parts[1]) * 100 + Number((parts[2] ?? '').padEnd(2, '0') || '0')
}

/** “2026-10-12” of a moment, in the city's time. */
export function dayOf(at: string): string {
  const city = new Date(Date.parse(at) + 8 * 3_600_000)
  return `${city.getUTCFullYear()}-${String(city.getUTCMonth() + 1).padStart(2, '0')}-${String(city.getUTCDate()).padStart(2, '0')}`
}

/** What a period's state means for who reads it. */
export function stateWords({ state, objectionsUntil }: PeriodState): string {
  return t(`evaluation.stateText.${state}`, { until: objectionsUntil ? dayOf(objectionsUntil) : '' })
}

/** Which area and period a leader looks at: in the address, so that it can be shared and comes back. */
export function useEvaluationScope() {
  const route = useRoute()
  const router = useRouter()
  const session = useSession()
  const one = (name: string) => (typeof route.query[name] === 'string' ? (route.query[name] as string) : undefined)
  const home = computed(() => session.person?.staff?.area ?? '')
  const area = computed(() => one('area') ?? (home.value.length >= 6 ? home.value : undefined))
  const county = computed(() => area.value?.slice(0, 6))
  const period = computed(() => one('period'))
  const change = (more: Record<string, string | undefined>) => router.replace({ query: { ...route.query, ...more } })
  return { home, area, county, period, change, query: computed(() => route.query) }
}
