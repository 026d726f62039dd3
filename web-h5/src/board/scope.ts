import { computed } from 'vue'
import { useRoute, useRouter, type LocationQueryRaw } from 'vue-router'
import { spanOf } from './figures'

export interface Scope {
  from: string
  to: string
  area?: string
  own?: boolean
  category?: string
  department?: string
}

/** What the board looks at stands in the address: it can be sent to a colleague, and the way back works. */
export function useScope() {
  const route = useRoute()
  const router = useRouter()
  const one = (name: string) => (typeof route.query[name] === 'string' && route.query[name] !== '' ? route.query[name] : undefined)
  const usual = spanOf('weeks', new Date())
  const scope = computed<Scope>(() => {
    const [area, category, department] = [one('area'), one('category'), one('department')]
    return {
      from: one('from') ?? usual.from,
      to: one('to') ?? usual.to,
      ...(area ? { area } : {}),
      ...(one('own') === 'true' ? { own: true } : {}),
      ...(category ? { category } : {}),
      ...(department ? { department } : {}),
    }
  })
  /** The same with something else; undefined leaves it out. */
  const query = (more: Record<string, string | undefined>): LocationQueryRaw => {
    const { own, ...words } = scope.value
    const all: Record<string, string | undefined> = { ...words, own: own ? 'true' : undefined, ...more }
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
  }
  const change = (more: Record<string, string | undefined>) => void router.push({ query: query(more) })
  return { scope, query, change }
}
