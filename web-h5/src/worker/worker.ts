import { Shell, kindOf } from './shell'
import { isOld, lookOf, pathOf, type Look } from './told'

/** The service worker: opens the application without a network, and tells what happened while no page is open. */
declare const self: ServiceWorkerGlobalScope
/** Written by the build: the files of this generation, the page's own script first, and a name for it. */
declare const __FILES__: string[]
declare const __VERSION__: string

const shell = new Shell(__VERSION__, __FILES__)

self.addEventListener('install', (event) => event.waitUntil(shell.fill().then(() => self.skipWaiting())))

self.addEventListener('activate', (event) => event.waitUntil(shell.forgetOlder().then(() => self.clients.claim())))

self.addEventListener('fetch', (event) => {
  const kind = kindOf(event.request, self.location.origin, __FILES__)
  if (kind === 'page') event.respondWith(shell.page(event.request))
  if (kind === 'file') event.respondWith(shell.file(event.request))
})

self.addEventListener('push', (event) => {
  const { title, look } = lookOf(event.data?.text())
  event.waitUntil(show(title, look))
})

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(open(pathOf(event.notification.data)))
})

async function show(title: string, look: Look) {
  const shown = await self.registration.getNotifications({ tag: look.tag! })
  if (!isOld(look, shown)) return self.registration.showNotification(title, look)
  // Something has to be shown for every push: what shows already once more, without a sound.
  const newest = shown[shown.length - 1]!
  const quiet: Look = { ...look, body: newest.body, data: newest.data, renotify: false, silent: true }
  return self.registration.showNotification(newest.title, quiet)
}

/** On the page that is open, else on a new one. */
async function open(path: string) {
  const pages = (await self.clients.matchAll({ type: 'window' })).filter(({ url }) => kindOf({ method: 'GET', mode: 'navigate', url }, self.location.origin, __FILES__) === 'page')
  const page = pages.find(({ visibilityState }) => visibilityState === 'visible') ?? pages[0]
  if (!page) return self.clients.openWindow(path)
  page.postMessage({ open: path })
  // Refused when the tap did not count as one; the page has gone where it should all the same.
  return page.focus().catch(() => null)
}
