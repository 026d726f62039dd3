import { computed, onScopeDispose, ref, shallowRef, type ComputedRef, type Ref } from 'vue'
import { isAbort } from '@/api/problem'
import { toast } from '@/ui/say'
import { wordsOf } from './errors'

/**
 * A list that comes page by page. `fetch` gets the cursor of the page it is to fetch, nothing for the first.
 * A newer load drops whatever is still under way for an older one: what is shown was asked for by what is chosen now.
 */
export function usePages<Page extends { next?: string | number | null }>(
  fetch: (after: NonNullable<Page['next']> | undefined, signal: AbortSignal) => Promise<Page>,
): {
  /** What has come so far, page by page. */
  pages: Ref<Page[]>
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
  fetchMore(): Promise<void>
} {
  const pages = shallowRef<Page[]>([]) as Ref<Page[]>
  const error = shallowRef<unknown>()
  const loading = ref(false)
  const fetching = ref(false)
  const next = computed(() => pages.value.at(-1)?.next ?? undefined)
  let running: AbortController | undefined

  function start() {
    running?.abort()
    loading.value = fetching.value = false
    return (running = new AbortController())
  }

  async function load(quiet = false): Promise<void> {
    const { signal } = start()
    if (!quiet) loading.value = true
    const wanted = quiet ? pages.value.length : 1
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
      // A quiet refresh never takes away what can still be read.
      if (!quiet || pages.value.length === 0) error.value = failure
    } finally {
      if (!signal.aborted) loading.value = false
    }
  }

  async function fetchMore(): Promise<void> {
    // While all of it is being fetched anew, its end is not known.
    if (next.value === undefined || fetching.value || loading.value) return
    const { signal } = start()
    fetching.value = true
    try {
      const page = await fetch(next.value, signal)
      if (!signal.aborted) pages.value = [...pages.value, page]
    } catch (failure) {
      if (!signal.aborted && !isAbort(failure)) toast(wordsOf(failure))
    } finally {
      if (!signal.aborted) fetching.value = false
    }
  }

  onScopeDispose(() => running?.abort())
  return { pages, first: computed(() => pages.value[0]), more: computed(() => next.value !== undefined), error, loading, fetching, load, fetchMore }
}
