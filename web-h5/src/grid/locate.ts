import type { Point } from '@/api/types'

/** Why there is no position: not allowed, or not found in time. */
export class NoPosition extends Error {
  override readonly name = 'NoPosition'
  constructor(readonly reason: 'denied' | 'lost') {
    super(reason)
  }
}

/** Where this phone is, asked of the browser once; wgs84, as browsers give it. */
export function locate(): Promise<Point> {
  return new Promise((resolve, reject) => {
    if (!('geolocation' in navigator)) return reject(new NoPosition('lost'))
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ lon: coords.longitude, lat: coords.latitude, crs: 'wgs84', accuracy: coords.accuracy }),
      (refusal) => reject(new NoPosition(refusal.code === refusal.PERMISSION_DENIED ? 'denied' : 'lost')),
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 },
    )
  })
}
