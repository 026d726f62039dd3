import { defineStore } from 'pinia'
import { ref } from 'vue'
import { live } from '@/api/live'
import { api } from '@/api/operations'

/** The unread count on the tab bar; the inbox page itself reads its own pages. */
export const useInbox = defineStore('inbox', () => {
  const unread = ref(0)
  const refresh = () =>
    api
      .getInbox({ limit: 1 })
      .then((page) => (unread.value = page.unread))
      // The badge is a hint: without an answer it stays as it was.
      .catch(() => unread.value)
  live.onNotice(() => void refresh())
  live.onState((state) => state === 'connected' && void refresh())
  live.onState((state) => state === 'closed' && (unread.value = 0))
  return { unread, refresh }
})
