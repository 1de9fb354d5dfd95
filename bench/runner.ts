import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import { conclude, PeerMissing } from './row.ts';
import type { Result, Row } from './row.ts';
import { endRun, smokeRun } from './run.ts';
import type { Run } from './run.ts';
import { line } from './table.ts';

export interface Outcome {
  results: Result[];
  /** Ids of rows that ended in an error. */
  failed: string[];
}

type Say = (text: string) => void;

/** Measures rows one after the other. */
export async function bench(
  rows: readonly Row[],
  run: Run,
  say: Say,
  onRow: (outcome: Outcome) => void,
): Promise<Outcome> {
  const outcome: Outcome = { results: [], failed: [] };
  for (const row of rows) {
    await measure(row, run, outcome, say);
    onRow(outcome);
  }
  await endRun(run);
  return outcome;
}

/** Runs each row once with a tiny size, some at the same time. */
export async function smoke(rows: readonly Row[], say: Say): Promise<Outcome> {
  const run = smokeRun();
  const outcome: Outcome = { results: [], failed: [] };
  const waiting = rows.filter((row) => row.notInSmoke === undefined);
  const work = async (): Promise<void> => {
    for (let row = waiting.shift(); row; row = waiting.shift()) await measure(row, run, outcome, say);
  };
  await Promise.all(Array.from({ length: 1 + availableParallelism() }, work));
  await endRun(run);
  for (const { id, notInSmoke } of rows)
    if (notInSmoke !== undefined) say(`${id.padEnd(28)} left out: ${notInSmoke}`);
  return outcome;
}

/** Milliseconds after which a row of a smoke run has hung: with the machine full of other work the longest took 45 s. */
const smokeLimit = 5 * 60_000;

async function within<T>(limit: number, work: Promise<T>): Promise<T> {
  const ended = new AbortController();
  const late = sleep(limit, undefined, { signal: ended.signal }).then(() => {
    throw new Error(`it did not end within ${limit / 1000} s`);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    ended.abort();
  }
}

async function measure(row: Row, run: Run, { results, failed }: Outcome, say: Say): Promise<void> {
  const started = performance.now();
  try {
    const result = conclude(
      row,
      await (run.isSmoke ? within(smokeLimit, row.measure(run)) : row.measure(run)),
    );
    results.push(result);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    say(run.isSmoke ? `${row.id.padEnd(28)} works, ${seconds} s` : line(result));
  } catch (error) {
    if (!(error instanceof PeerMissing)) failed.push(row.id);
    say(`${row.id.padEnd(28)} ${error instanceof PeerMissing ? error.message : inspect(error)}`);
  }
}
