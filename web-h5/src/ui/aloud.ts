import { defineStore } from 'pinia'
import { ref, watch } from 'vue'
import { useComfort } from '@/comfort/comfort'

const KEPT = 'linge.aloud'

/** Reading aloud with the phone's own voice: one text at a time, by a button or, switched on, whatever is new. */
export const useAloud = defineStore('aloud', () => {
  const voice = window.speechSynthesis as SpeechSynthesis | undefined
  const can = voice !== undefined && typeof SpeechSynthesisUtterance === 'function'
  const always = ref(can && wanted())
  /** What is being read now, by the name its button knows it by. */
  const reading = ref<string>()
  const comfort = useComfort()
  const waiting: { name: string; text: string }[] = []
  let round = 0

  watch(always, (on) => {
    try {
      localStorage.setItem(KEPT, on ? 'on' : 'off')
    } catch {
      // Private windows refuse storage: the switch then lasts as long as the page.
    }
    if (!on) stop()
  })

  /** Reads this now, whatever was being read; the same once more stops it. */
  function toggle(name: string, text: string) {
    const same = reading.value === name
    stop()
    if (!same) next(name, text)
  }

  /** Reads this after what is being read. */
  function follow(name: string, text: string) {
    if (!can) return
    if (reading.value === undefined) next(name, text)
    else waiting.push({ name, text })
  }

  function stop() {
    round += 1
    waiting.length = 0
    reading.value = undefined
    voice?.cancel()
  }

  function next(name: string, text: string) {
    const mine = (round += 1)
    const sentences = sentencesOf(text)
    reading.value = name
    const done = () => {
      if (mine !== round) return
      reading.value = undefined
      const more = waiting.shift()
      if (more) next(more.name, more.text)
    }
    if (!voice || sentences.length === 0) return done()
    // A sentence each: some browsers fall silent in the middle of a long text.
    sentences.forEach((sentence, at) => {
      const words = new SpeechSynthesisUtterance(sentence)
      words.lang = 'zh-CN'
      words.rate = comfort.elder ? 0.85 : 1
      const chinese = voice.getVoices().find(({ lang }) => /^zh[-_](CN|Hans)/i.test(lang))
      if (chinese) words.voice = chinese
      if (at === sentences.length - 1) words.onend = done
      words.onerror = ({ error }) => error !== 'interrupted' && error !== 'canceled' && done()
      voice.speak(words)
    })
  }

  return { can, always, reading, toggle, follow, stop }
})

/** Sentences short enough for every voice; brackets of citations read as a pause. */
export function sentencesOf(text: string): string[] {
  return text
    .replace(/[〔〕]/g, '，')
    .split(/(?<=[。！？；\n])/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence))
}

function wanted(): boolean {
  try {
    return localStorage.getItem(KEPT) === 'on'
  } catch {
    return false
  }
}
