import type { RouteLocationNormalizedLoaded } from 'vue-router'

/** Where somebody begins: staff at their own work, everybody else at the resident's first page. */
export function homeOf({ path, meta }: Pick<RouteLocationNormalizedLoaded, 'path' | 'meta'>): string {
  return meta.needs === 'staff' || path.startsWith('/staff') ? '/staff' : '/'
}
