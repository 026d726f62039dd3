import { defineStore } from 'pinia'
import { ref, watchEffect } from 'vue'

export type TextSize = 'normal' | 'larger' | 'largest'
const KEPT = 'linge.comfort'

/** Elder mode and text size: attributes on <html>, kept on this device. The looks themselves are in tokens.css. */
export const useComfort = defineStore('comfort', () => {
  const kept = read()
  const elder = ref(kept.elder)
  const text = ref<TextSize>(kept.text)

  watchEffect(() => {
    const html = document.documentElement
    if (elder.value) html.setAttribute('data-comfort', 'elder')
    else html.removeAttribute('data-comfort')
    html.setAttribute('data-text', elder.value ? text.value : 'normal')
    try {
      localStorage.setItem(KEPT, JSON.stringify({ elder: elder.value, text: text.value }))
    } catch {
      // Private windows refuse storage: the choice then lasts as long as the page.
    }
  })

  return { elder, text, toggle: () => (elder.value = !elder.value) }
})

function read(): { elder: boolean; text: TextSize } {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT) ?? '{}') as { elder?: boolean; text?: TextSize }
    return { elder: kept.elder === true, text: kept.text ?? 'normal' }
  } catch {
    return { elder: false, text: 'normal' }
  }
}
