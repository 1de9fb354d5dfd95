import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reasonOf } from './lib/electron-kinds.ts';
import { root, toolEnv } from './lib/paths.ts';
import { run } from './lib/run.ts';
import { type Totals, playwrightTotals, stepTotals, vitestTotals } from './lib/totals.ts';

interface Step {
  /** The npm script that it is. */
  script: string;
  heading: string;
  /** Makes the script write a report, and reads it. */
  report?: { args: string; env?: Record<string, string>; read: () => Totals | undefined };
}

const reports = mkdtempSync(join(tmpdir(), 'frames-test-'));
const vitestReport = join(reports, 'vitest.json');
const playwrightReport = join(reports, 'playwright.json');

const steps: Step[] = [
  { script: 'lockfile', heading: 'Lockfile' },
  { script: 'format:check', heading: 'Format' },
  { script: 'words', heading: 'Words' },
  { script: 'typecheck', heading: 'Types' },
  { script: 'lint', heading: 'Lint' },
  { script: 'boundaries', heading: 'Import boundaries' },
  { script: 'unused', heading: 'Unused code' },
  // Before the tests: those of the command line start its bundle some hundred times.
  { script: 'build', heading: 'Build' },
  {
    script: 'test:unit',
    heading: 'Unit, property, crash and window component tests',
    report: {
      args: `--reporter=default --reporter=json --outputFile.json=${vitestReport}`,
      read: () => vitestTotals(vitestReport),
    },
  },
  {
    script: 'test:e2e',
    heading: 'The real application, end to end',
    report: {
      args: '--reporter=list,json',
      env: { PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport },
      read: () => playwrightTotals(playwrightReport),
    },
  },
];

/** Runs the steps (all, or those named) in order up to the first that fails. The last line says how many tests passed. */
async function main(names: string[]): Promise<number> {
  const unknown = names.filter((name) => !steps.some((step) => step.script === name));
  if (unknown.length > 0) throw new Error(`no such step: ${unknown.join(', ')}`);
  const chosen = steps.filter((step) => names.length === 0 || names.includes(step.script));
  const total: Totals = { passed: 0, failed: 0 };
  for (const [index, step] of chosen.entries()) {
    console.log(`\n── ${index + 1}/${chosen.length} ${step.heading} (npm run ${step.script})`);
    const started = performance.now();
    const code = await runStep(step);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    // Whatever a step says of itself at its end: where its report counts a failure it has failed.
    const { passed, failed } = stepTotals(step.report?.read(), code);
    console.log(`── ${failed === 0 ? 'ok' : `FAILED with code ${code}`} after ${seconds} s`);
    total.passed += passed;
    total.failed += failed;
    if (failed > 0) break;
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
}

/** The very command of the npm script, without npm in between. */
async function runStep(step: Step): Promise<number> {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const command = scripts[step.script];
  if (command === undefined) throw new Error(`package.json has no script ${step.script}`);
  const env = { ...toolEnv(), ...step.report?.env };
  return run([command, step.report?.args].join(' ').trim(), [], { env, shell: true });
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(reasonOf(error));
  process.exitCode = 1;
} finally {
  rmSync(reports, { recursive: true, force: true });
}
