import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/locales'

/** The residents' pages, each loaded when first opened. */
export const residentRoutes: RouteRecordRaw[] = [
  { path: '/', component: () => import('@/app/HomePage.vue'), meta: { title: t('app.tabs.home'), tabs: true } },
  { path: '/report', component: () => import('@/report/ReportPage.vue'), meta: { title: t('report.title') } },
  {
    path: '/cases',
    component: () => import('@/cases/CasesPage.vue'),
    meta: { title: t('cases.list.title'), tabs: true, needs: 'resident' },
  },
  {
    path: '/cases/:number',
    component: () => import('@/cases/CasePage.vue'),
    props: true,
    meta: { title: t('cases.page.title'), needs: 'resident' },
  },
  {
    path: '/cases/:number/filed',
    component: () => import('@/cases/FiledPage.vue'),
    props: true,
    meta: { title: t('report.done.title'), needs: 'resident' },
  },
  { path: '/honours', component: () => import('@/evaluation/PublicHonours.vue'), meta: { title: t('evaluation.honours.page') } },
  { path: '/proof/:token', component: () => import('@/cases/ProofPage.vue'), props: true, meta: { title: t('cases.proof.title') } },
  { path: '/inbox', component: () => import('@/me/InboxPage.vue'), meta: { title: t('me.inbox.title'), tabs: true, needs: 'resident' } },
  { path: '/me', component: () => import('@/me/MePage.vue'), meta: { title: t('me.page.title'), tabs: true } },
  { path: '/me/notices', component: () => import('@/me/NoticesPage.vue'), meta: { title: t('notices.mine.title'), needs: 'resident' } },
  { path: '/grid', component: () => import('@/grid/GridTeamPage.vue'), meta: { title: t('me.grid.title'), tabs: true } },
  { path: '/chat', component: () => import('@/chat/ChatPage.vue'), meta: { title: t('chat.title') } },
  { path: '/legal', component: () => import('@/legal/LegalPage.vue'), meta: { title: t('legal.title'), tabs: true } },
  { path: '/legal/topics/:topic', component: () => import('@/legal/TopicPage.vue'), props: true, meta: { title: t('legal.title'), tabs: true } },
  { path: '/legal/cards/:id', component: () => import('@/legal/CardPage.vue'), props: true, meta: { title: t('legal.card.page') } },
  { path: '/legal/articles', component: () => import('@/legal/ArticlesPage.vue'), meta: { title: t('legal.articles.title'), tabs: true } },
  { path: '/legal/articles/:law/:article', component: () => import('@/legal/ArticlePage.vue'), props: true, meta: { title: t('legal.article.page') } },
  { path: '/legal/eligibility', component: () => import('@/legal/EligibilityPage.vue'), meta: { title: t('legal.check.title') } },
  { path: '/legal/apply', component: () => import('@/legal/ApplyPage.vue'), meta: { title: t('legal.apply.title'), needs: 'resident' } },
  {
    path: '/legal/applications/:number',
    component: () => import('@/legal/AppliedPage.vue'),
    props: true,
    meta: { title: t('legal.applied.title'), needs: 'resident' },
  },
  { path: '/mediations', component: () => import('@/mediation/MyMediationsPage.vue'), meta: { title: t('mediation.mine.title'), needs: 'resident' } },
  { path: '/mediations/apply', component: () => import('@/mediation/ApplyPage.vue'), meta: { title: t('mediation.apply.title'), needs: 'resident' } },
  { path: '/mediations/:id', component: () => import('@/mediation/MyMediationPage.vue'), props: true, meta: { title: t('mediation.one'), needs: 'resident' } },
  { path: '/sign-in', component: () => import('@/me/SignInPage.vue'), meta: { title: t('me.signIn.title') } },
  { path: '/wechat/bind', component: () => import('@/wechat/BindPage.vue'), meta: { title: t('wechat.bind.title') } },
  { path: '/wechat/bound', component: () => import('@/wechat/BoundPage.vue'), meta: { title: t('wechat.done.title'), needs: 'resident' } },
  { path: '/privacy', component: () => import('@/me/PrivacyPage.vue'), meta: { title: t('me.privacy.title') } },
]
