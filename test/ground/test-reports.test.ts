import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { root } from '#scripts/lib/paths.ts';
import { readPlaywrightReport, readVitestReport, slowest } from '#scripts/lib/test-reports.ts';

const folder = mkdtempSync(join(tmpdir(), 'frames-reports-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function report(content: unknown): string {
  const file = join(folder, 'report.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
}

describe('reading reports of tests', () => {
  test("Vitest's report names failed tests, and files that could not be loaded", () => {
    const file = (name: string, tests: { status: string; fullName: string }[], status = 'passed') => ({
      name: join(root, name),
      status,
      startTime: 1000,
      endTime: 3500,
      assertionResults: tests,
    });
    const content = {
      numPassedTests: 7,
      testResults: [
        file('test/a.test.ts', [
          { status: 'failed', fullName: 'a fails' },
          { status: 'passed', fullName: 'b' },
        ]),
        file('test/broken.test.ts', [], 'failed'),
      ],
    };
    expect(readVitestReport(report(content))).toEqual({
      passed: 7,
      failures: ['test/a.test.ts › a fails', 'test/broken.test.ts'],
      files: [
        { name: 'test/a.test.ts', seconds: 2.5 },
        { name: 'test/broken.test.ts', seconds: 2.5 },
      ],
    });
  });

  test("Playwright's report counts a flaky test as passed, and adds up what a file took", () => {
    const spec = (title: string, status: string) => ({
      title,
      tests: [{ status, results: [{ duration: 1500 }, { duration: 500 }] }],
    });
    const content = {
      errors: [{ message: 'the worker died' }],
      suites: [
        {
          file: 'grid.spec.ts',
          specs: [spec('a', 'expected'), spec('b', 'flaky')],
          suites: [{ file: 'grid.spec.ts', specs: [spec('c', 'unexpected'), spec('d', 'skipped')] }],
        },
      ],
    };
    expect(readPlaywrightReport(report(content))).toEqual({
      passed: 2,
      failures: ['test/e2e/grid.spec.ts › c', 'the worker died'],
      files: [{ name: 'test/e2e/grid.spec.ts', seconds: 8 }],
    });
  });

  test('a file that is missing is no report', () => {
    expect(readVitestReport(join(folder, 'none.json'))).toBeUndefined();
    expect(readPlaywrightReport(join(folder, 'none.json'))).toBeUndefined();
  });

  test('slowest first', () => {
    const timed = [1, 3, 2].map((seconds) => ({ name: `${seconds}`, seconds }));
    expect(slowest(timed, 2).map(({ name }) => name)).toEqual(['3', '2']);
  });
});
