import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/locales'

/** One step from the day: each has the phone's whole height, and what waits to be sent in sight. */
const deep = { frame: 'own', needs: 'staff', deep: true } as const

export const fieldRoutes: RouteRecordRaw[] = [
  { path: 'field/found', component: () => import('./FoundPage.vue'), meta: { title: t('field.ways.found'), ...deep } },
  { path: 'field/log', component: () => import('./LogPage.vue'), meta: { title: t('field.ways.log'), ...deep } },
  { path: 'field/map', component: () => import('./MapPage.vue'), meta: { title: t('field.ways.map'), ...deep } },
  { path: 'field/ledger', component: () => import('./LedgerPage.vue'), meta: { title: t('field.ways.ledger'), ...deep } },
  { path: 'field/outbox', component: () => import('./OutboxPage.vue'), meta: { title: t('field.outbox.title'), ...deep } },
  { path: 'field/campaigns', component: () => import('./CampaignsPage.vue'), meta: { title: t('field.campaigns.title'), ...deep } },
  { path: 'list', component: () => import('./ListPage.vue'), meta: { title: t('staff.desk.title'), frame: 'own', needs: 'staff' } },
]
