import type { Answer } from '@/api/operations'

type Message = Answer<'listDemoMessages'>['items'][number]

/** The code of a sign-in message; notices have none, whatever digits they carry. */
export function codeIn(message: Pick<Message, 'text' | 'purpose'>): string | undefined {
  if (message.purpose === 'notice') return undefined
  return /(?<!\d)\d{4,8}(?!\d)/.exec(message.text)?.[0]
}

/** One thread a phone number, the one with the newest message first; inside a thread newest first too. */
export function threads(messages: readonly Message[]): { phone: string; messages: Message[] }[] {
  const found = new Map<string, Message[]>()
  for (const message of messages) found.set(message.phone, [...(found.get(message.phone) ?? []), message])
  return [...found].map(([phone, messages]) => ({ phone, messages }))
}
