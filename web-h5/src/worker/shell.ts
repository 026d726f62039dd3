/** What a request is to the worker: a page of the application, one of its files, or none of its business. */
export type Kind = 'page' | 'file' | undefined

/** Long enough for a slow village network; whoever waits longer gets the page that lies on the phone. */
export const PATIENCE = 8_000

const PREFIX = 'linge-'
/** Answers of the service, never kept: people's cases, their sign-ins, and what others call. */
const SERVICE = /^\/(api|wechat|health|metrics)(\/|$)/

export function kindOf({ method, mode, url }: Pick<Request, 'method' | 'mode' | 'url'>, origin: string, files: readonly string[]): Kind {
  const at = new URL(url)
  if (method !== 'GET' || at.origin !== origin || SERVICE.test(at.pathname)) return undefined
  if (at.pathname.startsWith('/assets/') || files.includes(at.pathname)) return 'file'
  const named = at.pathname.slice(at.pathname.lastIndexOf('/') + 1).includes('.')
  return mode === 'navigate' && !named ? 'page' : undefined
}

/**
 * The application's files on this device, one generation at a time. The page comes from the network when there is one, so an
 * update shows at once; without one, the page of this generation opens with exactly the files it was built with.
 */
export class Shell {
  private readonly name: string

  constructor(
    version: string,
    private readonly files: readonly string[],
    private readonly store: CacheStorage = caches,
    private readonly ask: typeof fetch = (...request) => fetch(...request),
  ) {
    this.name = PREFIX + version
  }

  /** Fetches the whole generation, or fails: half of one would open a broken page. */
  async fill(): Promise<void> {
    const page = await this.ask('/', { cache: 'reload' })
    const words = page.ok ? await page.clone().text() : ''
    // While nodes are being renewed, one may answer with another generation's page: the browser tries again later.
    const script = this.files.find((file) => file.endsWith('.js'))
    if (!script || !words.includes(script)) throw new Error('the page is of another generation')
    const cache = await this.store.open(this.name)
    await cache.addAll([...this.files])
    await cache.put('/', page)
  }

  /** Keeps this generation and the one before it, whose pages may still be open. */
  async forgetOlder(): Promise<void> {
    const others = (await this.store.keys()).filter((name) => name.startsWith(PREFIX) && name !== this.name)
    await Promise.all(others.slice(0, -1).map((name) => this.store.delete(name)))
  }

  async page(request: Request, patience = PATIENCE): Promise<Response> {
    let answer: Response | undefined
    try {
      answer = await within(this.ask(request), patience)
      if (answer.status < 500) return answer
    } catch {
      // No network, or none worth the name.
    }
    const kept = await (await this.store.open(this.name)).match('/')
    return kept ?? answer ?? this.ask(request)
  }

  /** Names carry their content's hash: what is here is right. */
  async file(request: Request): Promise<Response> {
    const kept = await this.store.match(request, { ignoreVary: true })
    if (kept) return kept
    const answer = await this.ask(request)
    if (answer.ok) await (await this.store.open(this.name)).put(request, answer.clone())
    return answer
  }
}

function within<T>(promise: Promise<T>, millis: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('too slow')), millis)
    promise.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
