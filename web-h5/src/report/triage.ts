import { onScopeDispose, ref, watch } from 'vue'
import { api } from '@/api/operations'
import { isAbort } from '@/api/problem'
import { useReport } from './report'

const PAUSE = 600
const ENOUGH = 4

/** Listens while the resident writes: asks after a pause, drops stale answers. */
export function useTriage() {
  const report = useReport()
  const thinking = ref(false)
  const away = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let asking: AbortController | undefined

  async function ask(text: string) {
    const mine = (asking = new AbortController())
    thinking.value = true
    try {
      const point = report.draft.place?.point
      const answer = await api.triage(point ? { text, point } : { text }, { signal: mine.signal })
      report.understood = answer
      away.value = false
    } catch (error) {
      if (isAbort(error) || mine !== asking) return
      // Understanding is a help: filing goes on without it.
      away.value = true
    }
    thinking.value = false
  }

  watch(
    () => report.draft.text.trim(),
    (text, before) => {
      clearTimeout(timer)
      asking?.abort()
      thinking.value = false
      if (text.length < ENOUGH) {
        report.understood = undefined
        return
      }
      // What a restored draft says is asked for at once.
      timer = setTimeout(() => void ask(text), before === undefined ? 0 : PAUSE)
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    clearTimeout(timer)
    asking?.abort()
  })

  return { thinking, away }
}

/** How sure, in words: a number would only pretend to be exact. */
export function sureness(confidence: number): 'high' | 'middle' | 'low' {
  return confidence >= 0.8 ? 'high' : confidence >= 0.5 ? 'middle' : 'low'
}
