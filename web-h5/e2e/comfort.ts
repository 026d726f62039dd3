import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect } from './house'

export type Mode = 'plain' | 'elder'
const WIDTH = 375

export async function setMode(page: Page, mode: Mode) {
  await page.addInitScript((elder) => localStorage.setItem('linge.comfort', JSON.stringify({ elder, text: 'normal' })), mode === 'elder')
}

/** What every page owes everybody: no sideways scrolling, room for a thumb, and nothing axe-core finds serious. */
export async function expectComfort(page: Page, mode: Mode) {
  await expect.soft(page.locator('html')).toHaveAttribute('data-text', 'normal')
  expect.soft(await page.evaluate(() => document.documentElement.scrollWidth), 'no sideways scrolling').toBeLessThanOrEqual(WIDTH)
  expect.soft(await page.evaluate(smallTargets, mode === 'elder' ? 60 : 44), 'every target has room for a thumb').toEqual([])
  await expectNothingSerious(page)
}

/** Nothing axe-core finds serious. */
export async function expectNothingSerious(page: Page) {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze()
  const serious = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target, any }) => `${target.join(' ')} ${any[0]?.message ?? ''}`).join(' | ')}`)
  expect.soft(serious, 'axe-core finds nothing serious').toEqual([])
}

/** Runs in the page: what can be tapped and is smaller than it must be, links inside sentences aside. */
function smallTargets(least: number): string[] {
  const top = [...document.querySelectorAll<HTMLElement>('dialog[open]')].at(-1) ?? document.body
  const found: string[] = []
  for (const one of top.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, [role=tab], summary')) {
    // A radio, a tick or a hidden file input is tapped through its label.
    const input = one instanceof HTMLInputElement && ['radio', 'checkbox', 'file'].includes(one.type)
    const target = input ? (one.closest('label') ?? one.labels?.[0] ?? one) : one
    if (!target.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) || target.closest('[inert], [aria-hidden=true]')) continue
    const box = target.getBoundingClientRect()
    // Off the screen until focused: the link that skips to the words.
    if (box.width < 2 || box.height < 2 || box.bottom <= 0) continue
    const sentence = one.tagName === 'A' && getComputedStyle(one).display === 'inline' && one.parentElement!.innerText.trim() !== one.innerText.trim()
    if (sentence) continue
    // Half a pixel is the rounding of layout, not a smaller target.
    if (box.width < least - 0.5 || box.height < least - 0.5) {
      const name = one.getAttribute('aria-label') ?? (one.innerText.trim() || one.id || one.className)
      found.push(`${one.tagName.toLowerCase()} “${name.slice(0, 24)}” ${Math.round(box.width)}×${Math.round(box.height)}`)
    }
  }
  return found
}
