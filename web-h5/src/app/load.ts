import { onScopeDispose, ref, shallowRef, type Ref } from 'vue'
import { isAbort } from '@/api/problem'

/** One thing a page shows: loading, there, or failed with its reason. A newer load cancels an older one. */
export function useLoad<T>(fetch: (signal: AbortSignal) => Promise<T>) {
  const data = shallowRef<T>() as Ref<T | undefined>
  const error = shallowRef<unknown>()
  const loading = ref(false)
  let running: AbortController | undefined

  /** Quiet: keeps what is shown while fetching again. */
  async function load(quiet = false): Promise<void> {
    running?.abort()
    const mine = (running = new AbortController())
    if (!quiet) loading.value = true
    try {
      const found = await fetch(mine.signal)
      if (mine.signal.aborted) return
      data.value = found
      error.value = undefined
    } catch (failure) {
      if (mine.signal.aborted || isAbort(failure)) return
      // Quiet refreshes never take away what can still be read.
      if (!quiet || data.value === undefined) error.value = failure
    } finally {
      if (running === mine) loading.value = false
    }
  }

  onScopeDispose(() => running?.abort())
  return { data, error, loading, load }
}
