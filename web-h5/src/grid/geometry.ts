import type { GeoJsonObject } from 'geojson'

/** The outline of a grid as the contract carries it: an object that is GeoJSON. */
export function asGeoJson(outline: unknown): GeoJsonObject | undefined {
  return typeof outline === 'object' && outline !== null && 'type' in outline ? (outline as GeoJsonObject) : undefined
}

export interface OutlineProperties {
  code: string
  name: string
  kind: 'RESIDENTIAL' | 'DEDICATED'
  demo?: boolean
}
