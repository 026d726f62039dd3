/** The other tabs of this device: told when something kept here changed, and heard when they changed it. */
export interface Tabs {
  tell(): void
  hear(then: () => void): void
}

/** A round of sending changes much at once: the others look when it has settled for a moment. */
const SETTLED = 100

export function otherTabs(name: string): Tabs {
  // Old phones without it see what another tab did when they are opened again, as before.
  const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(name)
  return {
    tell: () => channel?.postMessage(name),
    hear: (then) => {
      let timer: ReturnType<typeof setTimeout> | undefined
      channel?.addEventListener('message', () => {
        clearTimeout(timer)
        timer = setTimeout(then, SETTLED)
      })
    },
  }
}
