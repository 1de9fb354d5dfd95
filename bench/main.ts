import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, release, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { currentCommit } from '#scripts/lib/git.ts';
import { useMemoryFolder } from '#scripts/lib/memory-folder.ts';
import { rows } from './rows.ts';
import type { Row } from './row.ts';
import { benchRun } from './run.ts';
import { bench, smoke } from './runner.ts';
import type { Outcome } from './runner.ts';
import { heading } from './table.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '7' },
    smoke: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const repetitions = Number(values.runs);

function commit(): string {
  try {
    return currentCommit();
  } catch {
    return 'unknown';
  }
}

async function main(): Promise<void> {
  if (values.help || !Number.isSafeInteger(repetitions) || repetitions < 1) {
    console.log('npm run bench [-- ROW …] [--runs N] [--smoke]\n\nRows:');
    for (const row of rows) console.log(`  ${row.id.padEnd(28)} ${row.name}`);
    return;
  }
  const chosen = positionals.length > 0 ? rows.filter((row) => positionals.includes(row.id)) : rows;
  const unknown = positionals.filter((id) => !rows.some((row) => row.id === id));
  if (unknown.length > 0) throw new Error(`no such row: ${unknown.join(', ')}`);
  const failed = await (values.smoke ? smokeAll(chosen) : benchAll(chosen));
  if (failed.length === 0) return;
  console.log(`Not measured because of an error: ${failed.join(', ')}`);
  // Not only the exit code: a row that hung has processes that would keep this one.
  process.exit(1);
}

async function benchAll(chosen: readonly Row[]): Promise<string[]> {
  console.log(heading);
  // After each row: a run that is ended early keeps what it measured.
  const { results, failed } = await bench(chosen, benchRun(repetitions), console.log, writeResults);
  const met = results.filter((result) => result.ok).length;
  console.log(`\n${met} of ${results.length} rows meet their target. Written to bench/results.json.`);
  return failed;
}

async function smokeAll(chosen: readonly Row[]): Promise<string[]> {
  useMemoryFolder();
  const { results, failed } = await smoke(chosen, console.log);
  console.log(`\n${results.length} of ${chosen.length} rows work.`);
  return failed;
}

function writeResults({ results, failed }: Outcome): void {
  const machine = {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memory: totalmem(),
    system: `${process.platform} ${release()}`,
    node: process.version,
  };
  mkdirSync('bench', { recursive: true });
  writeFileSync(
    'bench/results.json',
    `${JSON.stringify({ rows: results, failed, machine, commit: commit() }, null, 2)}\n`,
  );
}

await main();
