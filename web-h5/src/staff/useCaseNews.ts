import { onScopeDispose } from 'vue'
import { live } from '@/api/live'
import { useAnnouncer } from '@/app/announcer'
import { t } from '@/locales'

/**
 * Keeps a case's page up with what others do, and says so to who cannot see it.
 *
 * @param version of the case as it is shown; undefined before it is
 * @param again fetches it anew and answers whether it changed
 */
export function useCaseNews(number: () => string, version: () => number | undefined, again: () => Promise<boolean>) {
  const announcer = useAnnouncer()
  const off = [
    live.onCase(async (hint) => {
      if (hint.number === number() && hint.version > (version() ?? -1) && (await again())) announcer.say(t('staff.case.fresh'))
    }),
    live.onBack(() => void again()),
  ]
  onScopeDispose(() => off.forEach((stop) => stop()))
}
