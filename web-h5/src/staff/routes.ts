import type { RouteRecordRaw } from 'vue-router'
import { adminRoutes } from '@/admin/routes'
import { evaluationRoutes } from '@/evaluation/routes'
import { fieldRoutes } from '@/grid-worker/routes'
import { t } from '@/locales'
import { mediationRoutes } from '@/mediation/routes'

const own = { frame: 'own', needs: 'staff' } as const

/** The staff's pages, each loaded when first opened: residents download none of them. */
export const staffRoutes: RouteRecordRaw[] = [
  { path: '/staff/sign-in', component: () => import('./SignInPage.vue'), meta: { title: t('staff.signIn.title'), frame: 'own' } },
  {
    path: '/staff',
    component: () => import('./StaffFrame.vue'),
    meta: { title: t('staff.desk.title'), ...own },
    children: [
      {
        path: '',
        component: () => import('@/grid-worker/StaffHome.vue'),
        meta: { title: t('staff.desk.title'), ...own },
        children: [
          { path: '', component: () => import('./NoCase.vue'), meta: { title: t('staff.desk.title'), ...own } },
          { path: 'cases/:number', component: () => import('@/grid-worker/StaffCase.vue'), props: true, meta: { title: t('staff.case.title'), deep: true, ...own } },
        ],
      },
      {
        path: 'talks',
        component: () => import('./TalksPage.vue'),
        meta: { title: t('office.talks.title'), ...own },
        children: [
          { path: '', component: () => import('./NoTalk.vue'), meta: { title: t('office.talks.title'), ...own } },
          { path: ':conversation', component: () => import('./TalkPage.vue'), props: true, meta: { title: t('office.talks.talk'), deep: true, ...own } },
        ],
      },
      {
        path: 'legal',
        component: () => import('./LegalDesk.vue'),
        meta: { title: t('office.legal.title'), ...own },
        children: [
          { path: '', component: () => import('./UnansweredPage.vue'), meta: { title: t('office.legal.unanswered'), ...own } },
          { path: 'drafts', component: () => import('./CardDraftsPage.vue'), meta: { title: t('office.legal.drafts'), ...own } },
          { path: 'statutes', component: () => import('./StatutesPage.vue'), meta: { title: t('office.legal.statutes'), ...own } },
        ],
      },
      { path: 'legal/drafts/:id', component: () => import('./CardDraftPage.vue'), props: true, meta: { title: t('office.card.title'), deep: true, ...own } },
      {
        path: 'notices',
        component: () => import('./NoticesDesk.vue'),
        meta: { title: t('notices.desk.title'), ...own },
        children: [
          { path: '', component: () => import('./NoticesNow.vue'), meta: { title: t('notices.desk.title'), ...own } },
          { path: 'parked', component: () => import('./NoticesParked.vue'), meta: { title: t('notices.desk.parked'), ...own } },
          { path: 'rates', component: () => import('./NoticesRates.vue'), meta: { title: t('notices.desk.rates'), ...own } },
          { path: 'templates', component: () => import('./NoticesTemplates.vue'), meta: { title: t('notices.desk.templates'), ...own } },
          { path: 'numbers', component: () => import('./NoticesNumbers.vue'), meta: { title: t('notices.desk.numbers'), ...own } },
          { path: 'actions', component: () => import('./NoticesActions.vue'), meta: { title: t('notices.desk.actions'), ...own } },
        ],
      },
      { path: 'board', component: () => import('@/board/BoardPage.vue'), meta: { title: t('board.title'), ...own } },
      { path: 'board/cases', component: () => import('@/board/BoardCasesPage.vue'), meta: { title: t('board.cases.short'), deep: true, ...own } },
      { path: 'board/weekly', component: () => import('@/board/WeeklyPage.vue'), meta: { title: t('board.weekly.short'), deep: true, ...own } },
      { path: 'reply-templates', component: () => import('@/replies/TemplatesPage.vue'), meta: { title: t('replies.templates.title'), ...own } },
      { path: 'approvals', component: () => import('@/replies/ApprovalsPage.vue'), meta: { title: t('replies.approvals.title'), ...own } },
      { path: 'admission', component: () => import('@/admission/AdmissionPage.vue'), meta: { title: t('admission.title'), ...own } },
      ...fieldRoutes,
      ...adminRoutes,
      ...evaluationRoutes,
      {
        path: 'calls',
        component: () => import('@/whistle/CallsPage.vue'),
        meta: { title: t('whistle.calls.title'), ...own },
        children: [
          { path: '', component: () => import('@/whistle/NoCall.vue'), meta: { title: t('whistle.calls.title'), ...own } },
          { path: ':id', component: () => import('@/whistle/WhistlePage.vue'), props: true, meta: { title: t('whistle.title'), deep: true, ...own } },
        ],
      },
      { path: 'whistles', component: () => import('@/whistle/BoardPage.vue'), meta: { title: t('whistle.board.title'), ...own } },
      { path: 'whistles/:id', component: () => import('@/whistle/WhistlePage.vue'), props: true, meta: { title: t('whistle.title'), deep: true, ...own } },
      ...mediationRoutes,
      { path: 'twins/:number', component: () => import('@/twins/TwinsPage.vue'), props: true, meta: { title: t('twins.page.title'), deep: true, ...own } },
      { path: 'clocks', component: () => import('@/clocks/ClockBoardPage.vue'), meta: { title: t('clocks.board.title'), ...own } },
      {
        path: 'time',
        component: () => import('@/clocks/TimeFrame.vue'),
        meta: { title: t('clocks.time.title'), ...own },
        children: [
          { path: '', component: () => import('@/clocks/CalendarPage.vue'), meta: { title: t('clocks.calendar.title'), ...own } },
          { path: 'rules', component: () => import('@/clocks/ProfilesPage.vue'), meta: { title: t('clocks.rules.title'), ...own } },
        ],
      },
      { path: 'inbox', component: () => import('./StaffInbox.vue'), meta: { title: t('staff.inbox.title'), ...own } },
      { path: 'me', component: () => import('./MePage.vue'), meta: { title: t('staff.me.title'), ...own } },
      { path: 'systems', component: () => import('./WebhooksPage.vue'), meta: { title: t('systems.title'), ...own } },
      { path: 'posters', component: () => import('./PostersPage.vue'), meta: { title: t('wechat.posters.title'), deep: true, ...own } },
      { path: 'people', component: () => import('./PeoplePage.vue'), meta: { title: t('staff.people.title'), ...own } },
    ],
  },
]
