import { beforeEach, expect, test } from 'vitest'
import { BINDINGS, hear, keysOn, placeOf, switchKeys, type Pressed } from './keys'

const on = (key: string, at: Pressed['at'] = 'row', more: Partial<Pressed> = {}) => hear({ key, at, ...more }, false)

beforeEach(() => {
  document.body.innerHTML = ''
  localStorage.clear()
})

test('each_key_means_one_thing', () => {
  for (const afterG of [true, undefined]) {
    const keys = BINDINGS.flatMap(({ bindings }) => bindings).filter((one) => one.afterG === afterG).flatMap((one) => one.keys)
    expect(new Set(keys).size).toBe(keys.length)
  }
})

test('letters_and_arrows_move_and_act', () => {
  expect(on('j')).toEqual({ command: 'next' })
  expect(on('ArrowUp')).toEqual({ command: 'previous' })
  expect(on('d', 'page')).toEqual({ command: 'dispatch' })
  expect(on('?')).toEqual({ command: 'help' })
  expect(on('v')).toEqual({ command: 'visit' })
  expect(on('r')).toEqual({ command: 'refresh' })
  expect(on('z')).toBeUndefined()
})

test('nothing_is_heard_while_typing_or_in_a_dialog', () => {
  for (const key of ['a', 'd', 'j', '/', 'Enter', 'Escape', '1', 'g'])
    for (const at of ['typing', 'dialog'] as const) expect(on(key, at)).toBeUndefined()
})

test('with_a_modifier_or_an_input_method_the_key_is_somebody_elses', () => {
  for (const more of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }, { isComposing: true }])
    expect(on('a', 'row', more)).toBeUndefined()
})

test('a_control_keeps_enter_and_arrows_and_leaves_the_letters', () => {
  expect(on('Enter', 'control')).toBeUndefined()
  expect(on('ArrowDown', 'control')).toBeUndefined()
  expect(on('j', 'control')).toEqual({ command: 'next' })
})

test('g_waits_for_its_letter_and_any_other_ends_it', () => {
  expect(on('g')).toBe('g')
  expect(hear({ key: 'l', at: 'row' }, true)).toEqual({ command: 'goLate' })
  // Not “accept”: after g this letter leads to all cases.
  expect(hear({ key: 'a', at: 'row' }, true)).toEqual({ command: 'goAll' })
  expect(hear({ key: 'd', at: 'row' }, true)).toBeUndefined()
})

test('where_the_focus_is_decides_who_hears', () => {
  document.body.innerHTML = '<input id="q"><textarea id="w"></textarea><select id="s"></select><button id="b"></button><input type="checkbox" id="c"><div data-row tabindex="0" id="r"></div><p id="p"></p>'
  const at = (id: string) => placeOf(document.getElementById(id))
  expect(['q', 'w', 's'].map(at)).toEqual(['typing', 'typing', 'typing'])
  expect(['b', 'c'].map(at)).toEqual(['control', 'control'])
  expect([at('r'), at('p')]).toEqual(['row', 'page'])
  document.body.insertAdjacentHTML('beforeend', '<dialog open></dialog>')
  expect(at('r')).toBe('dialog')
})

test('shortcuts_can_be_switched_off_and_on_again', () => {
  expect(keysOn()).toBe(true)
  switchKeys(false)
  expect(keysOn()).toBe(false)
  switchKeys(true)
  expect(keysOn()).toBe(true)
})
