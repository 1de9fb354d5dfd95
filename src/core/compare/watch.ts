import { stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WatchedState } from '#shared/contract/compare.ts';
import { sandboxPaths } from '../kernel/db/sandbox-folder.ts';
import type { Services } from '../model/services.ts';
import { headOf } from './page.ts';
import { withLive, withSandbox } from './snapshots.ts';

type WatchServices = Pick<Services, 'files' | 'background' | 'log'>;

/** Milliseconds between two checks of the files. */
const pollInterval = 500;

/** The reported state, and the stamps that the files had before the state was read. */
interface Seen {
  stamps: string;
  state: WatchedState;
}

/**
 * Reports the last transactions of both logs and the sandbox's name, now and after each change. Holds no lock and no connection while the
 * stamps of the files stay the same. Throws the errors of reading.
 */
export async function* watchSides(
  needs: WatchServices,
  id: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<WatchedState, void, void> {
  for (let seen: Seen | null = null; ;) {
    const previous: Seen | null = seen;
    seen = await needs.background.run((stopSignal) => next(needs, id, previous, stopSignal), signal);
    yield seen.state;
  }
}

/** Waits for a state that differs from the previous one. */
async function next(
  needs: WatchServices,
  id: string,
  previous: Seen | null,
  signal: AbortSignal,
): Promise<Seen> {
  let stamps = previous?.stamps;
  for (;;) {
    const current = await stampsOf(needs, id);
    if (current !== stamps) {
      const state = await read(needs, id);
      if (!previous || !isSame(previous.state, state)) return { stamps: current, state };
      stamps = current;
    }
    await sleep(pollInterval, undefined, { signal });
  }
}

const isSame = (one: WatchedState, other: WatchedState): boolean =>
  one.live.hash === other.live.hash && one.play.hash === other.play.hash && one.name === other.name;

const read = (needs: WatchServices, id: string): Promise<WatchedState> =>
  withSandbox(needs, id, (play, { name }) =>
    withLive(needs, (live) => Promise.resolve({ live: headOf(live), play: headOf(play), name })),
  );

async function stampsOf({ files }: WatchServices, id: string): Promise<string> {
  const dataFiles = [files.live, sandboxPaths(files, 'sandboxes', id).data];
  const stamps = await Promise.all(dataFiles.flatMap((file) => [file, `${file}-wal`]).map(stampOf));
  return stamps.join(' ');
}

async function stampOf(file: string): Promise<string> {
  try {
    const { ino, size, mtimeMs } = await stat(file);
    return `${ino}:${size}:${mtimeMs}`;
  } catch {
    return 'gone';
  }
}
