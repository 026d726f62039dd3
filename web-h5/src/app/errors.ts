import { Offline, Problem } from '@/api/problem'
import { t } from '@/locales'

/** One Chinese sentence for whatever went wrong. The service's own words come first. */
export function wordsOf(error: unknown): string {
  if (error instanceof Offline) return error.reason === 'timeout' ? t('app.error.timeout') : t('app.error.offline')
  if (error instanceof Problem) {
    if (error.message) return error.message
    if (error.status === 429 && error.body.retryAfter) return t('app.error.wait', { n: error.body.retryAfter })
  }
  return t('app.error.unknown')
}

/** The number an operator can find the request by, if there is one. */
export function traceOf(error: unknown): string | undefined {
  return error instanceof Problem && error.status >= 500 ? error.body.requestId : undefined
}
