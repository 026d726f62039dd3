import 'vant/es/toast/style'
import 'vant/es/dialog/style'
import { showConfirmDialog, showToast } from 'vant'
import { useAnnouncer } from '@/app/announcer'
import { t } from '@/locales'

/** A short word that needs no answer: shown, and read out. */
export function toast(message: string) {
  useAnnouncer().say(message)
  showToast({ message, duration: 2600, wordBreak: 'normal' })
}

/** A question with two answers: true when the person is sure. */
export function confirm(title: string, message: string, yes: string): Promise<boolean> {
  return showConfirmDialog({ title, message, confirmButtonText: yes, cancelButtonText: t('app.cancel') })
    .then(() => true)
    .catch(() => false)
}
