import { onScopeDispose, ref } from 'vue'

/** What browsers call SpeechRecognition; TypeScript's library leaves it out as not every browser has it. */
interface Recognition extends EventTarget {
  lang: string
  continuous: boolean
  interimResults: boolean
  onresult: ((event: { results: ArrayLike<{ isFinal: boolean; 0: { transcript: string } }> }) => void) | null
  onerror: ((event: { error: string }) => void) | null
  onend: (() => void) | null
  start(): void
  stop(): void
  abort(): void
}
type RecognitionClass = new () => Recognition

export type VoiceTrouble = 'denied' | 'nothing' | 'away'

/** Speaking instead of typing, where the browser can: `heard` gets the words so far, again and again. */
export function useVoice(heard: (words: string, whole: boolean) => void) {
  const found = (window as { SpeechRecognition?: RecognitionClass; webkitSpeechRecognition?: RecognitionClass })
  const Found = found.SpeechRecognition ?? found.webkitSpeechRecognition
  const listening = ref(false)
  const trouble = ref<VoiceTrouble>()
  let running: Recognition | undefined

  function start() {
    if (!Found || listening.value) return
    trouble.value = undefined
    const mine = (running = new Found())
    mine.lang = 'zh-CN'
    mine.continuous = false
    mine.interimResults = true
    mine.onresult = ({ results }) => {
      const all = Array.from(results)
      heard(all.map((one) => one[0].transcript).join(''), all.every(({ isFinal }) => isFinal))
    }
    mine.onerror = ({ error }) => (trouble.value = troubleOf(error))
    mine.onend = () => (listening.value = false)
    try {
      mine.start()
      listening.value = true
    } catch {
      trouble.value = 'away'
    }
  }

  const stop = () => running?.stop()
  onScopeDispose(() => running?.abort())
  return { can: Found !== undefined, listening, trouble, start, stop }
}

function troubleOf(error: string): VoiceTrouble | undefined {
  if (error === 'aborted') return undefined
  if (error === 'not-allowed' || error === 'service-not-allowed') return 'denied'
  return error === 'no-speech' ? 'nothing' : 'away'
}
