import { beforeEach, expect, test, vi } from 'vitest'
import { Shell, kindOf } from './shell'

const ORIGIN = 'https://linge.example.cn'
const FILES = ['/assets/index-1.js', '/assets/base-1.css', '/favicon.svg']
const page = (version: string) => new Response(`<script src="/assets/index-${version}.js"></script>`, { headers: { 'content-type': 'text/html' } })

let store: FakeStore
let net: Map<string, () => Response | Promise<Response>>
const ask = vi.fn<(request: RequestInfo | URL) => Promise<Response>>()

beforeEach(() => {
  store = new FakeStore()
  net = new Map([
    ['/', () => page('1')],
    ...FILES.map((file): [string, () => Response] => [file, () => new Response(file)]),
  ])
  ask.mockReset().mockImplementation(async (request) => {
    const answer = net.get(pathOf(request))
    if (!answer) throw new TypeError('Failed to fetch')
    return answer()
  })
  store.ask = ask
})

test.each([
  ['/', 'navigate', 'page'],
  ['/cases/261123000017', 'navigate', 'page'],
  ['/assets/index-1.js', 'no-cors', 'file'],
  ['/assets/not-listed.js', 'cors', 'file'],
  ['/favicon.svg', 'no-cors', 'file'],
  ['/api/cases', 'cors', undefined],
  ['/api/docs', 'navigate', undefined],
  ['/api', 'navigate', undefined],
  ['/wechat/callback?code=1', 'navigate', undefined],
  ['/metrics', 'navigate', undefined],
  ['/health/live', 'cors', undefined],
  ['/sw.js', 'same-origin', undefined],
  ['/docs.html', 'navigate', undefined],
  ['/cases', 'cors', undefined],
] as const)('%s asked for by %s is a %s', (path, mode, kind) => {
  expect(kindOf({ method: 'GET', mode, url: ORIGIN + path }, ORIGIN, FILES)).toBe(kind)
})

test('nothing_that_changes_something_and_nothing_of_others_is_touched', () => {
  expect(kindOf({ method: 'POST', mode: 'navigate', url: `${ORIGIN}/` }, ORIGIN, FILES)).toBeUndefined()
  expect(kindOf({ method: 'GET', mode: 'no-cors', url: 'https://tiles.example.cn/assets/1.png' }, ORIGIN, FILES)).toBeUndefined()
})

test('once_filled_the_page_and_its_files_open_without_a_network', async () => {
  const shell = filled('1')
  await shell.fill()
  net.clear()
  expect(await (await shell.page(request('/cases/1'))).text()).toContain('index-1.js')
  for (const file of FILES) expect(await (await shell.file(request(file))).text()).toBe(file)
})

test('with_a_network_the_page_is_the_newest', async () => {
  const shell = filled('1')
  await shell.fill()
  net.set('/me', () => page('2'))
  expect(await (await shell.page(request('/me'))).text()).toContain('index-2.js')
  // And what opens without one is still whole: the page of this generation.
  net.clear()
  expect(await (await shell.page(request('/me'))).text()).toContain('index-1.js')
})

test('a_service_that_is_down_or_too_slow_counts_as_no_network_and_a_refusal_does_not', async () => {
  const shell = filled('1')
  await shell.fill()
  net.set('/me', () => new Response('bad gateway', { status: 502 }))
  expect(await (await shell.page(request('/me'))).text()).toContain('index-1.js')
  net.set('/me', () => new Promise(() => {}))
  expect(await (await shell.page(request('/me'), 5)).text()).toContain('index-1.js')
  net.set('/me', () => new Response('no', { status: 404 }))
  expect((await shell.page(request('/me'))).status).toBe(404)
})

test('half_a_generation_is_never_kept', async () => {
  net.set('/', () => page('2'))
  await expect(filled('1').fill()).rejects.toThrow('another generation')
  net.set('/', () => page('1'))
  net.set('/assets/base-1.css', () => new Response('gone', { status: 404 }))
  await expect(filled('1').fill()).rejects.toThrow()
  net.clear()
  await expect(filled('1').page(request('/'))).rejects.toThrow()
})

test('two_generations_stay_and_older_ones_and_only_ours_go', async () => {
  for (const name of ['linge-1', 'others', 'linge-2', 'linge-3']) await store.open(name)
  await filled('3').forgetOlder()
  expect(await store.keys()).toEqual(['others', 'linge-2', 'linge-3'])
})

test('a_file_of_an_older_page_is_found_and_a_new_one_is_kept_when_it_is_there', async () => {
  await (await store.open('linge-0')).put('/assets/old-0.js', new Response('old'))
  const shell = filled('1')
  expect(await (await shell.file(request('/assets/old-0.js'))).text()).toBe('old')
  net.set('/assets/map-1.js', () => new Response('map'))
  await shell.file(request('/assets/map-1.js'))
  net.set('/assets/gone.js', () => new Response('', { status: 404 }))
  expect((await shell.file(request('/assets/gone.js'))).status).toBe(404)
  net.clear()
  expect(await (await shell.file(request('/assets/map-1.js'))).text()).toBe('map')
  await expect(shell.file(request('/assets/gone.js'))).rejects.toThrow()
})

const filled = (version: string) => new Shell(version, FILES, store as unknown as CacheStorage, ask as typeof fetch)
const request = (path: string) => new Request(ORIGIN + path)

function pathOf(request: RequestInfo | URL): string {
  const url = typeof request === 'string' ? request : request instanceof URL ? request.href : request.url
  return new URL(url, ORIGIN).pathname
}

/** As much of the browser's caches as the shell uses; a whole list is added or nothing is, as there. */
class FakeStore {
  ask!: typeof ask
  private readonly all = new Map<string, Map<string, Response>>()
  async open(name: string) {
    const kept = this.all.get(name) ?? new Map<string, Response>()
    this.all.set(name, kept)
    return {
      put: async (request: RequestInfo, answer: Response) => void kept.set(pathOf(request), answer),
      match: async (request: RequestInfo) => kept.get(pathOf(request))?.clone(),
      addAll: async (files: string[]) => {
        const answers = await Promise.all(files.map((file) => this.ask(file)))
        if (answers.some(({ ok }) => !ok)) throw new TypeError('bad response status')
        files.forEach((file, at) => kept.set(file, answers[at]!))
      },
    }
  }
  async match(request: RequestInfo) {
    for (const kept of this.all.values()) if (kept.has(pathOf(request))) return kept.get(pathOf(request))!.clone()
    return undefined
  }
  keys = async () => [...this.all.keys()]
  delete = async (name: string) => this.all.delete(name)
}
