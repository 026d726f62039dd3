import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { live } from '@/api/live'
import { api, type Answer } from '@/api/operations'
import { isAbort } from '@/api/problem'
import type { CaseSummary } from '@/api/types'

export type View = 'todo' | 'open' | 'closed' | 'all'
export const VIEWS: readonly View[] = ['todo', 'open', 'closed', 'all']
const PAGE = 20

/** The list of cases on a desk. What changes elsewhere is only told: nothing moves under a finger by itself. */
export const useDesk = defineStore('desk', () => {
  const view = ref<View>('todo')
  const words = ref('')
  const items = ref<CaseSummary[]>()
  const next = ref<string | null>()
  const counts = ref<NonNullable<Answer<'listCases'>['counts']>>({})
  const error = ref<unknown>()
  const loading = ref(false)
  const loadingMore = ref(false)
  const fresh = ref(false)
  let running: AbortController | undefined

  async function load() {
    running?.abort()
    const mine = (running = new AbortController())
    loading.value = true
    try {
      const page = await api.listCases({ view: view.value, limit: PAGE, ...asked() }, { signal: mine.signal })
      if (mine.signal.aborted) return
      items.value = page.items
      next.value = page.next ?? null
      counts.value = page.counts ?? counts.value
      error.value = undefined
      fresh.value = false
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
      const page = await api.listCases({ view: view.value, limit: PAGE, after: next.value, ...asked() })
      // Another tab or another search since then: this page belongs to neither.
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

  function asked() {
    const q = words.value.trim()
    return q ? { q } : {}
  }

  function look(to: View) {
    if (view.value === to && items.value) return
    view.value = to
    items.value = undefined
    void load()
  }

  /** A case as a case page just read it: its card follows where it stands, the order waits for a refresh. */
  function learn(item: CaseSummary) {
    items.value = items.value?.map((known) => (known.number === item.number ? { ...known, ...item } : known))
  }

  function clear() {
    running?.abort()
    items.value = undefined
    counts.value = {}
    words.value = ''
    view.value = 'todo'
    fresh.value = false
  }

  live.onCase(({ number, version }) => {
    const known = items.value?.find((item) => item.number === number)
    if (items.value && !(known && known.version >= version)) fresh.value = true
  })
  live.onBack(() => (fresh.value = items.value !== undefined))
  live.onState((state) => state === 'closed' && clear())

  return {
    view, words, items, counts, error, loading, loadingMore, fresh,
    hasMore: computed(() => !!next.value),
    load, more, look, learn,
  }
})
