import { onScopeDispose, ref } from 'vue'

/** The time, kept right twice a minute, for words such as “还剩 20 分钟”. */
export function useNow() {
  const now = ref(new Date())
  const timer = setInterval(() => (now.value = new Date()), 30_000)
  onScopeDispose(() => clearInterval(timer))
  return now
}
