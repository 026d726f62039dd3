import type { CaseSummary } from '@/api/types'

/** Where a case is, short: the grid with the place around it, without saying a village twice. Empty when nobody knows yet. */
export function placeInShort(item: Pick<CaseSummary, 'grid' | 'place'>): string {
  const grid = item.grid?.name
  const around = (item.grid?.placeName ?? item.place?.fullName ?? item.place?.name ?? '').split(/\s+/).filter(Boolean)
  if (!grid) return around.slice(-2).join(' · ')
  return [...around.filter((name) => !grid.startsWith(name)).slice(-1), grid].join(' · ')
}
