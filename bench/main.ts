import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, release, totalmem } from 'node:os';
import { inspect, parseArgs } from 'node:util';
import { currentCommit } from '#scripts/lib/git.ts';
import { rows } from './rows.ts';
import { conclude, PeerMissing } from './row.ts';
import type { Result } from './row.ts';
import { line, heading } from './table.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '7' }, help: { type: 'boolean', default: false } },
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
    console.log('npm run bench [-- ROW …] [--runs N]\n\nRows:');
    for (const row of rows) console.log(`  ${row.id.padEnd(22)} ${row.name}`);
    return;
  }
  const chosen = positionals.length > 0 ? rows.filter((row) => positionals.includes(row.id)) : rows;
  const unknown = positionals.filter((id) => !rows.some((row) => row.id === id));
  if (unknown.length > 0) throw new Error(`no such row: ${unknown.join(', ')}`);
  const results: Result[] = [];
  const failed: string[] = [];
  console.log(heading);
  for (const row of chosen) {
    try {
      const result = conclude(row, await row.measure(repetitions));
      results.push(result);
      console.log(line(result));
    } catch (error) {
      if (!(error instanceof PeerMissing)) failed.push(row.id);
      console.log(`${row.id.padEnd(22)} ${error instanceof PeerMissing ? error.message : inspect(error)}`);
    }
    // After each row: a run that is ended early keeps what it measured.
    writeResults(results, failed);
  }
  const missed = results.filter((result) => !result.ok).length;
  console.log(
    `\n${results.length - missed} of ${results.length} rows meet their target. Written to bench/results.json.`,
  );
  if (failed.length > 0) {
    console.log(`Not measured because of an error: ${failed.join(', ')}`);
    process.exitCode = 1;
  }
}

function writeResults(results: readonly Result[], failed: readonly string[]): void {
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
