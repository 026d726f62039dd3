import type { Level, Role, Staff } from '@/api/types'

/** A place or a grid as somebody's area: the code is what counts, the name is what is shown. */
export interface Area {
  code: string
  name: string
  level: Level
}

export function canHaveBelow(area: Area): boolean {
  return area.level !== 'GRID'
}

/** The roles that fit an area: a grid has its team, a place its centre, its officers and its administrators. */
export function rolesAt(area: Area | undefined): Role[] {
  if (!area) return []
  return area.level === 'GRID'
    ? ['GRID_WORKER', 'GRID_LEADER', 'DEPUTY_LEADER', 'GRID_ASSISTANT']
    : ['DISPATCHER', 'SUPERVISOR', 'DEPARTMENT_OFFICER', 'ADMINISTRATOR']
}

/** By area in the order they came, so that a team reads as a team. */
export function byArea(items: readonly Staff[]): { area: string; name: string; people: Staff[] }[] {
  const groups = new Map<string, { area: string; name: string; people: Staff[] }>()
  for (const one of items) {
    const group = groups.get(one.area) ?? { area: one.area, name: one.areaName ?? one.area, people: [] }
    group.people.push(one)
    groups.set(one.area, group)
  }
  return [...groups.values()].sort((a, b) => a.area.length - b.area.length || a.area.localeCompare(b.area))
}
