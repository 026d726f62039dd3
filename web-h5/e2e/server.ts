import { spawn, type ChildProcess } from 'node:child_process'
import { createWriteStream, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const home = join(dirname(fileURLToPath(import.meta.url)), '..')
const jar = join(home, '../api/target/linge.jar')
const logs = join(home, 'target/e2e/logs')
const START = 180_000
const STOP = 30_000

/** The packaged service as an operator starts it: a process, a port, a data folder. */
export class Server {
  private process: ChildProcess | undefined
  private starts = 0

  readonly url: string

  private constructor(
    readonly port: number,
    readonly data: string,
    private readonly settings: (url: string) => Record<string, string>,
  ) {
    this.url = `http://localhost:${port}`
  }

  /** @param settings besides those of the demo; they may hold the service's own address */
  static async start(settings: (url: string) => Record<string, string> = () => ({})): Promise<Server> {
    if (!existsSync(jar)) throw new Error(`没有 ${jar}，请先 mvn package`)
    const server = new Server(await freePort(), mkdtempSync(join(tmpdir(), 'linge-e2e-')), settings)
    try {
      await server.run()
    } catch (error) {
      await server.stop()
      throw error
    }
    return server
  }

  /** Starts on the same folder and port, and waits until it is ready. */
  async run(): Promise<void> {
    mkdirSync(logs, { recursive: true })
    const log = join(logs, `${this.port}-${++this.starts}.log`)
    const java = process.env['JAVA_HOME'] ? join(process.env['JAVA_HOME'], 'bin/java') : 'java'
    const others = Object.entries(process.env).filter(([name]) => !name.startsWith('LINGE_'))
    const env = { ...Object.fromEntries(others), LINGE_PORT: String(this.port), LINGE_DATA: this.data, LINGE_DEMO: 'true', LINGE_PUSH_LOOPBACK: 'true', ...this.settings(this.url) }
    const child = spawn(java, ['-jar', jar], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    const sink = createWriteStream(log)
    child.stdout.pipe(sink, { end: false })
    child.stderr.pipe(sink, { end: false })
    this.process = child
    await until(`the service is ready (log: ${log})`, START, async () => {
      if (child.exitCode !== null) throw new Gone(`the service ended with ${child.exitCode}:\n${readFileSync(log, 'utf8').slice(-2000)}`)
      return (await fetch(`${this.url}/health/ready`)).ok
    })
  }

  /** kill -9: no goodbye, no flush, and PostgreSQL left behind without a parent. */
  async crash(): Promise<void> {
    const child = this.process!
    const gone = exited(child)
    child.kill('SIGKILL')
    await gone
  }

  async stop(): Promise<void> {
    const child = this.process
    if (child && child.exitCode === null && child.signalCode === null) {
      const gone = exited(child)
      child.kill('SIGTERM')
      const late = setTimeout(() => child.kill('SIGKILL'), STOP)
      await gone
      clearTimeout(late)
    }
    this.endOrphan()
    rmSync(this.data, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }

  /** What a crashed service left running, if a test ended between the crash and the next start. */
  private endOrphan() {
    const pidFile = join(this.data, 'postgres/postmaster.pid')
    if (!existsSync(pidFile)) return
    try {
      process.kill(Number(readFileSync(pidFile, 'utf8').split('\n')[0]), 'SIGQUIT')
    } catch {
      // Gone already.
    }
  }
}

class Gone extends Error {}

/** Asks again and again until the answer is yes. An answer that cannot come yet (a refused connection) counts as no. */
async function until(what: string, within: number, yes: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + within
  let last: unknown
  for (;;) {
    try {
      if (await yes()) return
    } catch (error) {
      if (error instanceof Gone) throw error
      last = error
    }
    if (Date.now() > end) throw new Error(`waited ${within} ms until ${what}: ${String(last)}`)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

function exited(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => (child.exitCode !== null || child.signalCode !== null ? resolve() : child.once('exit', () => resolve())))
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}
