import L from 'leaflet'
import { useSettings } from '@/app/settings'
import { t } from '@/locales'

/** A map of ground; tiles only where the operator set some. */
export async function mapOn(box: HTMLElement): Promise<L.Map> {
  const settings = await useSettings().load().catch(() => undefined)
  const map = L.map(box, { attributionControl: false, zoomControl: false, minZoom: 8, maxZoom: 19, scrollWheelZoom: false, zoomAnimation: !window.matchMedia('(prefers-reduced-motion: reduce)').matches })
  if (settings?.tiles) L.tileLayer(settings.tiles, { maxZoom: 18 }).addTo(map)
  L.control.zoom({ zoomInTitle: t('place.zoomIn'), zoomOutTitle: t('place.zoomOut'), position: 'topright' }).addTo(map)
  return map
}

/** What the map shows now, as the service asks for it. */
export function boxOf(map: L.Map): { west: number; south: number; east: number; north: number } {
  const bounds = map.getBounds()
  const round = (degrees: number) => Math.round(degrees * 1e5) / 1e5
  return { west: round(bounds.getWest()), south: round(bounds.getSouth()), east: round(bounds.getEast()), north: round(bounds.getNorth()) }
}
