import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { emptyDraft } from './draft'
import { takeScanned } from './scanned'

const grid = { code: '140403001001002', name: '二网格', kind: 'RESIDENTIAL', demo: true, place: { code: '140403001001', name: '东关社区', level: 'VILLAGE', fullName: '潞州区东街街道东关社区' } }

beforeEach(() => {
  vi.stubGlobal('fetch', async (url: string) => {
    if (url === '/api/grids/140403001001002') return new Response(JSON.stringify(grid))
    if (url.startsWith('/api/places?parent=140403001')) return new Response(JSON.stringify({ items: [grid.place] }))
    return new Response('{}', { status: 404 })
  })
})
afterEach(() => vi.unstubAllGlobals())

test('a_grids_poster_says_where', async () => {
  const draft = emptyDraft()
  await takeScanned('140403001001002', draft)
  expect(draft.place).toMatchObject({ grid: { code: '140403001001002' }, placeName: '潞州区东街街道东关社区', how: 'scan' })
})

test('a_villages_poster_says_its_name_and_leaves_the_grid_open', async () => {
  const draft = emptyDraft()
  await takeScanned('140403001001', draft)
  expect(draft.place).toBeNull()
  expect(draft.detail).toBe('潞州区东街街道东关社区')
})

test('a_place_chosen_by_hand_stays_and_nonsense_is_no_place', async () => {
  const draft = emptyDraft()
  for (const nonsense of ['1', 'x'.repeat(15), undefined, ['140403001001002'], '140403001001999']) await takeScanned(nonsense, draft)
  expect(draft).toMatchObject({ place: null, detail: '' })
  draft.place = { grid: grid as never, placeName: '别处', how: 'map' }
  await takeScanned('140403001001002', draft)
  expect(draft.place.placeName).toBe('别处')
})
