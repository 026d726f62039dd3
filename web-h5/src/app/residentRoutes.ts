import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/locales'

/** The residents' pages, each loaded when first opened. */
export const residentRoutes: RouteRecordRaw[] = [
  { path: '/', component: () => import('@/app/HomePage.vue'), meta: { title: t('app.tabs.home'), tabs: true } },
]
