import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { reactive } from 'vue'
import { DraftStore, emptyDraft, isBlank, type Draft } from './draft'

const store = () => new DraftStore(`linge-${crypto.randomUUID()}`)

test('a_draft_comes_back_with_its_words_choices_photos_and_key', async () => {
  const drafts = store()
  const draft: Draft = {
    ...emptyDraft(),
    text: '楼道灯坏了',
    category: { code: 'a', path: ['城乡建设', '公共照明'] },
    place: { grid: { code: '140403001001001', name: '一网格', kind: 'RESIDENTIAL', demo: true }, placeName: '潞州区', how: 'map' },
    privacy: 'CONFIDENTIAL',
    media: [{ id: '1', kind: 'PHOTO', bytes: new Blob(['photo'], { type: 'image/jpeg' }) }],
    queued: true,
  }
  // The page hands over Vue's proxy, which IndexedDB cannot clone by itself.
  await drafts.write(reactive(draft) as Draft)
  const found = (await drafts.read())!
  expect({ ...found, media: [] }).toEqual({ ...draft, media: [] })
  expect(found.media[0]!.bytes.type).toBe('image/jpeg')
  expect(await found.media[0]!.bytes.text()).toBe('photo')
})

test('a_cleared_draft_is_gone', async () => {
  const drafts = store()
  await drafts.write({ ...emptyDraft(), text: '噪音' })
  await drafts.clear()
  expect(await drafts.read()).toBeUndefined()
})

test('writing_again_replaces_and_keeps_the_key', async () => {
  const drafts = store()
  const draft = emptyDraft()
  await drafts.write({ ...draft, text: '一' })
  await drafts.write({ ...draft, text: '二' })
  expect(await drafts.read()).toMatchObject({ text: '二', key: draft.key })
})

test('two_drafts_never_share_a_key', () => {
  expect(emptyDraft().key).not.toBe(emptyDraft().key)
})

test('a_draft_of_spaces_is_blank_and_one_with_a_photo_is_not', () => {
  expect(isBlank({ ...emptyDraft(), text: '  \n' })).toBe(true)
  expect(isBlank({ ...emptyDraft(), media: [{ id: '1', kind: 'PHOTO', bytes: new Blob() }] })).toBe(false)
})
