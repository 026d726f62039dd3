import { defineStore } from 'pinia'
import { ref } from 'vue'

/** What a screen reader says when something changes without being touched: a new page, a live line, a saved draft. */
export const useAnnouncer = defineStore('announcer', () => {
  const words = ref('')
  function say(text: string) {
    // Emptied first, so that the same sentence twice is heard twice.
    words.value = ''
    setTimeout(() => (words.value = text), 60)
  }
  return { words, say }
})
