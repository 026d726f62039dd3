import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { NoPosition } from '@/grid/locate'
import { gcj02Of } from './gcj02'
import { useMap } from './useMap'
import { fileOf, usePictures } from './usePictures'
import { useSpeech } from './useSpeech'
import { useWhereabouts } from './useWhereabouts'
import { forgetWeChat, weChat } from './wx'

const INSIDE = 'Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 Chrome/107 MicroMessenger/8.0.44'
const OUTSIDE = 'Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 Chrome/107'

let asked: string[]
let added: HTMLScriptElement[]
/** What WeChat's script does here: what it was configured with, and what it answers. */
let wx: Record<string, ReturnType<typeof vi.fn>>

beforeEach(() => {
  forgetWeChat()
  asked = []
  added = []
  wx = {
    config: vi.fn(),
    ready: vi.fn((told: () => void) => told()),
    error: vi.fn(),
    getLocation: vi.fn(({ success }) => success({ latitude: 36.195, longitude: 113.117, accuracy: 30 })),
    openLocation: vi.fn(),
    chooseImage: vi.fn(({ success }) => success({ localIds: ['one', 'two'] })),
    getLocalImgData: vi.fn(({ localId, success }) => success({ localData: `data:image/jgp;base64,${btoa(localId)}` })),
    startRecord: vi.fn(({ success }) => success()),
    stopRecord: vi.fn(({ success }) => success?.({ localId: 'voice' })),
    onVoiceRecordEnd: vi.fn(),
    translateVoice: vi.fn(({ success }) => success({ translateResult: '路灯坏了。' })),
  }
  vi.stubGlobal('fetch', async (url: string) => {
    asked.push(url)
    return new Response(JSON.stringify({ appId: 'wx1', timestamp: 1, nonceStr: 'n', signature: 's' }), { headers: { 'Content-Type': 'application/json' } })
  })
  // The page never reaches WeChat's host here: the script arrives, or does not, as each test says.
  vi.spyOn(document.head, 'append').mockImplementation((...nodes) => {
    added.push(...(nodes as HTMLScriptElement[]))
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
  delete (window as { wx?: unknown }).wx
})

function openedIn(agent: string) {
  vi.spyOn(navigator, 'userAgent', 'get').mockReturnValue(agent)
}
async function arrives() {
  await vi.waitFor(() => expect(added).toHaveLength(1))
  ;(window as { wx?: unknown }).wx = wx
  added[0]!.onload?.(new Event('load'))
}
async function staysAway() {
  await vi.waitFor(() => expect(added).toHaveLength(1))
  added[0]!.onerror?.(new Event('error'))
}

test('outside_wechat_its_script_is_not_loaded_and_nobody_is_asked', async () => {
  openedIn(OUTSIDE)
  expect(await weChat()).toBeUndefined()
  expect(added).toEqual([])
  expect(asked).toEqual([])
})

test('inside_it_is_configured_for_this_address_without_its_hash_once', async () => {
  openedIn(INSIDE)
  window.location.hash = '#below'
  const first = weChat()
  await arrives()
  expect(await first).toBe(wx)
  expect(await weChat()).toBe(wx)
  expect(asked).toEqual([`/api/wechat/jssdk?url=${encodeURIComponent(window.location.href.split('#')[0]!)}`])
  expect(wx.config!.mock.calls[0]![0]).toMatchObject({ debug: false, appId: 'wx1', signature: 's' })
})

test('whereabouts_come_from_wechat_in_wgs84', async () => {
  openedIn(INSIDE)
  const found = useWhereabouts().where()
  await arrives()
  expect(await found).toEqual({ lon: 113.117, lat: 36.195, crs: 'wgs84', accuracy: 30 })
  expect(wx.getLocation!.mock.calls[0]![0].type).toBe('wgs84')
  wx.getLocation!.mockImplementation(({ cancel }) => cancel())
  await expect(useWhereabouts().where()).rejects.toEqual(new NoPosition('denied'))
})

test('without_its_script_the_browser_is_asked_and_the_page_goes_on', async () => {
  openedIn(INSIDE)
  vi.stubGlobal('navigator', {
    userAgent: INSIDE,
    geolocation: { getCurrentPosition: (ok: PositionCallback) => ok({ coords: { longitude: 113, latitude: 36, accuracy: 9 } } as GeolocationPosition) },
  })
  const found = useWhereabouts().where()
  await staysAway()
  expect(await found).toEqual({ lon: 113, lat: 36, crs: 'wgs84', accuracy: 9 })
  expect(await usePictures().choose(3)).toBeUndefined()
})

test('photos_are_chosen_by_wechat_and_become_files', async () => {
  openedIn(INSIDE)
  const chosen = usePictures().choose(20)
  await arrives()
  const files = (await chosen)!
  expect(wx.chooseImage!.mock.calls[0]![0].count).toBe(9)
  expect(files.map(({ name, type }) => `${name} ${type}`)).toEqual(['photo-1.jpg image/jpeg', 'photo-2.jpg image/jpeg'])
  expect(await files[1]!.text()).toBe('two')
})

test('a_phones_line_breaks_and_a_png_are_understood', () => {
  const png = btoa(String.fromCharCode(0x89, 0x50, 0x4e, 0x47))
  expect(fileOf(`${png.slice(0, 4)}\n${png.slice(4)}`, 0).type).toBe('image/png')
})

test('a_voice_is_translated_by_wechat', async () => {
  openedIn(INSIDE)
  const heard: string[] = []
  const scope = effectScope()
  const voice = scope.run(() => useSpeech((words) => heard.push(words)))!
  expect(voice.can).toBe(true)
  voice.start()
  await arrives()
  await vi.waitFor(() => expect(voice.listening.value).toBe(true))
  voice.stop()
  expect(heard).toEqual(['路灯坏了'])
  expect(voice.listening.value).toBe(false)
  wx.translateVoice!.mockImplementation(({ success }) => success({}))
  voice.start()
  await vi.waitFor(() => expect(voice.listening.value).toBe(true))
  voice.stop()
  expect(voice.trouble.value).toBe('nothing')
  scope.stop()
})

test('a_place_opens_on_wechats_map_in_gcj02', async () => {
  openedIn(INSIDE)
  const map = useMap()
  await arrives()
  await vi.waitFor(() => expect(map.can.value).toBe(true))
  await map.show({ lon: 113.117, lat: 36.195, crs: 'wgs84' }, '一网格', '东街')
  const { latitude, longitude } = wx.openLocation!.mock.calls[0]![0]
  const wanted = gcj02Of(113.117, 36.195)
  expect([longitude, latitude]).toEqual([wanted.lon, wanted.lat])
})

test('the_shift_is_the_one_everybody_publishes', () => {
  const gate = gcj02Of(116.404, 39.915)
  expect(gate.lon).toBeCloseTo(116.41024449916938, 9)
  expect(gate.lat).toBeCloseTo(39.91640428150164, 9)
})
