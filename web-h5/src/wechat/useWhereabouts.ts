import type { Point } from '@/api/types'
import { locate, NoPosition } from '@/grid/locate'
import { weChat } from './wx'

/** Where this phone is, in wgs84: asked of WeChat inside it, of the browser elsewhere. */
export function useWhereabouts() {
  async function where(): Promise<Point> {
    const wx = await weChat()
    if (!wx) return locate()
    return new Promise((resolve, reject) => {
      wx.getLocation({
        type: 'wgs84',
        success: ({ latitude, longitude, accuracy }) => resolve({ lon: Number(longitude), lat: Number(latitude), crs: 'wgs84', accuracy: Number(accuracy) || 0 }),
        cancel: () => reject(new NoPosition('denied')),
        fail: ({ errMsg }) => reject(new NoPosition(/deny|denied|auth/i.test(errMsg ?? '') ? 'denied' : 'lost')),
      })
    })
  }
  return { where }
}
