import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build, type Plugin, type ResolvedConfig, type Rolldown } from 'vite'

/** Pages a resident's phone need not carry: they are fetched, and then kept, when somebody opens them. */
const LATER = /\/src\/(staff|demo|docs)\/|\/grid\/GridMap\.vue/
/** Of the public folder, what the page itself shows. */
const PUBLIC = ['/favicon.svg']

/** Builds `sw.js` beside the pages, with the list of files that open without a network. */
export function serviceWorker(): Plugin {
  let config: ResolvedConfig
  let files: string[] = []
  return {
    name: 'linge-service-worker',
    apply: 'build',
    configResolved(resolved) {
      config = resolved
    },
    generateBundle(_options, bundle) {
      files = shellOf(Object.values(bundle))
    },
    async closeBundle() {
      const { outDir } = config.build
      const page = readFileSync(join(config.root, outDir, 'index.html'))
      const version = createHash('sha256').update(page).update(files.join('\n')).digest('hex').slice(0, 12)
      await build({
        configFile: false,
        root: config.root,
        logLevel: 'warn',
        resolve: { alias: { '@': resolve(config.root, 'src') } },
        define: { __FILES__: JSON.stringify(files), __VERSION__: JSON.stringify(version) },
        build: {
          outDir,
          emptyOutDir: false,
          copyPublicDir: false,
          target: config.build.target as string[],
          // One file without imports: module workers are younger than the phones we serve.
          rolldownOptions: { input: 'src/worker/worker.ts', output: { format: 'iife', entryFileNames: 'sw.js' } },
        },
      })
    },
  }
}

type Output = Rolldown.OutputChunk | Rolldown.OutputAsset

/** The page's script first, then all that a resident's pages load, and their looks. */
export function shellOf(outputs: readonly Output[]): string[] {
  const chunks = new Map(outputs.filter((one) => one.type === 'chunk').map((one) => [one.fileName, one]))
  const start = [...chunks.values()].find((one) => one.isEntry && one.facadeModuleId?.endsWith('/index.html'))
  if (!start) throw new Error('the build has no index.html')
  const wanted = new Set<string>()
  const waiting = [start.fileName]
  for (let name = waiting.pop(); name; name = waiting.pop()) {
    const chunk = chunks.get(name)
    if (!chunk || wanted.has(name) || LATER.test(chunk.facadeModuleId ?? '')) continue
    wanted.add(name)
    waiting.push(...chunk.imports, ...chunk.dynamicImports)
    for (const style of chunk.viteMetadata?.importedCss ?? []) wanted.add(style)
  }
  const [first, ...others] = [...wanted]
  return [`/${first}`, ...others.map((name) => `/${name}`).sort(), ...PUBLIC]
}
