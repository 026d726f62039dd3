import { nextTick } from 'vue'
import { createRouter, createWebHistory, type Router, type RouteRecordRaw } from 'vue-router'
import { demoRoutes } from '@/demo/routes'
import { t } from '@/locales'
import { staffRoutes } from '@/staff/routes'
import { toast } from '@/ui/say'
import { useAnnouncer } from './announcer'
import { residentRoutes } from './residentRoutes'
import { useSession } from './session'

declare module 'vue-router' {
  interface RouteMeta {
    /** What the page is called: the window's title and what a screen reader hears. */
    title: string
    /** Who must be signed in to see it. */
    needs?: 'resident' | 'staff'
    /** The resident's tab bar below. */
    tabs?: boolean
    /** `own`: the page brings its own frame and its own `<main id="main">`. */
    frame?: 'own'
    /** A page one step down from the staff's tabs: on a phone it has the whole height. */
    deep?: boolean
  }
}

export function makeRouter(): Router {
  const missing: RouteRecordRaw = {
    path: '/:anything(.*)*',
    component: () => import('./MissingPage.vue'),
    meta: { title: t('app.missing.title'), tabs: true },
  }
  const router = createRouter({
    history: createWebHistory(),
    routes: [...residentRoutes, ...staffRoutes, ...demoRoutes, missing],
    scrollBehavior: (_to, _from, kept) => kept ?? { top: 0 },
  })

  router.beforeEach(async (to) => {
    const session = useSession()
    // Offline: let the page open and show its own error card with a retry.
    await session.load().catch(() => {})
    if (!to.meta.needs || !session.known) return true
    if (to.meta.needs === 'staff') return session.isStaff || { path: '/staff/sign-in', query: { back: to.fullPath } }
    return session.isResident || { path: '/sign-in', query: { back: to.fullPath } }
  })

  router.afterEach((to, from, failure) => {
    if (failure) return
    document.title = t('app.title', { page: to.meta.title })
    if (from.matched.length === 0 || to.path === from.path) return
    useAnnouncer().say(to.meta.title)
    // The focus goes to the new page's heading, so that a keyboard or a screen reader starts at its top.
    void nextTick(() => {
      const start = document.querySelector<HTMLElement>('main h1[tabindex]') ?? document.querySelector<HTMLElement>('#main')
      start?.focus({ preventScroll: true })
    })
  })
  router.onError((_error, to, from) => void lost(to.fullPath, from.matched.length === 0))
  return router
}

/** A page whose code could not be fetched: without a network that is said, after a renewal of the service it is loaded whole. */
async function lost(path: string, first: boolean) {
  const up = await fetch('/health/live', { cache: 'no-store' }).then(({ ok }) => ok, () => false)
  if (!up) toast(t('app.error.offline'))
  else if (!first) window.location.assign(path)
}

/** Only paths of our own: `back` comes from the address bar. */
export function safeBack(back: unknown): string {
  return typeof back === 'string' && /^\/(?![/\\])/.test(back) ? back : '/'
}
