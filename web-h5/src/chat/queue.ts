import { ChatShelf } from './kept'

/** Sends what was said without a network as soon as there is one, whichever page is open. Nothing waits: nothing is loaded. */
export async function watchChat() {
  const kept = await new ChatShelf().read().catch(() => undefined)
  if (!kept?.lines.some(({ state }) => state === 'waiting' || state === 'sending')) return
  await (await import('./chat')).useChat().resume()
}
