import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/locales'

/** Pages for the operator of a demo city. */
export const demoRoutes: RouteRecordRaw[] = [
  { path: '/demo/messages', component: () => import('./MessagesPage.vue'), meta: { title: t('demo.messages.short') } },
  { path: '/demo/data', component: () => import('./DataPage.vue'), meta: { title: t('demo.data.title'), needs: 'staff' } },
]
