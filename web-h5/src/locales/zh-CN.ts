import { app } from './zh-CN/app'
import { board } from './zh-CN/board'
import { cases } from './zh-CN/cases'
import { chat } from './zh-CN/chat'
import { clocks } from './zh-CN/clocks'
import { demo } from './zh-CN/demo'
import { desk } from './zh-CN/desk'
import { docs } from './zh-CN/docs'
import { field } from './zh-CN/field'
import { home } from './zh-CN/home'
import { legal } from './zh-CN/legal'
import { me } from './zh-CN/me'
import { mediation } from './zh-CN/mediation'
import { notices } from './zh-CN/notices'
import { office } from './zh-CN/office'
import { place } from './zh-CN/place'
import { report } from './zh-CN/report'
import { staff } from './zh-CN/staff'
import { systems } from './zh-CN/systems'
import { twins } from './zh-CN/twins'
import { wechat } from './zh-CN/wechat'
import { whistle } from './zh-CN/whistle'

/** Every word a page says. One file a feature; `locales.test.ts` fails on a missing or an unused key. */
export const zhCN = {
  app,
  board,
  cases,
  chat,
  clocks,
  demo,
  desk,
  docs,
  field,
  home,
  legal,
  me,
  mediation,
  notices,
  office,
  place,
  report,
  staff,
  systems,
  twins,
  wechat,
  whistle,
} as const
