import { effectScope } from 'vue'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { usePages } from './pages'

const said = vi.hoisted(() => [] as string[])
vi.mock('@/ui/say', () => ({ toast: (words: string) => said.push(words) }))

type Page = { items: string[]; next?: number | null }
/** Answers come when the test says so, in the order it wants. */
function asked() {
  const asks: { after: number | undefined; signal: AbortSignal; answer: (page: Page) => void; fail: (why: unknown) => void }[] = []
  const fetch = (after: number | undefined, signal: AbortSignal) => new Promise<Page>((answer, fail) => asks.push({ after, signal, answer, fail }))
  return { asks, fetch }
}
const settled = () => new Promise((resolve) => setTimeout(resolve))
const scopes = [] as ReturnType<typeof effectScope>[]
function open(fetch: Parameters<typeof usePages<Page>>[0]) {
  const scope = effectScope()
  scopes.push(scope)
  return scope.run(() => usePages<Page>(fetch))!
}
const shown = (list: ReturnType<typeof open>) => list.pages.value.flatMap(({ items }) => items)

afterEach(() => {
  scopes.splice(0).forEach((scope) => scope.stop())
  said.length = 0
})

describe('a list that comes page by page', () => {
  it('shows what was asked for last, whichever answer comes first', async () => {
    const { asks, fetch } = asked()
    const list = open(fetch)
    void list.load()
    void list.load()
    asks[1]!.answer({ items: ['new'] })
    asks[0]!.answer({ items: ['old'] })
    await settled()
    expect(shown(list)).toEqual(['new'])
    expect(asks[0]!.signal.aborted).toBe(true)
    expect(list.loading.value).toBe(false)
  })

  it('adds a page after the last one and stops at the end', async () => {
    const { asks, fetch } = asked()
    const list = open(fetch)
    void list.load()
    asks[0]!.answer({ items: ['a'], next: 7 })
    await settled()
    expect(list.more.value).toBe(true)
    void list.fetchMore()
    void list.fetchMore()
    expect(asks.map(({ after }) => after)).toEqual([undefined, 7])
    asks[1]!.answer({ items: ['b'], next: null })
    await settled()
    expect(shown(list)).toEqual(['a', 'b'])
    expect(list.more.value).toBe(false)
    void list.fetchMore()
    expect(asks).toHaveLength(2)
  })

  it('drops another page of what is no longer asked for', async () => {
    const { asks, fetch } = asked()
    const list = open(fetch)
    void list.load()
    asks[0]!.answer({ items: ['a'], next: 7 })
    await settled()
    void list.fetchMore()
    void list.load()
    asks[1]!.answer({ items: ['of before'] })
    asks[2]!.answer({ items: ['c'], next: 0 })
    await settled()
    expect(shown(list)).toEqual(['c'])
    expect(list.more.value).toBe(true)
    expect(list.fetching.value).toBe(false)
  })

  it('keeps as many pages as were open when it looks again quietly', async () => {
    const { asks, fetch } = asked()
    const list = open(fetch)
    void list.load()
    asks[0]!.answer({ items: ['a'], next: 1 })
    await settled()
    void list.fetchMore()
    asks[1]!.answer({ items: ['b'], next: 2 })
    await settled()
    void list.load(true)
    expect(shown(list)).toEqual(['a', 'b'])
    asks[2]!.answer({ items: ['z', 'a'], next: 1 })
    await settled()
    asks[3]!.answer({ items: ['b', 'c'], next: 2 })
    await settled()
    expect(shown(list)).toEqual(['z', 'a', 'b', 'c'])
    expect(list.more.value).toBe(true)
    expect(asks).toHaveLength(4)
  })

  it('says that another page failed and keeps what is there, to be tried again', async () => {
    const { asks, fetch } = asked()
    const list = open(fetch)
    void list.load()
    asks[0]!.answer({ items: ['a'], next: 1 })
    await settled()
    void list.fetchMore()
    asks[1]!.fail(new TypeError('network'))
    await settled()
    expect(said).toHaveLength(1)
    expect(shown(list)).toEqual(['a'])
    void list.fetchMore()
    expect(asks[2]!.after).toBe(1)
  })

  it('gives the reason where there is nothing to show, and none once there is', async () => {
    const { asks, fetch } = asked()
    const list = open(fetch)
    void list.load()
    asks[0]!.fail('why')
    await settled()
    expect(list.error.value).toBe('why')
    void list.load()
    asks[1]!.answer({ items: ['a'] })
    await settled()
    expect(list.error.value).toBeUndefined()
    void list.load(true)
    asks[2]!.fail('why')
    await settled()
    expect(list.error.value).toBeUndefined()
    expect(shown(list)).toEqual(['a'])
  })
})
