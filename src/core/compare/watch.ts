import { stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Heads } from '#shared/contract/compare.ts';
import { placeOf } from '../sandboxes/folder.ts';
import type { Services } from '../services.ts';
import { headOf } from './page.ts';
import { withLive, withPlay } from './sides.ts';

type Needs = Pick<Services, 'files' | 'jobs' | 'log'>;

/** How often to look whether one of the files has changed, in milliseconds. */
const interval = 500;

/** What both logs end with, and what the files were like before that was read. */
interface Seen {
  files: string;
  heads: Heads;
}

/**
 * Tells what both logs end with: now, and whenever that is another. The files are only looked at until one of them was written to, so that
 * no lock and no connection stands in the way of who replaces or discards one. Throws what reading one of them throws.
 */
export async function* watchSides(
  needs: Needs,
  id: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<Heads, void, void> {
  for (let seen: Seen | null = null; ;) {
    const before: Seen | null = seen;
    seen = await needs.jobs.run((raised) => next(needs, id, before, raised), signal);
    yield seen.heads;
  }
}

/** Waits until the logs end with something else. */
async function next(needs: Needs, id: string, before: Seen | null, signal: AbortSignal): Promise<Seen> {
  let files = before?.files;
  for (;;) {
    const now = await stateOf(needs, id);
    if (now !== files) {
      const heads = await readHeads(needs, id);
      if (!before || !isSame(before.heads, heads)) return { files: now, heads };
      files = now;
    }
    await sleep(interval, undefined, { signal });
  }
}

const isSame = (one: Heads, other: Heads): boolean =>
  one.live.hash === other.live.hash && one.play.hash === other.play.hash;

const readHeads = (needs: Needs, id: string): Promise<Heads> =>
  withPlay(needs, id, (play) =>
    withLive(needs, (live) => Promise.resolve({ live: headOf(live), play: headOf(play) })),
  );

/** When and how both files and their write-ahead logs were written to last. */
async function stateOf({ files }: Needs, id: string): Promise<string> {
  const both = [files.live, placeOf(files, 'sandboxes', id).data];
  const seen = await Promise.all(both.flatMap((file) => [file, `${file}-wal`]).map(stateOfFile));
  return seen.join(' ');
}

async function stateOfFile(file: string): Promise<string> {
  try {
    const { ino, size, mtimeMs } = await stat(file);
    return `${ino}:${size}:${mtimeMs}`;
  } catch {
    return 'gone';
  }
}
