import { defineConfig } from '@playwright/test'
import { findBrowser } from './e2e/browser/find'

const { executablePath, env } = findBrowser()

/** The whole house in a real browser: the packaged service as a process of its own, pages on a phone-sized window. */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'target/e2e/traces',
  // One service, one city, two cores: one after the other.
  workers: 1,
  retries: 0,
  forbidOnly: Boolean(process.env['CI']),
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: [['list'], ['./e2e/closing.ts']],
  use: {
    viewport: { width: 375, height: 812 },
    isMobile: true,
    hasTouch: true,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    // What a service worker fetches, a test cannot intercept: only worker.spec.ts lets it in.
    serviceWorkers: 'block',
    actionTimeout: 30_000,
    navigationTimeout: 60_000,
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath,
      ...(env ? { env } : {}),
      timeout: 60_000,
      args: [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-quic',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
})
