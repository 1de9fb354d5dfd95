import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { reasonOf } from './lib/electron-kinds.ts';
import { root, toolEnv } from './lib/paths.ts';
import { run } from './lib/run.ts';
import { type TestReport, readPlaywrightReport, readVitestReport, slowest } from './lib/test-reports.ts';

interface Step {
  /** The name of its npm script. */
  script: string;
  heading: string;
  args?: string;
  /** Arguments and environment that make the script write a report. */
  report?: { args: string; env?: Record<string, string>; read: () => TestReport | undefined };
}

interface Result {
  step: Step;
  code: number;
  seconds: number;
  report: TestReport | undefined;
}

const reports = mkdtempSync(join(tmpdir(), 'frames-test-'));
const vitestReport = join(reports, 'vitest.json');
const playwrightReport = join(reports, 'playwright.json');

/** Checks that read the sources only, and the build. They run side by side; the longest come first. */
const checks: Step[] = [
  { script: 'lint', heading: 'Types and lint' },
  // Before the tests: those of the command line start its bundle some hundred times.
  { script: 'build', heading: 'Build' },
  { script: 'boundaries', heading: 'Import boundaries' },
  { script: 'unused', heading: 'Unused code' },
  { script: 'format:check', heading: 'Format' },
  { script: 'words', heading: 'Words' },
  { script: 'lockfile', heading: 'Lockfile' },
];

/** Each uses all cores, so they run one after the other. */
const tests: Step[] = [
  {
    script: 'test:unit',
    heading: 'Unit, property, crash and window component tests',
    report: {
      args: `--reporter=default --reporter=json --outputFile.json=${vitestReport}`,
      read: () => readVitestReport(vitestReport),
    },
  },
  {
    script: 'test:e2e',
    heading: 'The real application, end to end',
    report: {
      args: '--reporter=list,json',
      env: { PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport },
      read: () => readPlaywrightReport(playwrightReport),
    },
  },
  { script: 'bench', heading: 'Each row of the bench, once and tiny', args: '--smoke' },
];

const shownSlowest = 10;

/** Runs all steps, or those named, whether or not others fail. Returns the exit code. */
async function main(names: readonly string[]): Promise<number> {
  const unknown = names.filter((name) => ![...checks, ...tests].some((step) => step.script === name));
  if (unknown.length > 0) throw new Error(`no such step: ${unknown.join(', ')}`);
  const isChosen = (step: Step): boolean => names.length === 0 || names.includes(step.script);

  const results: Result[] = [];
  const waiting = checks.filter(isChosen);
  const worker = async (): Promise<void> => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      let output = '';
      const result = await runStep(step, (text) => (output += text));
      results.push(result);
      // Printed in one piece: lines of two steps would mix.
      console.log(`\n── ${step.heading} (npm run ${step.script})\n${output}${outcomeOf(result)}`);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  for (const step of tests.filter(isChosen)) {
    console.log(`\n── ${step.heading} (npm run ${step.script})`);
    const result = await runStep(step);
    results.push(result);
    console.log(outcomeOf(result));
  }
  return summarize(results);
}

/** Runs the command of the npm script itself, without npm in between. */
async function runStep(step: Step, onOutput?: (text: string) => void): Promise<Result> {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const command = scripts[step.script];
  if (command === undefined) throw new Error(`package.json has no script ${step.script}`);
  const env = { ...toolEnv(), ...step.report?.env };
  const started = performance.now();
  const code = await run([command, step.args, step.report?.args].filter(Boolean).join(' '), [], {
    env,
    shell: true,
    ...(onOutput && { onOutput }),
  });
  return { step, code, seconds: (performance.now() - started) / 1000, report: step.report?.read() };
}

/**
 * A tool can exit with 0 although its report counts failures, because a library that it loaded ended the process; and it can
 * fail without a failing test, because a file was broken or it crashed.
 */
function failuresOf({ step, code, report }: Result): string[] {
  const failures = report?.failures ?? [];
  if (failures.length > 0) return failures;
  if (code !== 0) return [`${step.heading} (npm run ${step.script}) ended with code ${code}`];
  return step.report && !report ? [`${step.heading} (npm run ${step.script}) wrote no report`] : [];
}

const outcomeOf = (result: Result): string =>
  `── ${failuresOf(result).length === 0 ? 'ok' : 'FAILED'} after ${result.seconds.toFixed(1)} s`;

/** Prints the slowest steps and files, every failure, and on the last line the counts. Returns the exit code. */
function summarize(results: readonly Result[]): number {
  const print = (title: string, timed: readonly { name: string; seconds: number }[]): void => {
    if (timed.length === 0) return;
    console.log(`\n── ${title}`);
    for (const { name, seconds } of timed) console.log(`${seconds.toFixed(1).padStart(8)} s  ${name}`);
  };
  const steps = results.map(({ step, seconds }) => ({ name: step.heading, seconds }));
  print('Slowest steps', slowest(steps, shownSlowest));
  const files = results.flatMap(({ report }) => report?.files ?? []);
  print('Slowest test files', slowest(files, shownSlowest));
  const failures = results.flatMap(failuresOf);
  if (failures.length > 0) console.log(`\n── Failures\n${failures.join('\n')}`);
  const passed = results.reduce((sum, { report }) => sum + (report?.passed ?? 0), 0);
  console.log(`\n${passed} passed, ${failures.length} failed`);
  return failures.length === 0 ? 0 : 1;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(reasonOf(error));
  process.exitCode = 1;
} finally {
  rmSync(reports, { recursive: true, force: true });
}
