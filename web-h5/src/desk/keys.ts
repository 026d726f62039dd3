import type { Key } from '@/locales'

/** What a key at the desk does. */
export type Command =
  | 'next' | 'previous' | 'open' | 'close' | 'select'
  | 'accept' | 'dispatch' | 'escalate' | 'note' | 'supervise' | 'visit'
  | 'refresh' | 'search' | 'filter' | 'help'
  | 'goTodo' | 'goOpen' | 'goClosed' | 'goAll' | 'goLate' | 'goInbox'

/** One row of the help sheet, and what the desk listens to: there is no second list. */
export interface Binding {
  command: Command
  /** As `KeyboardEvent.key`; of those after `g`, the second. */
  keys: readonly string[]
  afterG?: true
  label: Key
}

export const BINDINGS: readonly { name: Key; bindings: readonly Binding[] }[] = [
  {
    name: 'desk.keys.move',
    bindings: [
      { command: 'next', keys: ['j', 'ArrowDown'], label: 'desk.keys.next' },
      { command: 'previous', keys: ['k', 'ArrowUp'], label: 'desk.keys.previous' },
      { command: 'open', keys: ['Enter'], label: 'desk.keys.open' },
      { command: 'close', keys: ['Escape'], label: 'desk.keys.close' },
      { command: 'select', keys: ['x'], label: 'desk.keys.select' },
      { command: 'refresh', keys: ['r'], label: 'desk.keys.refresh' },
      { command: 'search', keys: ['/'], label: 'desk.keys.search' },
      { command: 'filter', keys: ['f'], label: 'desk.keys.filter' },
      { command: 'help', keys: ['?'], label: 'desk.keys.help' },
    ],
  },
  {
    name: 'desk.keys.act',
    bindings: [
      { command: 'accept', keys: ['a'], label: 'desk.keys.accept' },
      { command: 'dispatch', keys: ['d'], label: 'desk.keys.dispatch' },
      { command: 'escalate', keys: ['e'], label: 'desk.keys.escalate' },
      { command: 'note', keys: ['n'], label: 'desk.keys.note' },
      { command: 'supervise', keys: ['s'], label: 'desk.keys.supervise' },
      { command: 'visit', keys: ['v'], label: 'desk.keys.visit' },
    ],
  },
  {
    name: 'desk.keys.go',
    bindings: [
      { command: 'goTodo', keys: ['t'], afterG: true, label: 'desk.keys.todo' },
      { command: 'goOpen', keys: ['o'], afterG: true, label: 'desk.keys.opened' },
      { command: 'goLate', keys: ['l'], afterG: true, label: 'desk.keys.late' },
      { command: 'goClosed', keys: ['c'], afterG: true, label: 'desk.keys.closed' },
      { command: 'goAll', keys: ['a'], afterG: true, label: 'desk.keys.all' },
      { command: 'goInbox', keys: ['i'], afterG: true, label: 'desk.keys.inbox' },
    ],
  },
]

/** A key as the desk sees it. */
export interface Pressed {
  key: string
  ctrlKey?: boolean
  metaKey?: boolean
  altKey?: boolean
  isComposing?: boolean
  /** Where the focus is. */
  at: 'row' | 'typing' | 'dialog' | 'control' | 'page'
}

/** What follows a press: a command, a `g` that waits for its letter, or nothing of ours. */
export type Heard = { command: Command } | 'g' | undefined

const all = BINDINGS.flatMap(({ bindings }) => bindings)

/**
 * Pure. Nothing is heard while typing, within a dialog or together with a modifier: those keys are the browser's, the input
 * method's or the dialog's. Enter, the arrows and Escape belong to whatever control has the focus.
 */
export function hear(pressed: Pressed, pending: boolean): Heard {
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey || pressed.isComposing) return undefined
  if (pressed.at === 'typing' || pressed.at === 'dialog') return undefined
  if (pressed.at === 'control' && /^(Enter|Arrow\w+| )$/.test(pressed.key)) return undefined
  if (pending) return commanded(all.find((one) => one.afterG && one.keys.includes(pressed.key)))
  if (pressed.key === 'g') return 'g'
  return commanded(all.find((one) => !one.afterG && one.keys.includes(pressed.key)))
}

function commanded(binding: Binding | undefined): Heard {
  return binding && { command: binding.command }
}

/** Where a key lands, for `hear`. */
export function placeOf(target: EventTarget | null): Pressed['at'] {
  const at = target instanceof HTMLElement ? target : undefined
  if (document.querySelector('dialog[open]') || [...document.querySelectorAll<HTMLElement>('.van-dialog')].some((one) => one.style.display !== 'none')) return 'dialog'
  if (at?.closest('input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable="true"]')) return 'typing'
  if (at?.matches('[data-row]')) return 'row'
  return at?.closest('a, button, input, summary') ? 'control' : 'page'
}

const OFF = 'linge.desk.keys'

/** WCAG 2.1.4: single letters can be switched off, on this device. */
export function keysOn(): boolean {
  try {
    return localStorage.getItem(OFF) !== 'off'
  } catch {
    return true
  }
}

export function switchKeys(on: boolean) {
  try {
    if (on) localStorage.removeItem(OFF)
    else localStorage.setItem(OFF, 'off')
  } catch {
    // Kept for as long as the page is open.
  }
}
