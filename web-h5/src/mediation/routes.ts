import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/locales'

const own = { frame: 'own', needs: 'staff' } as const

/** The desk where disputes are mediated and legal aid is decided; below `/staff`. */
export const mediationRoutes: RouteRecordRaw[] = [
  { path: 'mediations', component: () => import('./MediationsPage.vue'), meta: { title: t('mediation.desk.title'), ...own } },
  { path: 'mediations/new', component: () => import('./OpenPage.vue'), meta: { title: t('mediation.open.title'), deep: true, ...own } },
  { path: 'mediations/:id', component: () => import('./MediationPage.vue'), props: true, meta: { title: t('mediation.one'), deep: true, ...own } },
  { path: 'mediations/:id/paper', component: () => import('./PaperPage.vue'), props: true, meta: { title: t('mediation.paper.title'), deep: true, ...own } },
  { path: 'aid', component: () => import('./AidListPage.vue'), meta: { title: t('mediation.aid.title'), ...own } },
  { path: 'aid/:number', component: () => import('./AidPage.vue'), props: true, meta: { title: t('mediation.aid.one'), deep: true, ...own } },
  { path: 'committees', component: () => import('./CommitteesPage.vue'), meta: { title: t('mediation.committees.title'), ...own } },
]
