import { expect, test } from 'vitest'
import { planOf } from './downscale'

const MB = 1024 * 1024

test('a_big_photo_is_drawn_at_2560_on_its_longest_side', () => {
  expect(planOf('image/jpeg', 6 * MB, 4032, 3024)).toEqual({ scale: true, width: 2560, height: 1920 })
  expect(planOf('image/jpeg', 6 * MB, 3024, 4032)).toEqual({ scale: true, width: 1920, height: 2560 })
})

test('a_small_light_photo_goes_as_it_is', () => {
  expect(planOf('image/jpeg', MB, 1280, 960)).toEqual({ scale: false, width: 1280, height: 960 })
})

test('a_small_heavy_photo_is_drawn_lighter_at_its_own_size', () => {
  expect(planOf('image/png', 8 * MB, 2000, 1500)).toEqual({ scale: true, width: 2000, height: 1500 })
})

test('a_gif_keeps_its_motion_and_an_empty_picture_is_left_alone', () => {
  expect(planOf('image/gif', 9 * MB, 4000, 4000).scale).toBe(false)
  expect(planOf('image/jpeg', 9 * MB, 0, 0).scale).toBe(false)
})
