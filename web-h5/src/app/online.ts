import { ref } from 'vue'

const online = ref(navigator.onLine)
window.addEventListener('online', () => (online.value = true))
window.addEventListener('offline', () => (online.value = false))

/** Whether the browser believes it has a network: a hint for the bar atop, never a proof. */
export function useOnline() {
  return online
}
