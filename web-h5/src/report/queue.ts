import { watch } from 'vue'
import type { Router } from 'vue-router'
import { live } from '@/api/live'
import { useOnline } from '@/app/online'
import { useSession } from '@/app/session'
import { t } from '@/locales'
import { toast } from '@/ui/say'
import { useReport } from './report'

/** Sends a queued complaint as soon as there is a network again, whichever page is open. */
export async function watchQueue(router: Router) {
  const report = useReport()
  const session = useSession()
  await report.open()

  async function tryNow() {
    if (!report.draft.queued || report.sending || !session.isResident) return
    const outcome = await report.submit()
    if (outcome.kind === 'filed') {
      toast(t('report.done.title'))
      await router.push(`/cases/${outcome.case.number}/filed`)
    }
    if (outcome.kind === 'already') toast(t('report.already'))
  }

  watch(useOnline(), (online) => online && void tryNow())
  watch(() => session.isResident, tryNow)
  // The browser may think it is online while the service is away: the stream coming back is the better sign.
  live.onState((state) => state === 'connected' && void tryNow())
  await tryNow()
}
