import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from './lib/paths.ts';
import { withBlock } from './science/page.ts';
import { coverageTable } from './science/outcomes/forecasts/coverage.ts';
import { foreignKinds } from './science/outcomes/forecasts/foreign-rules.ts';
import { formatHistory } from './science/outcomes/history.ts';
import { firstHeldSeed, worldKinds } from './science/outcomes/observe-world.ts';
import { readOptions, usage } from './science/outcomes/options.ts';
import type { Options } from './science/outcomes/options.ts';
import { runTasks } from './science/outcomes/run-tasks.ts';
import { openHistory, readGivenHistory, readShippedHistories } from './science/outcomes/sources.ts';
import { summarise } from './science/outcomes/summaries.ts';
import { sumProposals } from './science/outcomes/observe-proposals.ts';
import { sumPromises } from './science/outcomes/observe-promises.ts';
import { sumRepairs } from './science/outcomes/observe-repairs.ts';
import {
  detailTables,
  differenceLines,
  pageTables,
  promiseTable,
  proposalTable,
  repairTable,
} from './science/outcomes/tables.ts';
import type { Findings, Task } from './science/outcomes/tasks.ts';

/** Worlds of each kind, in each half. */
const worldsOfKind = 10;
const [quickWorlds, quickHalfYears] = [1, 3];
const page = join(root, 'docs/science.md');
const interrupted = 130;

function planTasks({ histories, isQuick }: Options, folder: string): Task[] {
  const named = histories.length > 0 ? histories.map(readGivenHistory) : readShippedHistories();
  const seedsFrom = (first: number): number[] =>
    Array.from({ length: isQuick ? quickWorlds : worldsOfKind }, (_, index) => first + index);
  const held = seedsFrom(firstHeldSeed);
  const worldTasks = (
    what: 'world' | 'proposals' | 'promises' | 'repairs',
    seeds: readonly number[],
  ): Task[] => worldKinds.flatMap((kind) => seeds.map((seed): Task => ({ do: what, kind, seed, folder })));
  const foreignWorlds = Object.keys(foreignKinds).flatMap((kind) =>
    Array.from({ length: isQuick ? quickWorlds : worldsOfKind }, (_, index) => ({
      kind,
      seed: firstHeldSeed + index,
    })),
  );
  const maxHalfYears = isQuick ? quickHalfYears : Number.POSITIVE_INFINITY;
  return [
    ...named.map((history): Task => ({ do: 'history', history, maxHalfYears, folder })),
    ...worldTasks('world', [...seedsFrom(1), ...held]),
    ...(['proposals', 'promises', 'repairs'] as const).flatMap((what) => worldTasks(what, held)),
    ...foreignWorlds.map((world): Task => ({ do: 'forecasts', ...world, folder })),
  ];
}

async function measure(options: Options, signal: AbortSignal): Promise<Findings> {
  const folder = mkdtempSync(join(tmpdir(), 'frames-outcomes-'));
  try {
    const tasks = planTasks(options, folder);
    const threads = Math.min(2, availableParallelism());
    const onDone = (name: string, done: number): void =>
      console.error(`${done} of ${tasks.length} measured: ${name}`);
    return await runTasks(tasks, { threads, signal, onDone });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function writeNumbers(source: string, file: string): void {
  const history = openHistory(source);
  const text = formatHistory(history);
  writeFileSync(file, file.endsWith('.gz') ? gzipSync(text, { level: 9 }) : text);
  console.log(`${history.commits.length} commits of ${source} are in ${file}.`);
}

async function main(options: Options, signal: AbortSignal): Promise<void> {
  if (options.write !== null) return writeNumbers(options.histories[0] as string, options.write);
  const started = performance.now();
  const { observations, proposals, promises, repairs, forecasts } = await measure(options, signal);
  const seconds = Math.round((performance.now() - started) / 1000);
  const summaries = summarise(observations);
  const results = {
    summaries,
    proposals: sumProposals(proposals),
    promises: sumPromises(promises),
    repairs: sumRepairs(repairs),
    forecasts,
  };
  if (options.isJson) {
    console.log(JSON.stringify({ seconds, ...results }, null, 2));
    return;
  }
  /** The tables of docs/science.md. */
  const blocks = {
    outcomes: pageTables(summaries),
    proposals: proposalTable(results.proposals, ['held']),
    promises: promiseTable(results.promises, ['held']),
    repairs: repairTable(results.repairs),
    forecasts: coverageTable(forecasts),
  };
  console.log([detailTables(summaries), differenceLines(summaries), ...Object.values(blocks)].join('\n\n'));
  console.log(`\nMeasured in ${seconds} s.`);
  if (options.isQuick || options.histories.length > 0) return;
  for (const [name, text] of Object.entries(blocks))
    writeFileSync(page, withBlock(readFileSync(page, 'utf8'), name, text));
}

const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
try {
  const options = readOptions(process.argv.slice(2));
  if (options) await main(options, stop.signal);
  else console.log(usage);
} catch (error) {
  console.error(stop.signal.aborted ? 'Stopped.' : error instanceof Error ? error.message : error);
  process.exitCode = stop.signal.aborted ? interrupted : 1;
}
