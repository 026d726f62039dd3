import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { live } from '@/api/live'
import { api } from '@/api/operations'
import { isAbort } from '@/api/problem'
import type { Case, QueueFilter, QueueItem, SavedFilter, Total } from '@/api/types'

const PAGE = 50
/** As many as one request moves. */
export const BATCH = 100

/** The queue of a centre: what is asked for, what came, which case the cursor is on, which are picked. */
export const useQueue = defineStore('queue', () => {
  const filter = ref<QueueFilter>({ view: 'todo' })
  const items = ref<QueueItem[]>()
  const next = ref<string | null>()
  const total = ref<Total>()
  const error = ref<unknown>()
  const loading = ref(false)
  const loadingMore = ref(false)
  const fresh = ref(false)
  const cursor = ref(-1)
  const picked = ref<ReadonlySet<string>>(new Set())
  /** What was just done here, by number: the row stays where it is until the list is read again. */
  const made = ref<ReadonlyMap<string, string>>(new Map())
  const saved = ref<SavedFilter[]>([])
  let running: AbortController | undefined

  async function load() {
    running?.abort()
    const mine = (running = new AbortController())
    loading.value = true
    try {
      const page = await api.listQueue({ ...asked(filter.value), limit: PAGE }, { signal: mine.signal })
      if (mine.signal.aborted) return
      items.value = page.items
      next.value = page.next ?? null
      total.value = page.total ?? undefined
      error.value = undefined
      fresh.value = false
      cursor.value = Math.min(cursor.value, page.items.length - 1)
      picked.value = new Set()
      made.value = new Map()
    } catch (failure) {
      if (!mine.signal.aborted && !isAbort(failure)) error.value = failure
    } finally {
      if (running === mine) loading.value = false
    }
  }

  async function more() {
    if (!next.value || loadingMore.value) return
    loadingMore.value = true
    const asking = running
    try {
      const page = await api.listQueue({ ...asked(filter.value), limit: PAGE, after: next.value })
      if (asking !== running) return
      const known = new Set(items.value?.map((item) => item.number))
      items.value = [...(items.value ?? []), ...page.items.filter((item) => !known.has(item.number))]
      next.value = page.next ?? null
      error.value = undefined
    } catch (failure) {
      error.value = failure
    } finally {
      loadingMore.value = false
    }
  }

  async function loadSaved() {
    try {
      saved.value = (await api.listQueueFilters()).items
    } catch {
      // The queue works without them; the next look tries again.
    }
  }

  function want(wanted: QueueFilter) {
    filter.value = wanted
    items.value = undefined
    cursor.value = -1
    return load()
  }

  function pick(number: string) {
    const set = new Set(picked.value)
    if (!set.delete(number) && set.size < BATCH) set.add(number)
    picked.value = set
  }

  function pickAll(all: boolean) {
    picked.value = new Set(all ? items.value?.slice(0, BATCH).map((item) => item.number) : [])
  }

  /** A case as it is now, and what we did with it. */
  function learn(after: Pick<Case, 'number' | 'version' | 'state' | 'stateName'> & Partial<QueueItem>, label?: string) {
    items.value = items.value?.map((item) => (item.number === after.number ? { ...item, ...after } : item))
    if (label) made.value = new Map(made.value).set(after.number, label)
  }

  function clear() {
    running?.abort()
    items.value = undefined
    filter.value = { view: 'todo' }
    saved.value = []
    cursor.value = -1
    fresh.value = false
  }

  live.onCase(({ number, version }) => {
    const known = items.value?.find((item) => item.number === number)
    if (items.value && !(known && known.version >= version)) fresh.value = true
  })
  live.onBack(() => (fresh.value = items.value !== undefined))
  live.onState((state) => state === 'closed' && clear())

  return {
    filter, items, next, total, error, loading, loadingMore, fresh, cursor, picked, made, saved,
    current: computed(() => items.value?.[cursor.value]),
    load, more, loadSaved, want, pick, pickAll, learn,
  }
})

/** A filter as the query says it: states as one word, nothing that is off. */
export function asked({ states, q, ...rest }: QueueFilter) {
  const words = q?.trim()
  const given = Object.entries({ ...rest, ...(words ? { q: words } : {}), ...(states?.length ? { states: states.join(',') } : {}) })
  return Object.fromEntries(given.filter(([, value]) => value !== undefined && value !== '' && value !== false)) as Parameters<typeof api.listQueue>[0]
}

/** How many conditions beside the view, the words and the order. */
export function conditions({ view: _view, q: _q, sort: _sort, ...rest }: QueueFilter): number {
  return Object.values(rest).filter((value) => value !== undefined && value !== '' && value !== false && !(Array.isArray(value) && value.length === 0)).length
}

/** Whether two filters ask for the same. */
export function same(a: QueueFilter, b: QueueFilter): boolean {
  const plain = (filter: QueueFilter) => JSON.stringify(Object.entries(asked(filter)).sort(([x], [y]) => x.localeCompare(y)))
  return plain(a) === plain(b)
}
