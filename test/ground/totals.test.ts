import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { playwrightTotals, stepTotals, vitestTotals } from '#scripts/lib/totals.ts';

const folder = mkdtempSync(join(tmpdir(), 'frames-totals-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function report(content: unknown): string {
  const file = join(folder, 'report.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
}

describe('counting tests', () => {
  test("Vitest's report", () => {
    const file = report({ numPassedTests: 7, numFailedTests: 2, numPendingTests: 1 });
    expect(vitestTotals(file)).toEqual({ passed: 7, failed: 2 });
  });

  test("Playwright's report: a flaky test passed in the end", () => {
    const file = report({ stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 3 } });
    expect(playwrightTotals(file)).toEqual({ passed: 6, failed: 1 });
  });

  test('no report, no totals', () => {
    expect(vitestTotals(join(folder, 'none.json'))).toBeUndefined();
    expect(playwrightTotals(join(folder, 'none.json'))).toBeUndefined();
  });

  test('a step that failed never counts as free of failures', () => {
    expect(stepTotals(undefined, 1)).toEqual({ passed: 0, failed: 1 });
    expect(stepTotals({ passed: 3, failed: 0 }, 1)).toEqual({ passed: 3, failed: 1 });
    expect(stepTotals({ passed: 3, failed: 2 }, 1)).toEqual({ passed: 3, failed: 2 });
    expect(stepTotals({ passed: 3, failed: 0 }, 0)).toEqual({ passed: 3, failed: 0 });
  });
});
