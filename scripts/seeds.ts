import { randomInt } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, toolEnv } from './lib/paths.ts';
import { run } from './lib/run.ts';
import { readVitestReport } from './lib/test-reports.ts';

const usage = 'usage: npm run test:seeds -- SEEDS [PART OF A PATH …]';

/** Runs the property tests with so many fresh seeds, and prints each seed that fails with the tests that it fails. Returns the exit code. */
async function exploreSeeds([count, ...wanted]: readonly string[], folder: string): Promise<number> {
  const seeds = Number(count);
  if (!Number.isInteger(seeds) || seeds < 1) {
    console.error(usage);
    return 2;
  }
  const files = await propertyTests(wanted);
  console.log(`${files.length} files of property tests, ${seeds} seeds`);
  const reportFile = join(folder, 'report.json');
  let failed = 0;
  for (let index = 0; index < seeds; index += 1) {
    const seed = randomInt(2 ** 31);
    let output = '';
    const code = await run(
      'vitest',
      ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`, ...files],
      { env: { ...toolEnv(), FC_SEED: String(seed) }, onOutput: (text) => (output += text) },
    );
    // Ended by a signal, which `run` passed on.
    if (code > 128) return code;
    const report = readVitestReport(reportFile);
    rmSync(reportFile, { force: true });
    if (code === 0 && report?.failures.length === 0) {
      console.log(`${index + 1}/${seeds} FC_SEED=${seed} ok, ${report.passed} tests`);
      continue;
    }
    failed += 1;
    const failures = report?.failures.map((name) => `  ${name}`).join('\n');
    console.log(`${output}\n${index + 1}/${seeds} FC_SEED=${seed} FAILED\n${failures ?? `  code ${code}`}`);
  }
  console.log(`${seeds - failed} of ${seeds} seeds passed`);
  return failed === 0 ? 0 : 1;
}

async function propertyTests(wanted: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for await (const file of glob('test/**/*.test.{ts,tsx}', { cwd: root })) {
    const isWanted = wanted.length === 0 || wanted.some((part) => file.includes(part));
    if (isWanted && readFileSync(join(root, file), 'utf8').includes('fast-check')) files.push(file);
  }
  return files;
}

const folder = mkdtempSync(join(tmpdir(), 'frames-seeds-'));
try {
  process.exitCode = await exploreSeeds(process.argv.slice(2), folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
