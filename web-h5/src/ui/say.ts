import 'vant/es/toast/style'
import 'vant/es/dialog/style'
import { showConfirmDialog, showToast } from 'vant'
import { t } from '@/locales'

/** A short word that needs no answer. Vant's toast is read out by itself (role=dialog is taken off: nothing to answer). */
export function toast(message: string) {
  showToast({ message, duration: 2600, wordBreak: 'normal' })
}

/** A question with two answers: true when the person is sure. */
export function confirm(title: string, message: string, yes: string): Promise<boolean> {
  return showConfirmDialog({ title, message, confirmButtonText: yes, cancelButtonText: t('app.cancel') })
    .then(() => true)
    .catch(() => false)
}
