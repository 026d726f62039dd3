// Called by Maven: installs and builds only what changed since the last time, so that a second `mvn` is fast.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const home = dirname(dirname(fileURLToPath(import.meta.url)))
const contract = join(home, '../api/src/main/resources/openapi.yaml')
const installStamp = join(home, 'node_modules/.linge-installed')
const buildStamp = join(home, 'target/webroot.stamp')
const page = join(home, 'target/classes/webroot/index.html')

const [task] = process.argv.slice(2)
if (task === 'build') {
  install()
  build()
} else if (task === 'test') {
  install()
  npm('test')
} else if (task === 'browser') {
  install()
  npm('run', 'e2e')
} else {
  console.error('usage: node build/maven.mjs build|test|browser')
  process.exit(2)
}

function install() {
  const wanted = hash(['package-lock.json', 'package.json', '.npmrc'].map((name) => join(home, name)))
  if (stamped(installStamp, wanted)) return
  npm('ci')
  stamp(installStamp, wanted)
}

function build() {
  const inputs = ['src', 'public', 'build', 'index.html', 'docs.html', 'vite.config.ts', 'tsconfig.json', 'tsconfig.worker.json', 'package-lock.json', 'package.json']
  const wanted = hash([...inputs.map((name) => join(home, name)), contract])
  if (stamped(buildStamp, wanted) && existsSync(page)) return
  npm('run', 'build')
  stamp(buildStamp, wanted)
}

function npm(...args) {
  const { status, error } = spawnSync('npm', args, { cwd: home, stdio: 'inherit', shell: process.platform === 'win32' })
  if (error) console.error(`npm could not be started: ${error.message}. Linge's pages need Node 20 with npm.`)
  if (status !== 0) process.exit(status ?? 1)
}

function hash(paths) {
  const digest = createHash('sha256')
  for (const path of paths.flatMap(filesUnder)) digest.update(path.slice(home.length)).update('\0').update(readFileSync(path))
  return digest.digest('hex')
}

// What the build itself writes is no input.
function filesUnder(path) {
  if (!existsSync(path) || path.endsWith('schema.d.ts') || path.endsWith('vant-components.d.ts')) return []
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path).sort().flatMap((name) => filesUnder(join(path, name)))
}

function stamped(path, wanted) {
  return existsSync(path) && readFileSync(path, 'utf8') === wanted
}

function stamp(path, wanted) {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, wanted)
}
