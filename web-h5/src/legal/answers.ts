import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import type { EligibilityAnswers } from '@/api/types'

const KEPT = 'linge.aid'

/** The answers to the eligibility questions, in the order they were given: as long as this tab is open, and nowhere else. */
export const useAnswers = defineStore('answers', () => {
  const given = ref<{ id: string; value: string }[]>(read())

  watch(given, (now) => {
    try {
      if (now.length > 0) sessionStorage.setItem(KEPT, JSON.stringify(now))
      else sessionStorage.removeItem(KEPT)
    } catch {
      // Private windows refuse storage: the answers then last as long as the page.
    }
  }, { deep: true })

  const answers = computed<EligibilityAnswers>(() => Object.fromEntries(given.value.map(({ id, value }) => [id, value])))
  /** The answer to a question; answering it again forgets what came after it, as that may depend on it. */
  function give(id: string, value: string) {
    const at = given.value.findIndex((one) => one.id === id)
    given.value = [...(at < 0 ? given.value : given.value.slice(0, at)), { id, value }]
  }
  function back() {
    const last = given.value[given.value.length - 1]
    given.value = given.value.slice(0, -1)
    return last
  }
  return { given, answers, give, back, clear: () => (given.value = []) }
})

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT) ?? '[]') as { id: string; value: string }[]
  } catch {
    return []
  }
}
