const AXIS = 6_378_245
const ECCENTRICITY = 0.00669342162296594323

/** Wgs84 degrees as WeChat's maps want them: shifted, as the service's `Crs` does it. */
export function gcj02Of(lon: number, lat: number): { lon: number; lat: number } {
  const x = lon - 105
  const y = lat - 35
  const { sin, PI, sqrt, abs, cos } = Math
  const waves = ((20 * sin(6 * x * PI) + 20 * sin(2 * x * PI)) * 2) / 3
  const north =
    -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + waves
    + ((20 * sin(y * PI) + 40 * sin((y / 3) * PI)) * 2) / 3
    + ((160 * sin((y / 12) * PI) + 320 * sin((y * PI) / 30)) * 2) / 3
  const east =
    300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + waves
    + ((20 * sin(x * PI) + 40 * sin((x / 3) * PI)) * 2) / 3
    + ((150 * sin((x / 12) * PI) + 300 * sin((x / 30) * PI)) * 2) / 3
  const radians = (lat / 180) * PI
  const magic = 1 - ECCENTRICITY * sin(radians) ** 2
  const root = sqrt(magic)
  const perLat = (((AXIS * (1 - ECCENTRICITY)) / (magic * root)) * PI) / 180
  const perLon = ((AXIS / root) * cos(radians) * PI) / 180
  return { lon: lon + east / perLon, lat: lat + north / perLat }
}
