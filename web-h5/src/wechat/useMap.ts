import { ref } from 'vue'
import type { Point } from '@/api/types'
import { gcj02Of } from './gcj02'
import { weChat } from './wx'

/** Showing a place on WeChat's own map, which also leads there. `can` stays false outside: pages draw their own map. */
export function useMap() {
  const can = ref(false)
  void weChat().then((wx) => (can.value = wx !== undefined))

  /** @param point in wgs84 or gcj02 */
  async function show(point: Point, name: string, address: string): Promise<boolean> {
    const wx = await weChat()
    if (!wx) return false
    const { lon, lat } = point.crs === 'gcj02' ? point : gcj02Of(point.lon, point.lat)
    wx.openLocation({ latitude: lat, longitude: lon, name, address, scale: 17 })
    return true
  }
  return { can, show }
}
