import { expect, test } from 'vitest'
import { shellOf } from '../../build/worker'

type Outputs = Parameters<typeof shellOf>[0]
const chunk = (fileName: string, facadeModuleId: string | null, more: object = {}) => ({
  type: 'chunk', fileName, facadeModuleId, isEntry: false, imports: [], dynamicImports: [], ...more,
})

test('the_shell_is_all_a_resident_may_open_and_begins_with_the_pages_own_script', () => {
  const outputs = [
    chunk('assets/base.js', null),
    chunk('assets/index.js', '/w/index.html', {
      isEntry: true, imports: ['assets/base.js'], dynamicImports: ['assets/Home.js', 'assets/Staff.js', 'assets/Map.js'],
      viteMetadata: { importedCss: new Set(['assets/index.css']) },
    }),
    chunk('assets/Home.js', '/w/src/app/HomePage.vue', { imports: ['assets/base.js'], viteMetadata: { importedCss: new Set(['assets/Home.css']) } }),
    chunk('assets/Staff.js', '/w/src/staff/DeskPage.vue', { imports: ['assets/desk.js'], viteMetadata: { importedCss: new Set(['assets/Staff.css']) } }),
    chunk('assets/desk.js', null),
    chunk('assets/Map.js', '/w/src/grid/GridMap.vue'),
    chunk('assets/docs.js', '/w/docs.html', { isEntry: true }),
  ] as unknown as Outputs
  expect(shellOf(outputs)).toEqual(['/assets/index.js', '/assets/Home.css', '/assets/Home.js', '/assets/base.js', '/assets/index.css', '/favicon.svg'])
})
