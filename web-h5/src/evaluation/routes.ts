import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/locales'

const own = { frame: 'own', needs: 'staff' } as const
const title = t('evaluation.title')

/** Members of grid teams find their own; leaders a frame with its parts. */
export const evaluationRoutes: RouteRecordRaw[] = [
  {
    path: 'evaluation',
    component: () => import('./EvaluationHome.vue'),
    meta: { title, ...own },
    children: [
      { path: '', component: () => import('./RankingPage.vue'), meta: { title, ...own } },
      { path: 'objections', component: () => import('./ObjectionsPage.vue'), meta: { title: t('evaluation.tabs.objections'), ...own } },
      { path: 'signals', component: () => import('./SignalsPage.vue'), meta: { title: t('evaluation.tabs.signals'), ...own } },
      { path: 'rewards', component: () => import('./RewardsPage.vue'), meta: { title: t('evaluation.tabs.rewards'), ...own } },
      { path: 'honours', component: () => import('./HonoursPage.vue'), meta: { title: t('evaluation.tabs.honours'), ...own } },
      { path: 'rules', component: () => import('./RulesPage.vue'), meta: { title: t('evaluation.tabs.rules'), ...own } },
    ],
  },
  { path: 'evaluation/people/:user', component: () => import('./PersonPage.vue'), props: true, meta: { title: t('evaluation.person.title'), deep: true, ...own } },
]
