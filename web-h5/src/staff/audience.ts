import type { Role } from '@/api/types'

const TEAM = ['GRID_ASSISTANT', 'GRID_WORKER', 'DEPUTY_LEADER', 'GRID_LEADER'] as const satisfies readonly Role[]
const CENTRE = ['DISPATCHER', 'SUPERVISOR'] as const satisfies readonly Role[]
const HANDLERS: readonly Role[] = [...TEAM, ...CENTRE, 'DEPARTMENT_OFFICER']

/** Everybody of a role, or only those of one department. */
type Audience = Role | `${Role}:${string}`

/**
 * For whom a part of the workbench is: what lies below belongs to it, and the longest that fits counts. The service has the last
 * word about every single thing; this spares whoever opens a link of somebody else's post half a page of refusals.
 */
const AUDIENCES: Record<string, readonly Audience[]> = {
  '/staff/cases': HANDLERS,
  '/staff/list': HANDLERS,
  '/staff/twins': HANDLERS,
  '/staff/field': TEAM,
  '/staff/field/campaigns': [...TEAM, ...CENTRE],
  '/staff/calls': ['DEPARTMENT_OFFICER'],
  '/staff/whistles': CENTRE,
  // Also the grid's team and the departments read of a whistle on their case.
  '/staff/whistles/': HANDLERS,
  '/staff/clocks': [...TEAM, ...CENTRE],
  '/staff/talks': CENTRE,
  '/staff/board': [...CENTRE, 'ADMINISTRATOR'],
  '/staff/legal': [...CENTRE, 'ADMINISTRATOR'],
  '/staff/legal/statutes': ['ADMINISTRATOR'],
  '/staff/notices': ['ADMINISTRATOR'],
  '/staff/systems': ['ADMINISTRATOR'],
  '/staff/people': ['ADMINISTRATOR'],
  '/staff/time/rules': [...CENTRE, 'ADMINISTRATOR'],
  '/staff/reply-templates': ['SUPERVISOR', 'ADMINISTRATOR'],
  '/staff/approvals': [...CENTRE, 'DEPARTMENT_OFFICER'],
  '/staff/evaluation': [...TEAM, ...CENTRE, 'ADMINISTRATOR'],
  '/staff/evaluation/people': [...CENTRE, 'ADMINISTRATOR'],
  '/staff/mediations': HANDLERS,
  '/staff/mediations/new': [...CENTRE, 'DEPARTMENT_OFFICER'],
  '/staff/aid': [...CENTRE, 'DEPARTMENT_OFFICER:JUSTICE'],
  '/staff/admin': ['SUPERVISOR', 'ADMINISTRATOR'],
  '/staff/admin/grids': ['ADMINISTRATOR'],
}
const PARTS = Object.keys(AUDIENCES).sort((a, b) => b.length - a.length)

/** Whether this role has anything to do on this page. Who is not known, without a network, sees what the device holds. */
export function isFor(path: string, role: Role | undefined, department?: string): boolean {
  const part = PARTS.find((one) => path === one || path.startsWith(one.endsWith('/') ? one : `${one}/`))
  return !role || !part || AUDIENCES[part]!.some((one) => one === role || one === `${role}:${department}`)
}
