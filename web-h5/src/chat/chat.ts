import { defineStore } from 'pinia'
import { computed, ref, toRaw, watch } from 'vue'
import { live } from '@/api/live'
import { api } from '@/api/operations'
import { Offline, Problem } from '@/api/problem'
import type { Desk, Reply } from '@/api/types'
import { upload } from '@/api/upload'
import { useAnnouncer } from '@/app/announcer'
import { wordsOf } from '@/app/errors'
import { useOnline } from '@/app/online'
import { useSession } from '@/app/session'
import { uuid } from '@/app/uuid'
import { t } from '@/locales'
import { ask } from './ask'
import { ChatShelf, type KeptChat } from './kept'
import { lineOfMine, lineOfReply, merged, openChoices, wordsOfLine, type Choice, type Line, type Said } from './talk'

const shelf = new ChatShelf()
/** Seconds until the next try without a sign that the network is back. */
const PATIENCE = [3, 6, 12, 30, 60]

/** The one conversation of this device: what was said on both sides, and sending mine exactly once, in order. */
export const useChat = defineStore('chat', () => {
  const session = useSession()
  const announcer = useAnnouncer()
  const online = useOnline()

  const lines = ref<Line[]>([])
  const conversation = ref<string>()
  const desk = ref<Desk>('NONE')
  const draft = ref('')
  const tap = ref<string>()
  const ready = ref(false)
  const thinking = ref(false)
  /** How much of a photo is up, 0 to 1. */
  const uploading = ref(0)
  const fetching = ref(false)
  const ears = new Set<(line: Line) => void>()

  // --- opening and keeping

  let opening: Promise<void> | undefined
  function open(): Promise<void> {
    opening ??= shelf.read().catch(() => undefined).then((kept) => {
      if (kept && mine(kept)) take(kept)
      ready.value = true
      watch([lines, draft, tap, desk, conversation], keepSoon, { deep: true })
      watch(() => session.session, (now, before) => before && !now && forget())
      watch(online, (now) => now && void pump())
      live.onState((state) => state === 'connected' && void pump())
      live.onChat((id) => id === conversation.value && void refresh())
      live.onBack(() => void refresh())
    })
    return opening
  }

  const owner = () => session.person?.phone ?? null
  /** A visitor's conversation goes along into the sign-in; another resident's does not. */
  const mine = (kept: KeptChat) => kept.owner === null || !session.known || !session.isResident || kept.owner === owner()

  function take(kept: KeptChat) {
    // What was on its way when the page closed goes out again under the same key.
    lines.value = kept.lines.map((line) => (line.state === 'sending' ? { ...line, state: 'waiting' } : line))
    conversation.value = kept.conversation ?? undefined
    desk.value = kept.desk
    draft.value = kept.draft
    tap.value = kept.tap ?? undefined
  }

  let timer: ReturnType<typeof setTimeout> | undefined
  function keepSoon() {
    clearTimeout(timer)
    timer = setTimeout(() => void keep(), 250)
  }
  async function keep() {
    clearTimeout(timer)
    const now: KeptChat = {
      owner: owner(), conversation: conversation.value ?? null, lines: toRaw(lines.value).map(toRaw),
      desk: desk.value, draft: draft.value, tap: tap.value ?? null,
    }
    // A full disk or a private window: the page still works, only the safety net is missing.
    await (now.lines.length === 0 && !now.draft ? shelf.drop() : shelf.write(now)).catch(() => {})
  }

  function forget() {
    lines.value = []
    conversation.value = undefined
    desk.value = 'NONE'
    draft.value = ''
    tap.value = undefined
    return keep()
  }

  /** Forgets the conversation, here and at the service. */
  async function anew() {
    if (conversation.value) await api.deleteConversation(conversation.value).catch(unlessGone)
    await forget()
  }

  // --- saying

  function say(said: Said, shown = said.text ?? ''): void {
    lines.value.push(lineOfMine(uuid(), said, shown, new Date().toISOString()))
    void keep()
    void pump()
  }

  function choose(choice: Choice) {
    say({ choice: choice.id }, choice.label)
  }

  /** What was being asked when the sign-in came in between. */
  function afterSignIn() {
    const waiting = openChoices(lines.value).find(({ id }) => id === tap.value)
    tap.value = undefined
    if (waiting && session.isResident) choose(waiting)
  }

  function again(line: Line) {
    line.state = 'waiting'
    delete line.trouble
    void pump()
  }

  /** Takes back what the service refused; the words go into the box to be said otherwise. */
  function drop(line: Line) {
    lines.value = lines.value.filter(({ key }) => key !== line.key)
    if (!draft.value.trim() && line.said?.text) draft.value = line.said.text
  }

  let pumping = false
  let tries = 0
  let patience: ReturnType<typeof setTimeout> | undefined
  /** Sends what waits, one after the other. Stops at the first that finds no network. */
  async function pump() {
    if (pumping) return
    pumping = true
    clearTimeout(patience)
    try {
      for (let line = next(); line; line = next()) {
        if (await sendOne(line)) tries = 0
        else {
          patience = setTimeout(() => void pump(), PATIENCE[Math.min(tries++, PATIENCE.length - 1)]! * 1000)
          return
        }
      }
    } finally {
      pumping = false
      thinking.value = false
      await keep()
      if (stale) void refresh()
    }
  }
  const next = () => lines.value.find(({ state }) => state === 'waiting')

  /** False when there is no network to send it. */
  async function sendOne(line: Line): Promise<boolean> {
    line.state = 'sending'
    try {
      uploading.value = 0
      for (const one of line.media) {
        if (one.bytes && !one.id) one.id = (await upload(toRaw(one).bytes!, (part) => (uploading.value = part))).id
      }
      thinking.value = true
      // A resend is answered anew, whole.
      lines.value = lines.value.filter(({ to }) => to !== line.key)
      const answer = await ask(line.key, { ...line.said, media: line.media }, conversation.value, (reply) => hear(reply, line))
      conversation.value = answer.conversation
      desk.value = answer.desk ?? desk.value
      delete line.state
      delete line.said
      const replies = lines.value.filter(({ to }) => to === line.key)
      if (replies.length > 0) announcer.say(t('chat.said', { text: replies.map(wordsOfLine).join('。') }))
      return true
    } catch (error) {
      return refused(line, error)
    } finally {
      thinking.value = false
    }
  }

  function refused(line: Line, error: unknown): boolean {
    const away = error instanceof Offline || (error instanceof Problem && [502, 503, 504].includes(error.status))
    if (away) {
      line.state = 'waiting'
      return false
    }
    if (error instanceof Problem && error.status === 404 && conversation.value) {
      // Kept too long ago, or another person's: what was said opens a new one.
      conversation.value = undefined
      desk.value = 'NONE'
      line.key = uuid()
      line.state = 'waiting'
      return true
    }
    line.state = 'failed'
    line.trouble = wordsOf(error)
    announcer.say(`${t('chat.state.failed')}，${line.trouble}`)
    return true
  }

  function hear(reply: Reply, line: Line) {
    const said = lines.value.filter(({ to }) => to === line.key).length
    const found = lineOfReply(reply, line.key, said, new Date().toISOString())
    const at = lines.value.findIndex(({ key }) => key === line.key) + 1 + said
    lines.value.splice(at, 0, found)
    for (const ear of ears) ear(found)
  }

  // --- reading again

  let stale = false
  /** Fetches the conversation: after a reload, when a person answered, after a gap. */
  async function refresh(): Promise<void> {
    if (!conversation.value) return
    if (pumping || fetching.value) {
      stale = true
      return
    }
    stale = false
    fetching.value = true
    try {
      const found = await api.getConversation(conversation.value)
      const known = Math.max(0, ...lines.value.map(({ id }) => id ?? 0))
      lines.value = merged(found.messages, lines.value)
      desk.value = found.desk
      const fresh = lines.value.filter(({ id, from }) => known > 0 && (id ?? 0) > known && from !== 'RESIDENT')
      if (fresh.length > 0) announcer.say(t(fresh.some(({ from }) => from === 'STAFF') ? 'chat.saidStaff' : 'chat.said', { text: fresh.map(wordsOfLine).join('。') }))
      for (const line of fresh) for (const ear of ears) ear(line)
    } catch (error) {
      // Kept too long ago: what is said next begins anew. The lines stay to be read, as without a network.
      if (error instanceof Problem && error.status === 404) {
        conversation.value = undefined
        desk.value = 'NONE'
      }
    } finally {
      fetching.value = false
    }
  }

  /** Opens what was kept, sends what waits, and reads what came meanwhile. */
  async function resume() {
    await open()
    await pump()
    await refresh()
    if (tap.value && session.isResident) afterSignIn()
  }

  return {
    lines, conversation, desk, draft, tap, ready, thinking, uploading,
    choices: computed(() => openChoices(lines.value)),
    waiting: computed(() => lines.value.some(({ state }) => state === 'waiting')),
    open, resume, refresh, say, choose, again, drop, anew, keep,
    onLine: (ear: (line: Line) => void) => (ears.add(ear), () => void ears.delete(ear)),
  }
})

function unlessGone(error: unknown) {
  if (!(error instanceof Problem && error.status === 404)) throw error
}
