import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/locales'

const own = { frame: 'own', needs: 'staff' } as const

/** Below the staff's frame. */
export const adminRoutes: RouteRecordRaw[] = [
  { path: 'admin', component: () => import('./HomePage.vue'), meta: { title: t('admin.home.title'), ...own } },
  { path: 'admin/posts', component: () => import('./PostsPage.vue'), meta: { title: t('admin.posts.title'), ...own } },
  { path: 'admin/areas', component: () => import('./AreasPage.vue'), meta: { title: t('admin.areas.title'), ...own } },
  { path: 'admin/grids', component: () => import('./GridsPage.vue'), meta: { title: t('admin.grids.title'), ...own } },
  { path: 'admin/grids/:id', component: () => import('./GridImportPage.vue'), props: true, meta: { title: t('admin.import.title'), deep: true, ...own } },
  { path: 'admin/audit', component: () => import('./AuditPage.vue'), meta: { title: t('admin.audit.title'), ...own } },
]
