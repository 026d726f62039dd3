import type { RouteRecordRaw } from 'vue-router'
import { t } from '@/locales'

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
        component: () => import('./DeskPage.vue'),
        meta: { title: t('staff.desk.title'), ...own },
        children: [
          { path: '', component: () => import('./NoCase.vue'), meta: { title: t('staff.desk.title'), ...own } },
          { path: 'cases/:number', component: () => import('./CasePage.vue'), props: true, meta: { title: t('staff.case.title'), deep: true, ...own } },
        ],
      },
      { path: 'inbox', component: () => import('./StaffInbox.vue'), meta: { title: t('staff.inbox.title'), ...own } },
      { path: 'me', component: () => import('./MePage.vue'), meta: { title: t('staff.me.title'), ...own } },
      { path: 'people', component: () => import('./PeoplePage.vue'), meta: { title: t('staff.people.title'), ...own } },
    ],
  },
]
