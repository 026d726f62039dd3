import { onScopeDispose, ref } from 'vue'

/** The time, ticking every half minute while somebody looks. */
export function useNow() {
  const now = ref(new Date())
  const timer = setInterval(() => (now.value = new Date()), 30_000)
  onScopeDispose(() => clearInterval(timer))
  return now
}
