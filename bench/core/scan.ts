import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { logArguments } from '#core/code-maps/git/log-parser.ts';
import { runScan } from '#core/code-maps/run-scan.ts';
import type { ScanRequest } from '#core/code-maps/scan-task.ts';
import { drainGit } from '#scripts/lib/git.ts';
import { each, pairs, timed } from '../row.ts';
import type { Row } from '../row.ts';
import { historyRepository } from './history-repository.ts';

const execute = promisify(execFile);

const commits = 50_000;

const requestFor = (folder: string): ScanRequest => ({
  source: { folder },
  branch: null,
  prefix: '',
  excludes: [],
  shared: [],
  joins: [],
  secret: 'bench',
  now: new Date(Date.UTC(2026, 0)).toISOString(),
});

/** What git alone needs for the same history. Its output is read, as ours is: on a busy machine a program that never waits is slower. */
const listHistory = (folder: string): Promise<void> => drainGit([...logArguments, 'HEAD'], folder);

const time: Row = {
  id: 'map',
  name: 'map of a repository with 50k commits, in a process of its own, vs git log --raw',
  target: 1.5,
  better: 'lower',
  measure(run) {
    const folder = historyRepository(run.scaled(commits));
    const pace = { signal: new AbortController().signal, onProgress: () => {} };
    return pairs(run, 'lower', {
      ours: () => timed(() => runScan(requestFor(folder), pace)),
      theirs: () => timed(() => listHistory(folder)),
    });
  },
};

const memory: Row = {
  id: 'map-memory',
  name: 'memory of the process that makes this map, at most (MB)',
  target: 250,
  better: 'lower',
  measure(run) {
    const folder = historyRepository(run.scaled(commits));
    const child = fileURLToPath(new URL('scan-child.ts', import.meta.url));
    return each({ ...run, repetitions: Math.min(run.repetitions, 3) }, async () => {
      const scratch = await mkdtemp(join(tmpdir(), 'frames-bench-'));
      try {
        const { stdout } = await execute(process.execPath, [
          child,
          JSON.stringify(requestFor(folder)),
          scratch,
        ]);
        return Number(stdout);
      } finally {
        await rm(scratch, { recursive: true, force: true });
      }
    });
  },
};

export const mapRows: readonly Row[] = [time, memory];
