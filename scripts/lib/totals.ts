import { readFileSync } from 'node:fs';

/** How many tests passed and failed. */
export interface Totals {
  passed: number;
  failed: number;
}

/** Reads Vitest's JSON report; a test that was skipped counts as neither. Nothing when there is none. */
export function vitestTotals(file: string): Totals | undefined {
  const report = readReport(file) as { numPassedTests: number; numFailedTests: number } | undefined;
  return report && { passed: report.numPassedTests, failed: report.numFailedTests };
}

/** Reads Playwright's JSON report; a flaky test passed in the end. Nothing when there is none. */
export function playwrightTotals(file: string): Totals | undefined {
  const report = readReport(file) as PlaywrightReport | undefined;
  return report && { passed: report.stats.expected + report.stats.flaky, failed: report.stats.unexpected };
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number };
}

/**
 * The totals of a step that ended with `code`: a step that failed counts one failure at least, also
 * when no test of it did (a broken file, a crash, a check).
 */
export function stepTotals(counted: Totals | undefined, code: number): Totals {
  const { passed, failed } = counted ?? { passed: 0, failed: 0 };
  return { passed, failed: code === 0 ? failed : Math.max(failed, 1) };
}

function readReport(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
