import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { live } from '@/api/live'
import { api } from '@/api/operations'
import { Offline } from '@/api/problem'
import type { Case, FieldTakenCase, FieldToday, HistoryLine } from '@/api/types'
import { useAnnouncer } from '@/app/announcer'
import { wordsOf } from '@/app/errors'
import { useOnline } from '@/app/online'
import { useSession } from '@/app/session'
import { uuid } from '@/app/uuid'
import { t } from '@/locales'
import { isOpen, needsAnswer, type Entry, type KeptPhoto, type Work } from './entries'
import { Outbox, type Keeper, type RoundEnd, type Wire } from './outbox'
import { CopyStore, OutboxStore, type FieldCopy } from './store'
import { otherTabs, type Tabs } from './tabs'

const FRESH = 90_000
/** So long a sheet waits for the service before it says that it goes on by itself. */
const AT_HAND = 8_000
const PATIENCE = [3_000, 6_000, 12_000, 24_000, 60_000] as const

const wire: Wire = {
  upload: (photo) => api.uploadMedia(photo),
  stamp: (body) => api.putFieldStamps(body),
  move: (number, body, key) => api.makeMove(number, body, key),
  found: (key, body) => api.fileFound(key, body),
  log: (key, body) => api.addFieldLog(key, body),
  look: async (number) => {
    const [item, history] = await Promise.all([api.getCase(number), api.getCaseHistory(number)])
    return { case: item, history: history.items }
  },
}

/** What is kept here stands on every open tab. */
function shared(kept: Keeper, tabs: Tabs): Keeper {
  return { all: () => kept.all(), put: (entry) => kept.put(entry).then(tabs.tell), drop: (id) => kept.drop(id).then(tabs.tell) }
}

/** One tab sends at a time; the others see what becomes of it. */
function alone(round: () => Promise<RoundEnd>): Promise<RoundEnd> {
  if (!navigator.locks) return round()
  return navigator.locks.request('linge-field', { ifAvailable: true }, (lock) => (lock ? round() : { later: 5_000 }))
}

