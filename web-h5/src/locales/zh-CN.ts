import { admission } from './zh-CN/admission'
import { admin } from './zh-CN/admin'
import { app } from './zh-CN/app'
import { board } from './zh-CN/board'
import { cases } from './zh-CN/cases'
import { chat } from './zh-CN/chat'
import { clocks } from './zh-CN/clocks'
import { demo } from './zh-CN/demo'
import { desk } from './zh-CN/desk'
import { docs } from './zh-CN/docs'
import { evaluation } from './zh-CN/evaluation'
import { field } from './zh-CN/field'
import { home } from './zh-CN/home'
import { legal } from './zh-CN/legal'
import { me } from './zh-CN/me'
import { mediation } from './zh-CN/mediation'
import { notices } from './zh-CN/notices'
import { office } from './zh-CN/office'
import { place } from './zh-CN/place'
import { replies } from './zh-CN/replies'
import { report } from './zh-CN/report'
import { staff } from './zh-CN/staff'
import { systems } from './zh-CN/systems'
import { twins } from './zh-CN/twins'
import { wechat } from './zh-CN/wechat'
import { whistle } from './zh-CN/whistle'

/** Every word a page says. One file a feature; `locales.test.ts` fails on a missing or an unused key. */
export const zhCN = {
  admission,
  admin,
  app,
  board,
  cases,
  chat,
  clocks,
  demo,
  desk,
  docs,
  evaluation,
  field,
  home,
  legal,
  me,
  mediation,
  notices,
  office,
  place,
  replies,
  report,
  staff,
  systems,
  twins,
  wechat,
  whistle,
} as const
