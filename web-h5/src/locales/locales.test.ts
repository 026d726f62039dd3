import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { t, type Key } from '.'
import { zhCN } from './zh-CN'

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(vue|ts)$/.test(name) && !/\.test\.ts$|schema\.d\.ts$|^locales/.test(name))
  .map((name) => readFileSync(join('src', name), 'utf8'))
  .join('\n')

const keys = leaves(zhCN)
/** Keys said whole: t('a.b'); and beginnings said with a variable end: t(`a.b.${x}`). */
const said = [...sources.matchAll(/\bt\(\s*'([\w.]+)'/g)].map((match) => match[1]!)
const begun = [...sources.matchAll(/\bt\(\s*`([\w.]+\.)\$\{/g)].map((match) => match[1]!)

test('every_key_a_page_says_has_words', () => {
  expect(said.filter((key) => !keys.includes(key))).toEqual([])
  expect(begun.filter((start) => !keys.some((key) => key.startsWith(start)))).toEqual([])
})

test('no_words_are_left_that_no_page_says', () => {
  const used = (key: string) =>
    said.includes(key) || sources.includes(`'${key}'`) || begun.some((start) => key.startsWith(start))
  expect(keys.filter((key) => !used(key))).toEqual([])
})

test('no_words_are_empty_and_fillings_are_filled', () => {
  expect(keys.filter((key) => t(key as Key).trim() === '')).toEqual([])
  expect(t('app.tabs.unread', { n: 3 })).toBe('3 条未读')
})

test('screens_keep_their_chinese_in_the_locales', () => {
  const spoken = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.vue'))
    .filter((name) => /[\u4e00-\u9fff]/.test(readFileSync(join('src', name), 'utf8')))
  expect(spoken).toEqual([])
})

function leaves(words: object, path = ''): string[] {
  return Object.entries(words).flatMap(([name, value]) =>
    typeof value === 'string' ? [path + name] : leaves(value as object, `${path}${name}.`),
  )
}
