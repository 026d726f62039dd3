import type { CaseSummary } from '@/api/types'

/** Where a case is, short: the grid and the place around it, without saying a village twice. Empty when nobody knows yet. */
export function placeInShort(item: Pick<CaseSummary, 'grid' | 'place'>): string {
  const around = item.grid?.placeName ?? item.place?.fullName ?? item.place?.name ?? ''
  const grid = item.grid?.name
  return grid ? [withoutEnd(around, grid), grid].filter(Boolean).join(' · ') : around
}

/** “潞州区英雄街道英雄中路社区” before “英雄中路社区第一网格” is “潞州区英雄街道”. */
function withoutEnd(around: string, grid: string): string {
  for (let at = 0; at < around.length; at++) if (grid.startsWith(around.slice(at))) return around.slice(0, at).trim()
  return around
}
