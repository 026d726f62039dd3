import { defineStore } from 'pinia'
import { ref, toRaw, watch } from 'vue'
import { api } from '@/api/operations'
import { Offline, Problem } from '@/api/problem'
import type { Case, Filing, TriageAnswer } from '@/api/types'
import { upload } from '@/api/upload'
import { uuid } from '@/app/uuid'
import { downscaled } from './downscale'
import { DraftStore, emptyDraft, isBlank, type Draft, type DraftMedia } from './draft'

/** How an upload stands: waiting, 0–1 of it sent, kept by the service, or failed. */
export type UploadState = { kind: 'waiting' | 'kept' } | { kind: 'sending'; part: number } | { kind: 'failed'; error: unknown }

export type Outcome = { kind: 'filed'; case: Case } | { kind: 'queued' } | { kind: 'already' } | { kind: 'failed'; error: unknown }

const store = new DraftStore()

/** The one complaint being written on this device: the draft, its uploads, and sending it exactly once. */
export const useReport = defineStore('report', () => {
  const draft = ref<Draft>(emptyDraft())
  const restored = ref(false)
  const ready = ref(false)
  const sending = ref(false)
  const uploads = ref<Record<string, UploadState>>({})
  /** What was understood from the words; the words it belongs to decide whether it still counts. */
  const understood = ref<TriageAnswer>()
  const filed = ref<Case>()

  let opening: Promise<void> | undefined
  function open(): Promise<void> {
    opening ??= store
      .read()
      .catch(() => undefined)
      .then((kept) => {
        if (kept && !isBlank(kept)) {
          draft.value = kept
          restored.value = true
          for (const one of kept.media) uploads.value[one.id] = { kind: one.media ? 'kept' : 'waiting' }
        }
        ready.value = true
        watch(draft, keepSoon, { deep: true })
      })
    return opening
  }

  let timer: ReturnType<typeof setTimeout> | undefined
  function keepSoon() {
    clearTimeout(timer)
    timer = setTimeout(() => void keep(), 400)
  }
  async function keep() {
    clearTimeout(timer)
    const now = toRaw(draft.value)
    // A full disk or a private window: the page still works, only the safety net is missing.
    await (isBlank(now) ? store.clear() : store.write(now)).catch(() => {})
  }

  async function discard() {
    for (const { media } of draft.value.media) if (media) void api.deleteMedia(media.id).catch(() => {})
    await startAnew()
  }
  async function startAnew() {
    draft.value = emptyDraft()
    uploads.value = {}
    understood.value = undefined
    restored.value = false
    await keep()
  }

  async function addMedia(file: File) {
    const kind = file.type.startsWith('video/') ? 'VIDEO' : 'PHOTO'
    const bytes = kind === 'PHOTO' ? await downscaled(file) : file
    const one: DraftMedia = { id: uuid(), kind, bytes }
    uploads.value[one.id] = { kind: 'waiting' }
    draft.value.media.push(one)
    return one.id
  }

  async function uploadOne(id: string) {
    const one = draft.value.media.find((found) => found.id === id)
    if (!one || one.media || uploads.value[id]?.kind === 'sending') return
    uploads.value[id] = { kind: 'sending', part: 0 }
    try {
      one.media = await upload(toRaw(one).bytes, (part) => (uploads.value[id] = { kind: 'sending', part }))
      uploads.value[id] = { kind: 'kept' }
    } catch (error) {
      uploads.value[id] = { kind: 'failed', error }
      throw error
    }
  }

  function removeMedia(id: string) {
    const at = draft.value.media.findIndex((found) => found.id === id)
    const [gone] = at < 0 ? [] : draft.value.media.splice(at, 1)
    delete uploads.value[id]
    if (gone?.media) void api.deleteMedia(gone.media.id).catch(() => {})
  }

  /** Sends the draft. Without an answer it stays, marked as queued, under the same key. */
  async function submit(): Promise<Outcome> {
    if (sending.value) return { kind: 'queued' }
    sending.value = true
    try {
      for (const { id } of draft.value.media) await uploadOne(id)
      const body = bodyToSend(draft.value, understood.value)
      await keep()
      const found = await api.fileCase(draft.value.key, body)
      filed.value = found
      // Only a hint for the desk: filed is filed, with or without it.
      if (draft.value.joins) void api.joinTwins(found.number).catch(() => {})
      await startAnew()
      return { kind: 'filed', case: found }
    } catch (error) {
      if (error instanceof Offline) {
        draft.value.queued = true
        await keep()
        return { kind: 'queued' }
      }
      draft.value.queued = false
      await keep()
      if (error instanceof Problem && error.kind === 'key-reused') {
        await startAnew()
        return { kind: 'already' }
      }
      return { kind: 'failed', error }
    } finally {
      sending.value = false
    }
  }

  return { draft, restored, ready, sending, uploads, understood, filed, open, keep, discard, addMedia, uploadOne, removeMedia, submit }
})

/** The body of the last unanswered try while nothing was edited since, else a new one. Remembered in the draft. */
export function bodyToSend(draft: Draft, understood: TriageAnswer | undefined): Filing {
  const as = JSON.stringify(filingOf(draft, undefined))
  if (draft.sent?.as !== as) draft.sent = { as, body: filingOf(draft, understood) }
  return draft.sent.body
}

/** What is filed is what the page showed: the hand-made choice first, else what was understood. */
export function filingOf(draft: Draft, understood: TriageAnswer | undefined): Filing {
  const category = draft.category ?? (understood?.abstained ? null : understood?.category)
  const grid = draft.place?.grid ?? understood?.grid
  const address = [draft.place?.address, draft.detail.trim()].filter(Boolean).join(' ')
  return {
    text: draft.text.trim(),
    ...(category ? { category: category.code } : {}),
    ...(grid ? { grid: grid.code } : {}),
    ...(draft.place?.point ? { point: draft.place.point } : {}),
    ...(address ? { address } : {}),
    ...(draft.media.length > 0 ? { media: draft.media.flatMap(({ media }) => (media ? [media.id] : [])) } : {}),
    ...(draft.privacy === 'ANONYMOUS' ? { anonymous: true } : {}),
    ...(draft.privacy === 'CONFIDENTIAL' ? { confidential: true } : {}),
  }
}
