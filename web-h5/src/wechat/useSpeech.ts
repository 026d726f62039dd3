import { onScopeDispose, ref } from 'vue'
import { useVoice, type VoiceTrouble } from '@/chat/voice'
import { inWeChat, weChat, type Wx } from './wx'

/** Speaking instead of typing: WeChat listens and translates inside it, the browser elsewhere. */
export function useSpeech(heard: (words: string, whole: boolean) => void) {
  const browser = useVoice(heard)
  return inWeChat() ? useWeChatVoice(heard, browser) : browser
}

function useWeChatVoice(heard: (words: string, whole: boolean) => void, browser: ReturnType<typeof useVoice>): ReturnType<typeof useVoice> {
  const can = ref(true)
  const listening = ref(false)
  const trouble = ref<VoiceTrouble>()
  let wx: Wx | undefined

  async function start() {
    if (listening.value) return
    trouble.value = undefined
    wx = await weChat()
    if (!wx) {
      // Without WeChat's ear there may still be the browser's.
      if (browser.can) browser.start()
      else trouble.value = 'away'
      return
    }
    const mine = wx
    mine.startRecord({
      success: () => {
        listening.value = true
        // WeChat itself ends after a minute.
        mine.onVoiceRecordEnd({ complete: ({ localId }) => translate(mine, localId) })
      },
      cancel: () => (trouble.value = 'denied'),
      fail: () => (trouble.value = 'away'),
    })
  }

  function stop() {
    const mine = wx
    if (!listening.value || !mine) return browser.stop()
    mine.stopRecord({ success: ({ localId }) => translate(mine, localId), fail: () => over('nothing') })
  }

  function translate(mine: Wx, localId: string) {
    listening.value = false
    mine.translateVoice({
      localId,
      isShowProgressTips: 1,
      success: ({ translateResult }) => (translateResult ? heard(translateResult.replace(/。$/, ''), true) : over('nothing')),
      fail: () => over('nothing'),
    })
  }

  function over(why: VoiceTrouble) {
    listening.value = false
    trouble.value = why
  }

  onScopeDispose(() => listening.value && wx?.stopRecord({}))
  return { can: can.value, listening, trouble, start, stop }
}
