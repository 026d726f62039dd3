import { api } from '@/api/operations'
import { Problem } from '@/api/problem'
import type { Person } from '@/api/types'
import { serviceWorker } from './worker'

/**
 * Whether this device can be told while no page is open: `none` where the browser cannot (WeChat's cannot), `home` where it can
 * once the page has been put on the home screen (iPhones), `denied` where the person said no to the browser.
 */
export type PushState = 'none' | 'home' | 'denied' | 'off' | 'on'

/** The browser's push service cannot be reached or would not have us. */
export class NoPushService extends Error {
  override readonly name = 'NoPushService'
}

const KEPT = 'linge.push'
const RENEW_EVERY = 24 * 3_600_000

/** What this device remembers of its subscription: whose it is, and when the service last heard of it. */
interface Kept {
  who: string
  at: number
}

export async function pushState(): Promise<PushState> {
  if (/MicroMessenger/i.test(navigator.userAgent)) return 'none'
  if (!('PushManager' in window) || !('Notification' in window)) return onIPhone() ? 'home' : 'none'
  const worker = await serviceWorker()
  if (!worker) return 'none'
  if (Notification.permission === 'denied') return 'denied'
  return Notification.permission === 'granted' && (await worker.pushManager.getSubscription()) ? 'on' : 'off'
}

/** In the course of a tap: asks the person's leave first, as browsers want it. */
export async function subscribe(person: Person): Promise<PushState> {
  if ((await Notification.requestPermission()) !== 'granted') return pushState()
  const worker = await ready()
  const { key } = await api.getPushKey()
  const subscription = await subscribed(worker, key)
  await put(subscription, person)
  return 'on'
}

export async function unsubscribe(): Promise<PushState> {
  await leave()
  return pushState()
}

/** Nobody is told on this device any more: it is being left, or the person wants no notices. */
export async function leave(): Promise<void> {
  forget()
  const subscription = await (await serviceWorker())?.pushManager?.getSubscription()
  if (!subscription) return
  // Whichever of the two succeeds, no notice shows: an ended subscription is forgotten with the first push that fails.
  await api.deletePushSubscription(await deviceOf(subscription.endpoint)).catch(() => {})
  await subscription.unsubscribe().catch(() => false)
}

/** Each day a page is opened the service hears of the device again; it may have changed, or the service's key may have. */
export async function renew(person: Person): Promise<void> {
  if ((await pushState()) !== 'on') return
  const kept = read()
  // Somebody else signed in here before: their notices are not for whoever holds the phone now.
  if (kept?.who !== nameOf(person)) return leave()
  if (Date.now() - kept.at < RENEW_EVERY) return
  const { key } = await api.getPushKey()
  await put(await subscribed(await ready(), key), person)
}

async function ready(): Promise<ServiceWorkerRegistration> {
  if (!(await serviceWorker())) throw new NoPushService()
  return navigator.serviceWorker.ready
}

async function subscribed(worker: ServiceWorkerRegistration, key: string): Promise<PushSubscription> {
  const wanted = bytesOf(key)
  const old = await worker.pushManager.getSubscription()
  if (old && sameBytes(old.options.applicationServerKey, wanted)) return old
  await old?.unsubscribe()
  try {
    return await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: wanted })
  } catch (cause) {
    throw new NoPushService('no push service', { cause })
  }
}

async function put(subscription: PushSubscription, person: Person) {
  const { endpoint, keys } = subscription.toJSON()
  if (!endpoint || !keys?.['p256dh'] || !keys['auth']) throw new NoPushService()
  try {
    await api.putPushSubscription({ endpoint, keys: { p256dh: keys['p256dh'], auth: keys['auth'] } })
  } catch (error) {
    // Not ours to push to: better none than one that is silent.
    if (error instanceof Problem && error.kind === 'not-sensible') await subscription.unsubscribe()
    throw error
  }
  write({ who: nameOf(person), at: Date.now() })
}

/** The device's name at the service: its endpoint would let others push, so it stands in no address line. */
async function deviceOf(endpoint: string): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(endpoint)))
  return btoa(String.fromCharCode(...hash)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

function bytesOf(key: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(key.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0))
}

function sameBytes(one: ArrayBuffer | null, other: Uint8Array): boolean {
  const bytes = new Uint8Array(one ?? new ArrayBuffer(0))
  return bytes.length === other.length && bytes.every((byte, at) => byte === other[at])
}

function onIPhone(): boolean {
  return /iPhone|iPad/.test(navigator.userAgent) && !window.matchMedia('(display-mode: standalone)').matches
}

function nameOf({ kind, phone, staff }: Person): string {
  return `${kind}:${staff?.user ?? phone ?? ''}`
}

function read(): Kept | undefined {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? '') as Kept
  } catch {
    return undefined
  }
}

function write(kept: Kept) {
  try {
    localStorage.setItem(KEPT, JSON.stringify(kept))
  } catch {
    // Private windows refuse storage; they have no push either.
  }
}

function forget() {
  try {
    localStorage.removeItem(KEPT)
  } catch {
    // The same.
  }
}
