import { app } from './zh-CN/app'
import { cases } from './zh-CN/cases'
import { demo } from './zh-CN/demo'
import { staff } from './zh-CN/staff'

/** Every word a page says. One file a feature; `locales.test.ts` fails on a missing or an unused key. */
export const zhCN = { app, cases, demo, staff } as const
