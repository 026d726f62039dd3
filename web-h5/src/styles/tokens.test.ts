import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const css = readFileSync('src/styles/tokens.css', 'utf8')
const plain = tokensOf(':root:root {')
const elder = { ...plain, ...tokensOf(":root:root[data-comfort='elder'] {") }

/** Text on ground, 4.5:1; the edge of a control on its ground, 3:1 (WCAG 1.4.3 and 1.4.11). */
const texts = [
  ['ink', 'ground'], ['ink', 'surface'], ['ink', 'sunken'], ['ink', 'primary-soft'], ['ink', 'accent-soft'],
  ['ink-soft', 'ground'], ['ink-soft', 'surface'], ['ink-soft', 'sunken'], ['ink-soft', 'primary-soft'],
  ['primary', 'ground'], ['primary', 'surface'], ['primary', 'sunken'], ['primary', 'primary-soft'],
  ['on-primary', 'primary'], ['on-primary', 'primary-deep'], ['on-primary-soft', 'primary'], ['on-primary-soft', 'primary-deep'],
  ['accent', 'surface'], ['accent', 'ground'], ['accent', 'accent-soft'], ['on-accent', 'accent'],
  ['danger', 'surface'], ['danger', 'ground'], ['danger', 'danger-soft'], ['on-danger', 'danger'],
  ['good', 'surface'], ['good', 'good-soft'], ['warn', 'surface'], ['warn', 'warn-soft'],
] as const
const edges = [['edge', 'surface'], ['edge', 'ground']] as const

describe.each([['plain', plain], ['elder', elder]])('in %s mode', (_name, tokens) => {
  test.each(texts)('%s_is_readable_on_%s', (ink, ground) => {
    expect(contrast(tokens[ink]!, tokens[ground]!)).toBeGreaterThanOrEqual(4.5)
  })
  test.each(edges)('%s_is_seen_on_%s', (edge, ground) => {
    expect(contrast(tokens[edge]!, tokens[ground]!)).toBeGreaterThanOrEqual(3)
  })
})

test('contrast_is_computed_as_wcag_says', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5)
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2)
})

test('touch_is_44_px_and_60_px_in_elder_mode', () => {
  expect(pixels(plain['touch']!)).toBeGreaterThanOrEqual(44)
  expect(pixels(elder['touch']!)).toBeGreaterThanOrEqual(60)
})

test('elder_text_is_18_to_30_points_and_lines_are_a_third_apart', () => {
  const sizes = Object.entries(elder).filter(([name]) => /^text/.test(name))
  expect(sizes.length).toBeGreaterThan(4)
  // 1.5rem is 24 px is 18 pt.
  for (const [, size] of sizes) expect(Number(/([\d.]+)rem/.exec(size)![1])).toBeGreaterThanOrEqual(1.5)
  const largest = Number(/data-text='largest'\] \{\s*--linge-scale: ([\d.]+)/.exec(css)![1])
  expect(24 * largest).toBeGreaterThanOrEqual(40)
  expect(Number(elder['leading'])).toBeGreaterThanOrEqual(1.3)
  expect(Number(elder['leading-tight'])).toBeGreaterThanOrEqual(1.3)
})

function tokensOf(selector: string): Record<string, string> {
  const start = css.indexOf(`\n${selector}`)
  const block = css.slice(start, css.indexOf('\n}', start))
  return Object.fromEntries([...block.matchAll(/--linge-([\w-]+):\s*([^;]+);/g)].map((m) => [m[1]!, m[2]!.trim()]))
}
function pixels(rem: string): number {
  return Number.parseFloat(rem) * 16
}
function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number]
  return (high + 0.05) / (low + 0.05)
}
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
