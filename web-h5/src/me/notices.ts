import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import type { Body } from '@/api/operations'
import { Offline } from '@/api/problem'
import type { MyNotices } from '@/api/types'

export type Choices = Body<'putMyNotices'>
/** Where the last change is: on its way, kept (and can be taken back), taken back, or not kept with its reason. */
export type Keeping = 'still' | 'saving' | 'saved' | 'undone' | 'unsaved'

/** What is chosen, without the state of each way. */
export function choicesOf({ ways, quiet, elderWords }: MyNotices): Choices {
  const on = (way: MyNotices['ways'][number]['way']) => ways.find((one) => one.way === way)?.on ?? true
  return { wechat: on('wechat'), sms: on('sms'), webPush: on('web-push'), quiet: quiet ?? null, elderWords }
}

/** Whether nothing comes to the person by itself: no way that works is switched on. */
export function silent({ ways }: MyNotices, choices: Choices): boolean {
  const on = { wechat: choices.wechat, sms: choices.sms, 'web-push': choices.webPush }
  return !ways.some(({ way, state }) => state === 'READY' && on[way])
}

/**
 * Every change is saved at once, one after the other, the newest last; what could not be saved stays on the page and goes out
 * when the network is back. One step can be taken back.
 */
export function useChoices(put: (choices: Choices) => Promise<MyNotices>, online: Ref<boolean>) {
  const there = shallowRef<MyNotices>()
  const choices = ref<Choices>()
  const keeping = ref<Keeping>('still')
  const failure = shallowRef<unknown>()
  const undoTo = shallowRef<Choices>()
  /** What the service has. */
  let kept: Choices | undefined
  let running = false

  function take(found: MyNotices) {
    there.value = found
    kept = choicesOf(found)
    if (keeping.value !== 'unsaved' && !running) choices.value = { ...kept }
  }

  function change(part: Partial<Choices>) {
    if (!choices.value) return
    choices.value = { ...choices.value, ...part }
    void save('saved')
  }

  async function save(after: Keeping) {
    if (running) return
    running = true
    try {
      while (choices.value && !same(choices.value, kept)) {
        const before = kept
        keeping.value = 'saving'
        const found = await put({ ...choices.value })
        there.value = found
        kept = choicesOf(found)
        undoTo.value = after === 'undone' ? undefined : before
        failure.value = undefined
      }
      // Back to what it was before it was sent: nothing is left to say.
      keeping.value = keeping.value === 'saving' ? after : 'still'
    } catch (error) {
      failure.value = error
      keeping.value = 'unsaved'
    } finally {
      running = false
    }
  }

  function undo() {
    if (!undoTo.value) return
    choices.value = { ...undoTo.value }
    void save('undone')
  }

  /** Not after all: as the service has it. */
  function revert() {
    if (kept) choices.value = { ...kept }
    failure.value = undefined
    keeping.value = 'still'
  }

  watch(online, (now) => {
    if (now && keeping.value === 'unsaved' && failure.value instanceof Offline) void save('saved')
  })

  return {
    there,
    choices: computed(() => choices.value),
    keeping,
    failure,
    mayUndo: computed(() => keeping.value === 'saved' && undoTo.value !== undefined),
    take,
    change,
    retry: () => save('saved'),
    undo,
    revert,
  }
}

function same(a: Choices, b: Choices | undefined): boolean {
  return JSON.stringify(inOrder(a)) === JSON.stringify(b && inOrder(b))
}
function inOrder({ wechat, sms, webPush, quiet, elderWords }: Choices) {
  return [wechat, sms, webPush, quiet?.from, quiet?.to, elderWords]
}
