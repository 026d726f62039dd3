import type { RouteRecordRaw } from 'vue-router'

/** The staff's pages, each loaded when first opened. */
export const staffRoutes: RouteRecordRaw[] = []
