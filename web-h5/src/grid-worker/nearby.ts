import type { FieldItem, Point } from '@/api/types'

const EARTH = 6_371_008.8
const radians = (degrees: number) => (degrees * Math.PI) / 180

/** Metres along the great circle between points in wgs84. Computed here: where the worker is, leaves the phone for nobody. */
export function metresBetween(a: Pick<Point, 'lon' | 'lat'>, b: Pick<Point, 'lon' | 'lat'>): number {
  const h = Math.sin(radians(b.lat - a.lat) / 2) ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(radians(b.lon - a.lon) / 2) ** 2
  return 2 * EARTH * Math.asin(Math.min(1, Math.sqrt(h)))
}

/** The nearest first; those without a point keep their order at the end. */
export function byDistance(items: readonly FieldItem[], here: Pick<Point, 'lon' | 'lat'>): FieldItem[] {
  const far = (item: FieldItem) => (item.point ? metresBetween(here, item.point) : Number.POSITIVE_INFINITY)
  // Neither placed: infinity less infinity is no number, and they keep their order.
  return [...items].sort((a, b) => far(a) - far(b) || 0)
}

/** “80 米”, “1.2 公里”: no finer than a phone knows. */
export function distanceIn(metres: number): { n: string; unit: 'metres' | 'km' } {
  if (metres < 1000) return { n: String(Math.max(10, Math.round(metres / 10) * 10)), unit: 'metres' }
  return { n: (metres / 1000).toFixed(1), unit: 'km' }
}