/** The worker's day on this phone: what is to be done, what was written, and sending it as soon as it can be sent. */
export const useField = defineStore('field', () => {
  const session = useSession()
  const online = useOnline()
  const entries = shallowRef<Entry[]>([])
  const copy = shallowRef<FieldCopy>()
  const end = ref<RoundEnd>('done')
  const loading = ref(false)
  const error = shallowRef<unknown>()
  const store = new CopyStore()
  const tabs = otherTabs('linge-field')

  const outbox = new Outbox(
    shared(new OutboxStore(), tabs),
    wire,
    {
      who: whoOf,
      refused: wordsOf,
      gone: () => t('field.outbox.gone'),
      note: ({ words, label }) => (words ? t('field.outbox.noteOf', { label, words }) : t('field.outbox.noteBare', { label })),
    },
    (all) => (entries.value = all.map((one) => ({ ...one }))),
    () => new Date(),
    alone,
  )

  const me = computed(() => session.person?.staff)
  /** Whose day it is: who is signed in, or without a network whoever was last. */
  const owner = computed(() => me.value?.user ?? (session.known ? undefined : copy.value?.owner))
  const open = computed(() => entries.value.filter(isOpen))
  const unsettled = computed(() => entries.value.filter(needsAnswer))
  const today = computed(() => copy.value?.today)

  let opening: Promise<void> | undefined
  /** Reads what this phone holds, once; it may be asked again at any time. */
  function start(): Promise<void> {
    opening ??= begin()
    return opening
  }

  async function begin() {
    copy.value = await store.read().catch(() => undefined)
    await session.load().catch(() => {})
    await follow()
    watch([() => session.known, () => me.value?.user], () => void follow())
    watch(online, (now) => now && void send())
    tabs.hear(() => void outbox.reread().catch(() => {}))
    live.onState((state) => state === 'connected' && void send())
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && void send())
  }

  /** Somebody signed in, or out, or it is another one now: what was read along belongs to one person only. */
  async function follow() {
    const user = me.value?.user
    if (copy.value && session.known && copy.value.owner !== user) {
      copy.value = undefined
      await store.wipe().catch(() => {})
    }
    if (owner.value) await outbox.open(owner.value).catch(() => {})
    else outbox.close()
    if (user) void send()
  }

  let timer: ReturnType<typeof setTimeout> | undefined
  let tries = 0
  async function send(): Promise<RoundEnd> {
    clearTimeout(timer)
    if (!session.known) await session.load().catch(() => {})
    if (!me.value || me.value.user !== owner.value) return (end.value = session.known ? 'signed-out' : 'offline')
    const before = open.value.length
    end.value = await outbox.run()
    if (typeof end.value === 'object') await session.reload().catch(() => {})
    if (end.value === 'done') {
      tries = 0
      if (outbox.ready) timer = setTimeout(() => void send(), 200)
    }
    else if (open.value.length > 0 && end.value !== 'signed-out') {
      const wait = typeof end.value === 'object' ? end.value.later : PATIENCE[Math.min(tries++, PATIENCE.length - 1)]!
      timer = setTimeout(() => void send(), wait)
    }
    if (before > 0 && open.value.length === 0) useAnnouncer().say(t('field.outbox.allSent'))
    if (before !== open.value.length) void refresh(true)
    return end.value
  }

  /** Kept on this phone, then sent if there is a network. Answers what became of it so far. */
  async function write(work: Work, photos: KeptPhoto[], point?: Entry['point'], id = uuid()): Promise<Entry> {
    await start()
    const entry = await outbox.add({ id, work, photos, ...(point && { point }) })
    // Whoever stands in the rain is not kept waiting for a bad network: it goes on by itself.
    await Promise.race([send().catch(() => {}), new Promise((done) => setTimeout(done, AT_HAND))])
    return entries.value.find((one) => one.id === entry.id) ?? entry
  }

  function held(id: string): Entry | undefined {
    return outbox.entries.find((one) => one.id === id)
  }
  async function settle(id: string, how: 'again' | 'note' | 'drop') {
    const entry = held(id)
    if (!entry) return
    if (how === 'again') await outbox.again(entry)
    if (how === 'note') await outbox.asNote(entry, t('field.moves.NOTE'))
    if (how === 'drop') await outbox.drop(entry)
    await send()
  }

  /** Sends again what others overtook, as its writer put it since. */
  async function rewrite(id: string, words: string, photos: KeptPhoto[], without = ''): Promise<Entry> {
    const entry = held(id)
    if (!entry) throw new Error('nothing to send again')
    if (entry.work.kind === 'move') {
      const { without: _before, ...work } = entry.work
      entry.work = { ...work, words, ...(without && { without }) }
    }
    entry.photos = photos.map((photo) => entry.photos.find((one) => one.id === photo.id) ?? photo)
    await settle(id, 'again')
    return entries.value.find((one) => one.id === id) ?? entry
  }

  /** Reads the day anew and takes its cases along; quiet where what is shown may stay. */
  async function refresh(force = false): Promise<void> {
    if (loading.value || !me.value || (!force && copy.value?.whole && Date.now() - Date.parse(copy.value.at) < FRESH)) return
    const who = me.value
    loading.value = true
    try {
      const found = await api.getToday()
      await take(who.user, who.name, found, copy.value?.cases ?? [], false)
      error.value = undefined
      const [{ items }, grid] = await Promise.all([api.takeCasesAlong(), copy.value?.grid ?? api.getGrid(found.grid).catch(() => undefined)])
      if (me.value?.user === who.user) await take(who.user, who.name, found, items, true, grid)
    } catch (failure) {
      error.value = failure
    } finally {
      loading.value = false
    }
  }

  async function take(user: string, name: string, found: FieldToday, cases: FieldTakenCase[], whole: boolean, grid = copy.value?.grid) {
    copy.value = { owner: user, name, at: new Date().toISOString(), today: found, cases, ...(whole && { whole }), ...(grid && { grid }) }
    // A full disk or a private window: the day is still there to read, only not without a network.
    await store.write(copy.value).catch(() => {})
  }

  /** A case as the service has it, or as it was taken along. */
  async function look(number: string, signal: AbortSignal): Promise<FieldTakenCase & { kept?: string }> {
    await start()
    try {
      const [item, history] = await Promise.all([api.getCase(number, { signal }), api.getCaseHistory(number, { signal })])
      return { case: item, history: history.items }
    } catch (failure) {
      const taken = failure instanceof Offline ? copy.value?.cases.find((one) => one.case.number === number) : undefined
      if (!taken || !copy.value) throw failure
      return { ...taken, kept: copy.value.at }
    }
  }

  /** Signing out takes everything off this phone; what was not sent only with its writer's word. */
  async function leave() {
    for (const one of [...outbox.entries]) await outbox.drop(one).catch(() => {})
    outbox.close()
    copy.value = undefined
    await store.wipe().catch(() => {})
  }

  return { me, owner, entries, open, unsettled, copy, today, end, loading, error, start, send, write, rewrite, settle, refresh, look, leave, waitingOn: (number: string) => entries.value.filter((one) => one.lane === `case:${number}` && isOpen(one)) }
})

function whoOf({ by }: HistoryLine): string {
  if (by.kind === 'CLOCK') return t('staff.case.clockName')
  if (by.kind === 'RESIDENT') return by.name ?? t('staff.case.residentName')
  return [by.name, by.roleName && `（${by.roleName}）`].filter(Boolean).join('')
}

/** The case's words in one line, for the list of what waits. */
export function aboutOf(item: Pick<Case, 'text'>): string {
  return item.text.length > 40 ? `${item.text.slice(0, 40)}…` : item.text
}
