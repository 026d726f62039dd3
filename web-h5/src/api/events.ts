/** One server-sent event: its name and its data as text. */
export interface StreamEvent {
  event: string
  data: string
  id?: string
}

/** Cuts a text/event-stream into events, however the network cut it into pieces. EventSource cannot POST. */
export class EventCutter {
  private rest = ''
  private event = ''
  private data: string[] = []
  private id: string | undefined

  /** The events that are complete with this piece. */
  take(piece: string): StreamEvent[] {
    const found: StreamEvent[] = []
    this.rest += piece
    // A carriage return at the very end may be half of a CRLF: it waits for its other half.
    for (let cut = /\r\n|\n|\r(?!$)/.exec(this.rest); cut; cut = /\r\n|\n|\r(?!$)/.exec(this.rest)) {
      const line = this.rest.slice(0, cut.index)
      this.rest = this.rest.slice(cut.index + cut[0].length)
      const event = this.read(line)
      if (event) found.push(event)
    }
    return found
  }

  private read(line: string): StreamEvent | undefined {
    if (line === '') return this.close()
    if (line.startsWith(':')) return undefined
    const colon = line.indexOf(':')
    const field = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (field === 'event') this.event = value
    else if (field === 'data') this.data.push(value)
    else if (field === 'id') this.id = value
    return undefined
  }

  private close(): StreamEvent | undefined {
    const { event, data, id } = this
    this.event = ''
    this.data = []
    this.id = undefined
    if (data.length === 0) return undefined
    return { event: event || 'message', data: data.join('\n'), ...(id === undefined ? {} : { id }) }
  }
}

/** Reads a whole answer as events, one by one as they arrive. Silence longer than `idle` milliseconds breaks it off. */
export async function readEvents(body: ReadableStream<Uint8Array>, ear: (event: StreamEvent) => void, idle = 30_000): Promise<void> {
  const cutter = new EventCutter()
  const decoder = new TextDecoder()
  const reader = body.getReader()
  for (;;) {
    let timer: ReturnType<typeof setTimeout> | undefined
    const silence = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(new Error('silence')), idle)))
    const { done, value } = await Promise.race([reader.read(), silence]).finally(() => clearTimeout(timer)).catch((error: unknown) => {
      void reader.cancel().catch(() => {})
      throw error
    })
    if (done) return
    for (const event of cutter.take(decoder.decode(value, { stream: true }))) ear(event)
  }
}
