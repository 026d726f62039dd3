type Ring = [number, number][]
type Outline = { type: 'Polygon'; coordinates: Ring[] } | { type: 'MultiPolygon'; coordinates: Ring[][] }

/** Whether a point lies in an outline: counted crossings, so that the test does not ask the service whether it is right. */
export function contains(outline: Outline, lon: number, lat: number): boolean {
  const polygons = outline.type === 'Polygon' ? [outline.coordinates] : outline.coordinates
  return polygons.some(([shell, ...holes]) => inside(shell!, lon, lat) && !holes.some((hole) => inside(hole, lon, lat)))
}

function inside(ring: Ring, lon: number, lat: number): boolean {
  let odd = false
  for (let at = 0, before = ring.length - 1; at < ring.length; before = at++) {
    const [x, y] = ring[at]!
    const [px, py] = ring[before]!
    if (y > lat !== py > lat && lon < ((px - x) * (lat - y)) / (py - y) + x) odd = !odd
  }
  return odd
}
