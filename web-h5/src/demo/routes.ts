import type { RouteRecordRaw } from 'vue-router'

/** Pages for the operator of a demo city. */
export const demoRoutes: RouteRecordRaw[] = []
