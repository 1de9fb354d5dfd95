import { stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Watched } from '#shared/contract/compare.ts';
import { placeOf } from '../kernel/db/sandbox-folder.ts';
import type { Services } from '../model/services.ts';
import { headOf } from './page.ts';
import { withLive, withPlay } from './snapshots.ts';

type Needs = Pick<Services, 'files' | 'background' | 'log'>;

/** Milliseconds between two looks at the files. */
const interval = 500;

/** The reported state and the files' stamps from before it was read. */
interface Seen {
  files: string;
  state: Watched;
}

/**
 * Reports the last transactions of both logs and the sandbox's name, now and after each change. Until a file's stamp changes it holds no
 * lock and no connection. Throws what reading throws.
 */
export async function* watchSides(
  needs: Needs,
  id: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<Watched, void, void> {
  for (let seen: Seen | null = null; ;) {
    const before: Seen | null = seen;
    seen = await needs.background.run((raised) => next(needs, id, before, raised), signal);
    yield seen.state;
  }
}

/** Waits until something else is to be told. */
async function next(needs: Needs, id: string, before: Seen | null, signal: AbortSignal): Promise<Seen> {
  let files = before?.files;
  for (;;) {
    const now = await stateOf(needs, id);
    if (now !== files) {
      const state = await read(needs, id);
      if (!before || !isSame(before.state, state)) return { files: now, state };
      files = now;
    }
    await sleep(interval, undefined, { signal });
  }
}

const isSame = (one: Watched, other: Watched): boolean =>
  one.live.hash === other.live.hash && one.play.hash === other.play.hash && one.name === other.name;

const read = (needs: Needs, id: string): Promise<Watched> =>
  withPlay(needs, id, (play, { name }) =>
    withLive(needs, (live) => Promise.resolve({ live: headOf(live), play: headOf(play), name })),
  );

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
