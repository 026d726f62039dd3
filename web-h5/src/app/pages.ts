import { computed, onScopeDispose, ref, shallowRef, type ComputedRef, type Ref } from 'vue'
import { isAbort } from '@/api/problem'
import { toast } from '@/ui/say'
import { wordsOf } from './errors'

type ItemsOf<Page> = Page extends { items: (infer Item)[] } ? Item[] : never[]
/** Milliseconds a hint waits for others, for every page that is open: a long list looks again more seldom than a short one. */
const SOON = 500

/**
 * A list that comes page by page. `fetch` gets the cursor of the page it is to fetch, nothing for the first.
 * A newer load drops whatever is still under way for an older one: what is shown was asked for by what is chosen now.
 */
export function usePages<Page extends { next?: string | number | null; items?: unknown[] }>(
  fetch: (after: NonNullable<Page['next']> | undefined, signal: AbortSignal) => Promise<Page>,
): {
  /** What has come so far, page by page. */
  pages: Ref<Page[]>
  /** The items of all of them, in order. */
  items: ComputedRef<ItemsOf<Page>>
  /** The first page, which often carries more than its items. */
  first: ComputedRef<Page | undefined>
  /** Is there another page? */
  more: ComputedRef<boolean>
  error: Ref<unknown>
  /** Nothing to show yet, or all of it is being fetched anew. */
  loading: Ref<boolean>
  /** Another page is on its way. */
  fetching: Ref<boolean>
  /** Quiet: keeps what is shown, as many pages of it, while fetching again. */
  load(quiet?: boolean): Promise<void>
  /** Something changed elsewhere: looks again quietly in a moment, once for many hints, and only while somebody can see it. */
  soon(): void
  fetchMore(): Promise<void>
} {
  const pages = shallowRef<Page[]>([]) as Ref<Page[]>
  const error = shallowRef<unknown>()
  const loading = ref(false)
  const fetching = ref(false)
  const next = computed(() => pages.value.at(-1)?.next ?? undefined)
  let running: AbortController | undefined
  /** Pages to fetch by the load that is under way. */
  let wanted = 0
  let hint: ReturnType<typeof setTimeout> | undefined
  let missed = false

  async function load(quiet = false): Promise<void> {
    // What is being fetched for another choice does not stand in for it meanwhile.
    if (loading.value) quiet = false
    running?.abort()
    const { signal } = (running = new AbortController())
    // Another page that is on its way comes along with the rest.
    wanted = quiet ? pages.value.length + (fetching.value ? 1 : 0) : 1
    if (!quiet) fetching.value = false
    loading.value = !quiet
    try {
      const fresh = [await fetch(undefined, signal)]
      while (fresh.length < wanted && !signal.aborted) {
        const after = fresh.at(-1)!.next
        if (after === undefined || after === null) break
        fresh.push(await fetch(after, signal))
      }
      if (signal.aborted) return
      pages.value = fresh
      error.value = undefined
    } catch (failure) {
      if (signal.aborted || isAbort(failure)) return
      if (fetching.value) toast(wordsOf(failure))
      // A quiet refresh never takes away what can still be read; what was chosen before is not what is chosen now.
      if (!quiet) pages.value = []
      if (pages.value.length === 0) error.value = failure
    } finally {
      if (!signal.aborted) {
        loading.value = fetching.value = false
        wanted = 0
      }
    }
  }

  async function fetchMore(): Promise<void> {
    // While all of it is being fetched anew, its end is not known.
    if (next.value === undefined || fetching.value || loading.value) return
    fetching.value = true
    if (wanted > 0) return void wanted++
    const { signal } = (running = new AbortController())
    try {
      const page = await fetch(next.value, signal)
      if (!signal.aborted) pages.value = [...pages.value, page]
    } catch (failure) {
      if (!signal.aborted && !isAbort(failure)) toast(wordsOf(failure))
    } finally {
      if (!signal.aborted) fetching.value = false
    }
  }

  function soon() {
    hint ??= setTimeout(() => {
      hint = undefined
      if (document.visibilityState !== 'visible') missed = true
      else if (wanted > 0 || fetching.value) soon()
      else void load(true)
    }, SOON * Math.max(1, pages.value.length))
  }
  function seen() {
    if (!missed || document.visibilityState !== 'visible') return
    missed = false
    soon()
  }

  document.addEventListener('visibilitychange', seen)
  onScopeDispose(() => {
    running?.abort()
    clearTimeout(hint)
    document.removeEventListener('visibilitychange', seen)
  })
  return {
    pages,
    items: computed(() => pages.value.flatMap(({ items }) => items ?? []) as ItemsOf<Page>),
    first: computed(() => pages.value[0]),
    more: computed(() => next.value !== undefined),
    error, loading, fetching, load, soon, fetchMore,
  }
}
