import type { Body } from '@/api/operations'
import type { ChatAnswer, ChatCard, ChatMessage, Point, Reply } from '@/api/types'

export type Choice = NonNullable<Reply['choices']>[number]
export type Asked = NonNullable<Reply['ask']>

/** A photo or film that was said: on this device only until the service keeps it. */
export interface SaidMedia {
  kind: 'PHOTO' | 'VIDEO'
  /** The service's id, once it is up. */
  id?: string
  bytes?: Blob
}

/** One thing said: words, a tap, a place or photos. */
export interface Said {
  text?: string
  choice?: string
  point?: Point
  media?: SaidMedia[]
}

/** How a line of mine stands. A line without a state is with the service. */
export type Sending = 'waiting' | 'sending' | 'failed'

/** One bubble of the conversation, mine or theirs. */
export interface Line {
  /** Names the bubble on this device; of a line of mine also its Idempotency-Key. */
  key: string
  id?: number
  from: ChatMessage['from']
  name?: string
  text: string
  choices: Choice[]
  card?: ChatCard
  ask?: Asked
  point?: Point
  media: SaidMedia[]
  at: string
  state?: Sending
  trouble?: string
  said?: Said
  /** Of a reply that is still coming in: the line it answers. A resend says it anew. */
  to?: string
}

export function lineOfMessage(message: ChatMessage): Line {
  return {
    key: `m${message.id}`,
    id: message.id,
    from: message.from,
    text: message.text,
    choices: message.choices ?? [],
    media: (message.media ?? []).map((id) => ({ kind: 'PHOTO', id })),
    at: message.at,
    ...(message.name ? { name: message.name } : {}),
    ...(message.card ? { card: message.card } : {}),
    ...(message.ask ? { ask: message.ask } : {}),
    ...(message.point ? { point: message.point } : {}),
  }
}

export function lineOfReply(reply: Reply, to: string, nth: number, at: string): Line {
  return {
    key: reply.id === undefined ? `${to}.${nth}` : `m${reply.id}`,
    from: 'BOT',
    text: reply.text,
    choices: reply.choices ?? [],
    media: [],
    at,
    to,
    ...(reply.id === undefined ? {} : { id: reply.id }),
    ...(reply.card ? { card: reply.card } : {}),
    ...(reply.ask ? { ask: reply.ask } : {}),
  }
}

export function lineOfMine(key: string, said: Said, shown: string, at: string): Line {
  return { key, from: 'RESIDENT', text: shown, choices: [], media: said.media ?? [], at, state: 'waiting', said, ...(said.point ? { point: said.point } : {}) }
}

/** What goes over the wire: exactly one of them said, words alone beside a place or photos. */
export function bodyOf(said: Said, conversation: string | undefined): Body<'chat'> {
  const media = said.media?.flatMap(({ id }) => (id ? [id] : [])) ?? []
  return {
    ...(conversation ? { conversation } : {}),
    ...(said.text ? { text: said.text } : {}),
    ...(said.choice ? { choice: said.choice } : {}),
    ...(said.point ? { point: said.point } : {}),
    ...(media.length > 0 ? { media } : {}),
  }
}

/** The conversation as the service knows it, and after it what it does not know yet. */
export function merged(messages: readonly ChatMessage[], lines: readonly Line[]): Line[] {
  return [...messages.map(lineOfMessage), ...lines.filter(({ state }) => state !== undefined)]
}

/** The choices that are still open: those of the newest line, while I have not answered. */
export function openChoices(lines: readonly Line[]): Choice[] {
  const last = lines[lines.length - 1]
  return last && last.from !== 'RESIDENT' ? last.choices : []
}

/** “2”, “２” or “选2”, typed instead of tapping: the second choice. Other words are words. */
export function choiceByNumber(words: string, choices: readonly Choice[]): Choice | undefined {
  const number = /^(?:选|第)?\s*(\d{1,2})\s*[.。、个号]?$/.exec(words.normalize('NFKC').trim())?.[1]
  return number === undefined ? undefined : choices[Number(number) - 1]
}

const QUIET = 10 * 60_000
/** Whether the time stands above a line: at the start, and after silence. */
export function timeAbove(line: Line, before: Line | undefined): boolean {
  return !before || new Date(line.at).getTime() - new Date(before.at).getTime() > QUIET
}

export const EMERGENCIES = ['110', '119', '120', '122']
/** A card's numbers: those to call at once, and the others. */
export function hotlinesOf(card: ChatCard) {
  const all = card.hotlines ?? []
  return { now: all.filter(({ number }) => EMERGENCIES.includes(number)), other: all.filter(({ number }) => !EMERGENCIES.includes(number)) }
}

/** The words of a bubble without the lines that its card shows anyway: a draft is summed up once, not twice. */
export function wordsBeside(line: Line): string {
  if (line.card?.kind !== 'draft') return line.text
  const known = (line.card.facts ?? []).map(({ value }) => value.slice(0, 12)).filter((value) => value.length > 1 && !['true', 'false'].includes(value))
  return line.text.split('\n').filter((words) => !known.some((value) => words.includes(value))).join('\n')
}

/** What is read aloud of a line: its words, then the choices. */
export function wordsOfLine(line: Line): string {
  return [line.text, ...line.choices.map(({ label }, at) => `${at + 1}，${label}`)].filter(Boolean).join('。')
}

/** An answer is whole when the service named the conversation. */
export function isAnswer(found: unknown): found is ChatAnswer {
  return typeof found === 'object' && found !== null && 'conversation' in found
}
