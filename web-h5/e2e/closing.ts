import type { FullResult, Reporter, TestCase, TestResult } from '@playwright/test/reporter'

/** The last line of a run, the same as every other test command's: counted by whoever reads logs. */
export default class Closing implements Reporter {
  private readonly results = new Map<string, boolean>()

  onTestEnd(test: TestCase, result: TestResult) {
    if (result.status !== 'skipped') this.results.set(test.id, result.status === test.expectedStatus)
  }

  async onEnd(run: FullResult) {
    const passed = [...this.results.values()].filter(Boolean).length
    const failed = this.results.size - passed
    // A run that broke before its tests must not read like a good one.
    process.stdout.write(`${passed} passed, ${failed === 0 && run.status !== 'passed' ? 1 : failed} failed\n`)
  }
}
