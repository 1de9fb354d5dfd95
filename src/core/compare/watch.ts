import { stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WatchedState } from '#shared/contract/compare.ts';
import { sandboxPaths } from '../kernel/db/sandbox-folder.ts';
import type { Services } from '../model/services.ts';
import { headOf } from './page.ts';
import { withLive, withSandbox } from './snapshots.ts';

type WatchServices = Pick<Services, 'files' | 'background' | 'log' | 'source'>;

const pollIntervalMs = 500;

/** The reported state, and the stamps (inode, size, time) that the files had before the state was read. */
interface SeenState {
  stamps: string;
  state: WatchedState;
}

/**
 * Reports the last transactions of both logs and the sandbox's name, now and after each change. Holds no lock and no connection while the
 * stamps of the files stay the same. Throws the errors of reading.
 */
export async function* watchSides(
  services: WatchServices,
  id: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<WatchedState, void, void> {
  for (let seen: SeenState | null = null; ;) {
    const previous: SeenState | null = seen;
    seen = await services.background.run(
      (stopSignal) => waitForChange(services, id, previous, stopSignal),
      signal,
    );
    yield seen.state;
  }
}

/** Waits for a state that differs from the previous one. */
async function waitForChange(
  services: WatchServices,
  id: string,
  previous: SeenState | null,
  signal: AbortSignal,
): Promise<SeenState> {
  let stamps = previous?.stamps;
  for (;;) {
    const current = await readStamps(services, id);
    if (current !== stamps) {
      const state = await readState(services, id);
      if (!previous || !isSameState(previous.state, state)) return { stamps: current, state };
      stamps = current;
    }
    await sleep(pollIntervalMs, undefined, { signal });
  }
}

const isSameState = (one: WatchedState, other: WatchedState): boolean =>
  one.live.hash === other.live.hash && one.play.hash === other.play.hash && one.name === other.name;

const readState = (services: WatchServices, id: string): Promise<WatchedState> =>
  withSandbox(services, id, (sandbox, { name }) =>
    withLive(services, (live) => Promise.resolve({ live: headOf(live), play: headOf(sandbox), name })),
  );

async function readStamps({ files }: WatchServices, id: string): Promise<string> {
  const dataFiles = [files.live, sandboxPaths(files, 'sandboxes', id).data];
  const stamps = await Promise.all(dataFiles.flatMap((file) => [file, `${file}-wal`]).map(readStamp));
  return stamps.join(' ');
}

async function readStamp(file: string): Promise<string> {
  try {
    const { ino, size, mtimeMs } = await stat(file);
    return `${ino}:${size}:${mtimeMs}`;
  } catch {
    return 'gone';
  }
}
