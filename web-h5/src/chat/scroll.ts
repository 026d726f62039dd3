import { onMounted, onScopeDispose, ref } from 'vue'

const NEAR = 120

/** Keeps the newest line in sight for who is reading it, and leaves alone who is reading above. */
export function useScroll(talking: () => boolean) {
  const behind = ref(false)
  let near = true

  const left = () => document.documentElement.scrollHeight - window.scrollY - window.innerHeight
  const seen = () => {
    near = left() < NEAR
    if (near) behind.value = false
  }
  onMounted(() => window.addEventListener('scroll', seen, { passive: true }))
  onScopeDispose(() => window.removeEventListener('scroll', seen))

  // A keyboard that comes up, a photo that gets its height: who was at the end stays there.
  const grown = new ResizeObserver(() => near && talking() && toEnd())
  onMounted(() => grown.observe(document.documentElement))
  onScopeDispose(() => grown.disconnect())

  function toEnd(smooth = false) {
    near = true
    behind.value = false
    window.scrollTo({ top: document.documentElement.scrollHeight, behavior: smooth ? 'smooth' : 'auto' })
  }

  /** Something is new at the end. What I said myself I want to see. */
  function follow(mine: boolean) {
    if (near || mine) toEnd(true)
    else behind.value = true
  }

  return { behind, toEnd, follow }
}
