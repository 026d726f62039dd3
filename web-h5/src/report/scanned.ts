import { api } from '@/api/operations'
import type { Draft } from './draft'

/**
 * Takes the place whose poster was scanned (`?grid=`, a grid's code or a village's) into the draft, unless one was chosen by hand.
 * A village's name goes to the words about where: which of its grids, the service or the resident decides.
 */
export async function takeScanned(code: unknown, draft: Draft): Promise<void> {
  if (typeof code !== 'string' || draft.place) return
  if (/^\d{15}$/.test(code)) {
    const grid = await api.getGrid(code).catch(() => undefined)
    if (grid && !draft.place) draft.place = { grid, placeName: grid.place.fullName ?? grid.place.name, how: 'scan' }
  } else if (/^\d{12}$/.test(code) && !draft.detail) {
    const around = await api.listPlaces(code.slice(0, 9)).catch(() => undefined)
    const village = around?.items.find((place) => place.code === code)
    if (village && !draft.detail) draft.detail = village.fullName ?? village.name
  }
}
