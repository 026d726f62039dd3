import { computed, onScopeDispose } from 'vue'
import { live } from '@/api/live'
import { api } from '@/api/operations'
import { usePages } from '@/app/pages'

const PAGE = 50
/** A department that comes, a note, a signature: told by no case hint, so a page that stands open asks now and then. */
const AGAIN = 60_000

/** A list of whistles that keeps up with what happens: by notices, by hints of cases, and by asking again every minute. */
export function useWhistles(view: () => 'open' | 'closed') {
  const list = usePages((after: string | undefined, signal) => api.listWhistles({ view: view(), limit: PAGE, after }, { signal }))

  onScopeDispose(live.onNotice(({ subject }) => { if (subject?.startsWith('whistle:')) list.soon() }))
  onScopeDispose(live.onCase(list.soon))
  onScopeDispose(live.onBack(list.soon))
  const timer = setInterval(list.soon, AGAIN)
  onScopeDispose(() => clearInterval(timer))

  return { ...list, counts: computed(() => list.first.value?.counts) }
}
