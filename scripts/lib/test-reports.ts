import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { root } from './paths.ts';

/** What a test tool reported of its run. */
export interface TestReport {
  passed: number;
  /** The name of each test that failed, with its file. */
  failures: string[];
  files: Timed[];
}

export interface Timed {
  name: string;
  seconds: number;
}

/** Reads Vitest's JSON report; a skipped test counts as neither. Undefined if there is none. */
export function readVitestReport(file: string): TestReport | undefined {
  const report = readJson(file) as VitestJson | undefined;
  return (
    report && {
      passed: report.numPassedTests,
      failures: report.testResults.flatMap(({ name, status, assertionResults }) => {
        const failed = assertionResults.filter((test) => test.status === 'failed');
        // A file that could not be loaded has no tests to report.
        if (failed.length === 0) return status === 'failed' ? [fromRoot(name)] : [];
        return failed.map((test) => `${fromRoot(name)} › ${test.fullName}`);
      }),
      files: report.testResults.map(({ name, startTime, endTime }) => ({
        name: fromRoot(name),
        seconds: (endTime - startTime) / 1000,
      })),
    }
  );
}

interface VitestJson {
  numPassedTests: number;
  testResults: {
    name: string;
    status: string;
    startTime: number;
    endTime: number;
    assertionResults: { status: string; fullName: string }[];
  }[];
}

/** Reads Playwright's JSON report; a flaky test counts as passed. Undefined if there is none. */
export function readPlaywrightReport(file: string): TestReport | undefined {
  const report = readJson(file) as PlaywrightJson | undefined;
  if (!report) return undefined;
  const tests = report.suites.flatMap((suite) => testsOf(suite));
  const seconds = new Map<string, number>();
  for (const test of tests) seconds.set(test.file, (seconds.get(test.file) ?? 0) + test.seconds);
  return {
    passed: tests.filter(({ status }) => status === 'expected' || status === 'flaky').length,
    failures: [
      ...tests
        .filter(({ status }) => status === 'unexpected')
        .map(({ file: name, title }) => `${name} › ${title}`),
      ...report.errors.map(({ message }) => message ?? 'an error outside of any test'),
    ],
    files: [...seconds].map(([name, spent]) => ({ name, seconds: spent })),
  };
}

interface PlaywrightJson {
  suites: Suite[];
  errors: { message?: string }[];
}

interface Suite {
  file: string;
  specs: {
    title: string;
    tests: { status: string; results: { duration: number }[] }[];
  }[];
  suites?: Suite[];
}

function testsOf(suite: Suite): { file: string; title: string; status: string; seconds: number }[] {
  const own = suite.specs.flatMap(({ title, tests }) =>
    tests.map(({ status, results }) => ({
      file: `test/e2e/${suite.file}`,
      title,
      status,
      seconds: results.reduce((sum, { duration }) => sum + duration, 0) / 1000,
    })),
  );
  return [...own, ...(suite.suites ?? []).flatMap(testsOf)];
}

/** The slowest first, at most `most`. */
export function slowest(timed: readonly Timed[], most: number): Timed[] {
  return timed.toSorted((a, b) => b.seconds - a.seconds).slice(0, most);
}

const fromRoot = (file: string): string => relative(root, file);

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
