import type { components } from './schema'

type ProblemBody = components['schemas']['Problem']

/** What a call ends with when it is refused: the service's own problem, or one of ours when there was no answer. */
export class Problem extends Error {
  override readonly name = 'Problem'
  constructor(readonly body: ProblemBody) {
    super(body.detail)
  }

  /** The stable part of the type: `urn:linge:problem:stale-version` → `stale-version`. */
  get kind(): string {
    return this.body.type.split(':').pop() ?? ''
  }
  get status(): number {
    return this.body.status
  }
  /** The Chinese sentence for one field of the body, by JSON pointer. */
  of(pointer: string): string | undefined {
    return this.body.errors?.find((error) => error.pointer === pointer)?.detail
  }
}

/** No answer came: the network is away, the service is away, or it took too long. Nothing is known about the request. */
export class Offline extends Error {
  override readonly name = 'Offline'
  constructor(readonly reason: 'network' | 'timeout') {
    super(reason)
  }
}

/** The caller changed its mind; nobody needs to hear of it. */
export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError'
}

export async function problemOf(response: Response): Promise<Problem> {
  const fallback: ProblemBody = {
    type: `urn:linge:problem:http-${response.status}`,
    title: response.statusText,
    status: response.status,
    detail: '',
  }
  try {
    const body: unknown = await response.json()
    if (typeof body === 'object' && body !== null && 'type' in body && 'detail' in body)
      return new Problem({ ...fallback, ...(body as ProblemBody), ...waitOf(response, body as ProblemBody) })
  } catch {
    // A proxy's page instead of ours: the status is all there is.
  }
  return new Problem({ ...fallback, ...waitOf(response, fallback) })
}

function waitOf(response: Response, body: ProblemBody): { retryAfter?: number } {
  const seconds = body.retryAfter ?? Number(response.headers.get('Retry-After') ?? Number.NaN)
  return Number.isFinite(seconds) ? { retryAfter: seconds } : {}
}
