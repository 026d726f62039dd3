import { describe, expect, test, vi } from 'vitest'
import { Client } from './client'
import { Offline, Problem } from './problem'

const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/problem+json', ...headers } })

function clientThat(answers: (url: string, init: RequestInit) => Promise<Response>) {
  const seen: { url: string; init: RequestInit }[] = []
  const client = new Client((url, init) => {
    seen.push({ url, init })
    return answers(url, init)
  })
  return { client, seen }
}

describe('a call', () => {
  test('a_problem_keeps_its_kind_its_chinese_words_and_its_field_sentences', async () => {
    const { client } = clientThat(async () =>
      json(400, {
        type: 'urn:linge:problem:bad-input',
        title: 'Bad input',
        status: 400,
        detail: '请写下您遇到的问题。',
        errors: [{ pointer: '/text', detail: '不能为空' }],
      }),
    )
    const failure = await client.call('POST', '/api/triage', { body: { text: '' } }).catch((e: unknown) => e)
    expect(failure).toBeInstanceOf(Problem)
    const problem = failure as Problem
    expect([problem.kind, problem.status, problem.message]).toEqual(['bad-input', 400, '请写下您遇到的问题。'])
    expect(problem.of('/text')).toBe('不能为空')
    expect(problem.of('/category')).toBeUndefined()
  })

  test('a_proxys_html_page_becomes_a_problem_with_the_status', async () => {
    const { client } = clientThat(async () => new Response('<html>Bad Gateway</html>', { status: 502 }))
    const failure = await client.call('GET', '/api/cases').catch((e: unknown) => e)
    expect(failure).toBeInstanceOf(Problem)
    expect((failure as Problem).kind).toBe('http-502')
    expect((failure as Problem).message).toBe('')
  })

  test('the_wait_of_a_429_is_read_from_the_header_when_the_body_has_none', async () => {
    const { client } = clientThat(async () =>
      json(429, { type: 'urn:linge:problem:too-many', title: '', status: 429, detail: '太频繁' }, { 'Retry-After': '42' }),
    )
    const failure = (await client.call('POST', '/api/sms-codes', { body: {} }).catch((e: unknown) => e)) as Problem
    expect(failure.body.retryAfter).toBe(42)
  })

  test('no_network_is_offline_not_a_problem', async () => {
    const { client } = clientThat(async () => {
      throw new TypeError('Failed to fetch')
    })
    const failure = await client.call('GET', '/api/cases').catch((e: unknown) => e)
    expect(failure).toBeInstanceOf(Offline)
    expect((failure as Offline).reason).toBe('network')
  })

  test('an_answer_that_never_comes_is_offline_by_timeout', async () => {
    vi.useFakeTimers()
    const { client } = clientThat(
      (_url, init) =>
        new Promise((_resolve, reject) =>
          init.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError'))),
        ),
    )
    const failure = client.call('GET', '/api/cases', { timeout: 500 }).catch((e: unknown) => e)
    await vi.advanceTimersByTimeAsync(501)
    expect(((await failure) as Offline).reason).toBe('timeout')
    vi.useRealTimers()
  })

  test('a_cancelled_call_is_an_abort_and_nothing_else', async () => {
    const cut = new AbortController()
    const { client } = clientThat(
      (_url, init) =>
        new Promise((_resolve, reject) =>
          init.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError'))),
        ),
    )
    const failure = client.call('GET', '/api/cases', { signal: cut.signal }).catch((e: unknown) => e)
    cut.abort()
    expect(((await failure) as DOMException).name).toBe('AbortError')
  })

  test('only_what_changes_something_carries_the_csrf_token', async () => {
    const { client, seen } = clientThat(async () => json(200, {}))
    client.csrf = 'token'
    await client.call('GET', '/api/cases')
    await client.call('POST', '/api/cases', { body: { text: '路灯坏了' } })
    const headers = seen.map(({ init }) => init.headers as Record<string, string>)
    expect(headers[0]).not.toHaveProperty('X-CSRF-Token')
    expect(headers[1]).toMatchObject({ 'X-CSRF-Token': 'token', 'Content-Type': 'application/json' })
  })

  test('a_query_leaves_out_what_is_not_given_and_escapes_the_rest', async () => {
    const { client, seen } = clientThat(async () => json(200, {}))
    await client.call('GET', '/api/grids/find', { query: { q: '英雄街&东', after: undefined } })
    expect(seen[0]?.url).toBe(`/api/grids/find?q=${encodeURIComponent('英雄街&东')}`)
  })

  test('a_401_tells_that_nobody_is_signed_in_any_more', async () => {
    const { client } = clientThat(async () => json(401, { type: 'urn:linge:problem:signed-out', title: '', status: 401, detail: '请先登录' }))
    client.onSignedOut = vi.fn()
    await client.call('GET', '/api/cases').catch(() => {})
    expect(client.onSignedOut).toHaveBeenCalledOnce()
  })
})
