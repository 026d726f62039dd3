import { expect, test } from 'vitest'
import { dayOf, fen, signed, yuan } from './evaluation'

test('points_carry_a_sign_and_no_noise_of_binary_fractions', () => {
  expect(signed(1.5)).toBe('+1.5')
  expect(signed(0.1 + 0.2)).toBe('+0.3')
  expect(signed(-3)).toBe('-3')
  expect(signed(0)).toBe('0')
})

test('yuan_and_fen_are_the_same_amount', () => {
  expect(yuan(30_000)).toBe('300.00')
  expect(yuan(-550)).toBe('-5.50')
  for (const amount of [1, 10, 99, 12_345, 100_000_000]) expect(fen(yuan(amount))).toBe(amount)
  expect(fen('12.3')).toBe(1230)
  expect(fen(' 7 ')).toBe(700)
  for (const wrong of ['', '-1', '1.234', '十元', '1e3', '123456789']) expect(fen(wrong)).toBeUndefined()
})

test('a_day_is_the_citys_day', () => {
  expect(dayOf('2026-10-12T16:00:00Z')).toBe('2026-10-13')
  expect(dayOf('2026-10-12T15:59:59Z')).toBe('2026-10-12')
})
