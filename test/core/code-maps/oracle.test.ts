import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { accountKeyOf } from '#core/code-maps/account-keys.ts';
import type { ScanAnswer } from '#core/code-maps/scan-task.ts';
import { lawRuns } from '#test/support/law-runs.ts';
import { labels, scanTime, writeRandomHistory } from './random-history.ts';
import { scanAt, scanSecret } from './scan-at.ts';

/*
 * Maps of random histories are compared with an independent reading in Python, which goes through the commits in another order. On a
 * computer without Python, the maps of a few seeds are compared with its stored answers.
 */

interface OracleAnswer {
  commits: number;
  /** Authors, and who changed it within a year, by their addresses; null for an imported file. */
  files: Record<string, { authors: string[]; recent: string[] } | null>;
  /** Numbers that differ in the choice among equals. */
  greedy: number[] | null;
  exact: number | null;
  sets: number | null;
}

const oracle = fileURLToPath(new URL('oracle.py', import.meta.url));
const storedAnswers = fileURLToPath(new URL('oracle-answers.txt', import.meta.url));
const python = ['/usr/bin/python3', 'python3', 'python'].find(
  (program) => spawnSync(program, ['-c', 'import sys; assert sys.version_info >= (3, 8)']).status === 0,
);

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'frames-oracle-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function askOracle(program: string, repository: string, seed: number): OracleAnswer {
  const args = [oracle, repository, String(scanTime / 1000), String(seed)];
  return JSON.parse(execFileSync(program, args, { encoding: 'utf8' })) as OracleAnswer;
}

/** A map in the form of the oracle's answer; of the greedy numbers the one that was found. */
function describeMap({ map }: ScanAnswer, code: readonly string[]): OracleAnswer {
  const labelsByKey = new Map(labels.map((label) => [accountKeyOf(scanSecret, label), label]));
  const people = map.authors.map(({ accounts }) =>
    accounts
      .flatMap((key) => labelsByKey.get(key) ?? [])
      .toSorted()
      .join(' '),
  );
  const labelsOf = (authors: readonly number[]): string[] =>
    authors.map((author) => people[author] ?? '').toSorted();
  const files: OracleAnswer['files'] = Object.fromEntries(code.map((path) => [path, null]));
  for (const { path, authors, recent } of map.files)
    files[path] = { authors: labelsOf(authors), recent: labelsOf(recent) };
  return {
    commits: map.commits,
    files,
    greedy: map.bus_factor && [map.bus_factor.greedy],
    exact: map.bus_factor?.exact ?? null,
    sets: map.bus_factor?.exact_sets ?? null,
  };
}

let histories = 0;

/** Compares a map with an answer and returns the number of its code files. */
async function compareWith(
  seed: number,
  commits: number,
  answerOf: (repository: string) => OracleAnswer,
): Promise<{ answer: OracleAnswer; files: number; imported: number }> {
  histories += 1;
  const repository = join(folder, String(histories));
  writeRandomHistory(repository, seed, commits);
  const scanned = await scanAt(repository, { now: new Date(scanTime).toISOString() });
  const answer = answerOf(repository);
  const code = Object.keys(answer.files);
  const { greedy, ...found } = describeMap(scanned, code);
  const { greedy: possible, ...expected } = answer;
  expect(found).toEqual(expected);
  expect(possible ?? [null]).toContain(greedy?.[0] ?? null);
  expect(scanned.map.left_out.imported).toBe(code.filter((path) => answer.files[path] === null).length);
  rmSync(repository, { recursive: true, force: true });
  return { answer, files: code.length, imported: scanned.map.left_out.imported };
}

/** Commits of the histories with stored answers, by their seeds. */
const storedSizes = [4, 12, 25, 40, 60, 80];

test('maps of histories equal those of an independent reading', async () => {
  const readStored = (): string[] => readFileSync(storedAnswers, 'utf8').trimEnd().split('\n');
  const stored = readStored();
  const answers: string[] = [];
  for (const [seed, commits] of storedSizes.entries())
    await compareWith(seed, commits, (repository) => {
      const known = JSON.parse(stored[seed] ?? 'null') as OracleAnswer;
      const answer = python === undefined ? known : askOracle(python, repository, seed);
      answers.push(JSON.stringify(answer));
      return answer;
    });
  // Renews the answers after a change of the definitions.
  if (process.env['STORE_ANSWERS']) writeFileSync(storedAnswers, `${answers.join('\n')}\n`);
  expect(answers).toEqual(readStored());
  if (python === undefined) return;
  const sums = { histories: 0, commits: 0, files: 0, imported: 0, greedyTooLarge: 0 };
  const compareRandom = async (seed: number, commits: number): Promise<void> => {
    const { answer, files, imported } = await compareWith(seed, commits, (repository) =>
      askOracle(python, repository, seed),
    );
    sums.histories += 1;
    sums.commits += answer.commits;
    sums.files += files;
    sums.imported += imported;
    if ((answer.greedy?.at(-1) ?? 0) > (answer.exact ?? 0)) sums.greedyTooLarge += 1;
  };
  const sizes = fc.integer({ min: 1, max: 80 });
  await fc.assert(fc.asyncProperty(fc.nat(), sizes, compareRandom), { numRuns: lawRuns(36) });
  if (process.env['LAW_RUNS']) console.log(sums);
}, 600_000);
