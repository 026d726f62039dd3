import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const built = 'target/classes/webroot/assets'

// Maven builds before it tests; `npm test` alone may come before the first build.
test.skipIf(!existsSync(built))('no_built_stylesheet_asks_another_host', () => {
  const sheets = readdirSync(built).filter((name) => name.endsWith('.css'))
  expect(sheets.length).toBeGreaterThan(0)
  expect(sheets.filter((name) => /url\(\s*["']?(https?:)?\/\//.test(readFileSync(join(built, name), 'utf8')))).toEqual([])
})
