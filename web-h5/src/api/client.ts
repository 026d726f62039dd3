import { readEvents, type StreamEvent } from './events'
import { Offline, isAbort, problemOf, type Problem } from './problem'

export interface CallOptions {
  query?: Record<string, string | number | boolean | undefined | null>
  body?: unknown
  headers?: Record<string, string>
  signal?: AbortSignal | undefined
  /** Milliseconds until the call counts as offline. */
  timeout?: number
}

type Fetch = (url: string, init: RequestInit) => Promise<Response>

/** The one place that speaks HTTP: cookie, CSRF token, problem+json, time-outs. */
export class Client {
  /** Sent with every call that changes something; the session store sets it. */
  csrf: string | undefined
  /** Called on a 401, so that pages stop showing a signed-out person as signed in. */
  onSignedOut: () => void = () => {}

  constructor(private readonly fetch: Fetch = (url, init) => globalThis.fetch(url, init)) {}

  async call<T>(method: string, path: string, options: CallOptions = {}): Promise<T> {
    const response = await this.send(method, path, options)
    if (!response.ok) throw this.heard(await problemOf(response))
    if (response.status === 204) return undefined as T
    return (await response.json()) as T
  }

  /**
   * The same, answered piece by piece as server-sent events; ends when the answer does. A break in the middle is Offline.
   * A service, or a proxy before it, that answers in one piece gives that piece.
   */
  async stream(method: string, path: string, ear: (event: StreamEvent) => void, options: CallOptions = {}): Promise<unknown> {
    const response = await this.send(method, path, { ...options, headers: { Accept: 'text/event-stream, application/json;q=0.5', ...options.headers } })
    if (!response.ok) throw this.heard(await problemOf(response))
    try {
      if (!/^text\/event-stream/.test(response.headers.get('Content-Type') ?? '')) return await response.json()
      await readEvents(response.body!, ear)
      return undefined
    } catch (error) {
      throw isAbort(error) ? error : new Offline('network')
    }
  }

  private async send(method: string, path: string, options: CallOptions): Promise<Response> {
    const cut = new AbortController()
    const stop = () => cut.abort(options.signal?.reason)
    if (options.signal?.aborted) stop()
    options.signal?.addEventListener('abort', stop)
    let late = false
    const timer = setTimeout(() => {
      late = true
      cut.abort()
    }, options.timeout ?? 20_000)
    try {
      return await this.fetch(path + queryOf(options.query), {
        method,
        credentials: 'same-origin',
        headers: this.headersOf(method, options),
        body: bodyOf(options.body),
        signal: cut.signal,
      })
    } catch (error) {
      if (late) throw new Offline('timeout')
      if (options.signal?.aborted || isAbort(error)) throw new DOMException('aborted', 'AbortError')
      throw new Offline('network')
    } finally {
      clearTimeout(timer)
      options.signal?.removeEventListener('abort', stop)
    }
  }

  private headersOf(method: string, options: CallOptions): Record<string, string> {
    const headers: Record<string, string> = { Accept: 'application/json', ...options.headers }
    if (options.body instanceof Blob) headers['Content-Type'] = 'application/octet-stream'
    else if (options.body !== undefined) headers['Content-Type'] = 'application/json'
    if (method !== 'GET' && this.csrf) headers['X-CSRF-Token'] = this.csrf
    return headers
  }

  private heard(problem: Problem): Problem {
    if (problem.status === 401) this.onSignedOut()
    return problem
  }
}

export const client = new Client()

/** What follows the path: nothing where nothing is given. */
export function queryOf(query: CallOptions['query']): string {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== null)
  if (given.length === 0) return ''
  return `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`
}

function bodyOf(body: unknown): BodyInit | null {
  if (body === undefined) return null
  return body instanceof Blob ? body : JSON.stringify(body)
}
