import { onScopeDispose, ref, shallowRef } from 'vue'
import { live } from '@/api/live'
import { api, type Answer } from '@/api/operations'
import type { WhistleSummary } from '@/api/types'
import { useLoad } from '@/app/load'

const PAGE = 50
/** A department that comes, a note, a signature: told by no case hint, so a page that stands open asks now and then. */
const AGAIN = 60_000

/** A list of whistles that keeps up with what happens: by notices, by hints of cases, and by asking again every minute. */
export function useWhistles(view: () => 'open' | 'closed') {
  const older = shallowRef<WhistleSummary[]>([])
  const next = ref<string | null>()
  const counts = shallowRef<Answer<'listWhistles'>['counts']>()

  const { data, error, loading, load } = useLoad(async (signal) => {
    const page = await api.listWhistles({ view: view(), limit: PAGE }, { signal })
    older.value = []
    next.value = page.next ?? null
    counts.value = page.counts
    return page.items
  })
  const more = useLoad(async (signal) => {
    const page = await api.listWhistles({ view: view(), limit: PAGE, after: next.value ?? undefined }, { signal })
    older.value = [...older.value, ...page.items]
    next.value = page.next ?? null
    return page.items
  })

  // Whoever paged on keeps the pages: the first one alone would take the rest away. Many hints at once ask once.
  let soon: ReturnType<typeof setTimeout> | undefined
  const quietly = () => {
    soon ??= setTimeout(() => {
      soon = undefined
      if (older.value.length === 0 && document.visibilityState === 'visible') void load(true)
    }, 500)
  }
  onScopeDispose(() => clearTimeout(soon))
  onScopeDispose(live.onNotice(({ subject }) => { if (subject?.startsWith('whistle:')) quietly() }))
  onScopeDispose(live.onCase(quietly))
  onScopeDispose(live.onBack(quietly))
  const timer = setInterval(quietly, AGAIN)
  onScopeDispose(() => clearInterval(timer))

  return { data, older, error, loading, load, next, more, counts }
}
