import type { Router } from 'vue-router'
import { safeBack } from './router'

let registered: Promise<ServiceWorkerRegistration | undefined> | undefined

/** The service worker of this browser; none where browsers have none, in private windows, and while pages are being written. */
export function serviceWorker(): Promise<ServiceWorkerRegistration | undefined> {
  const can = import.meta.env.PROD && 'serviceWorker' in navigator
  return (registered ??= can ? navigator.serviceWorker.register('/sw.js').catch(() => undefined) : Promise.resolve(undefined))
}

/** A tap on a notification opens its case on this page, if one is open. */
export function followTaps(router: Router) {
  if (!('serviceWorker' in navigator)) return
  navigator.serviceWorker.addEventListener('message', ({ data }: MessageEvent<{ open?: unknown } | null>) => {
    if (data?.open) void router.push(safeBack(data.open))
  })
  navigator.serviceWorker.startMessages()
}
