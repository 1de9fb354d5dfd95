import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RestoreState } from '#shared/shell/events.ts';
import { watchData } from '#main/data-watch.ts';
import type { DataWatch } from '#main/data-watch.ts';
import { DataUnavailable } from '#main/grants.ts';
import { Process } from '#test/support/data-child.ts';
import { noSecrets } from '#test/support/secret-store.ts';
import { makeFolder, removeFolder } from '../support/folder.ts';

let folder: string;
let all: Process[];
beforeEach(() => {
  folder = makeFolder();
  all = [];
});
afterEach(async () => {
  for (const one of all) await one.tidy();
  removeFolder(folder);
});

function watch(workspace: string, onRestore: (state: RestoreState) => void = () => {}): DataWatch<never> {
  const silent = (): void => {};
  const watched = watchData<never>({
    fork: () => {
      const one = new Process();
      all.push(one);
      return one;
    },
    kill: (child) => all.find((one) => one === child)?.end(),
    target: { workspace, sample: false },
    log: { info: silent, warn: silent, error: silent },
    secrets: noSecrets,
    resolveProxy: () => Promise.resolve('DIRECT'),
    onState: silent,
    onUsed: silent,
    onRestore,
  });
  watched.start();
  return watched;
}

const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2));
};
const grant = () => ({ id: 'ticket', path: join(folder, 'data.json'), use: 'read' as const });

describe('a file that is handed to the data process', () => {
  it('is known to it at the end, also when it was not open yet', async () => {
    const data = watch(join(folder, 'W'));
    await data.register(grant());
    expect(data.state.state).toBe('ready');
  });

  it('is refused when the workspace could not be opened, while it tries and afterwards', async () => {
    const blocked = join(folder, 'blocked');
    writeFileSync(blocked, '');
    const data = watch(join(blocked, 'W'));
    await expect(data.register(grant())).rejects.toBeInstanceOf(DataUnavailable);
    await until(() => data.state.state === 'failed');
    expect(data.state).toMatchObject({ folder: 'W' });
    await expect(data.register(grant())).rejects.toBeInstanceOf(DataUnavailable);
  });

  it('is refused when the asked process is replaced, and accepted by the next', async () => {
    const data = watch(join(folder, 'W'));
    await until(() => data.state.state === 'ready');
    (all[0] as Process).deaf = true;
    const waiting = data.register(grant());
    data.restart();
    await expect(waiting).rejects.toBeInstanceOf(DataUnavailable);
    await data.register(grant());
    expect(all).toHaveLength(2);
  });
});

describe('a file that the data process knew when it ended', () => {
  it('is known to the next one before any window hears of it', async () => {
    const data = watch(join(folder, 'W'));
    await data.register(grant());
    (all[0] as Process).end();
    await until(() => data.state.state === 'ready');
    expect((all[1] as Process).told.filter(({ kind }) => kind === 'grant')).toEqual([
      { kind: 'grant', ...grant() },
    ]);
  });
});

describe('the data process', () => {
  it('is restarted when it ends by itself, and on request', async () => {
    const data = watch(join(folder, 'W'));
    await until(() => data.state.state === 'ready');
    (all[0] as Process).end();
    expect(data.state).toEqual({ state: 'restarting', attempt: 1 });
    await until(() => data.state.state === 'ready');
    data.restart();
    expect(data.state.state).toBe('starting');
    await until(() => data.state.state === 'ready');
    expect(all).toHaveLength(3);
  });

  it('closes its workspace before another is opened in a new process', async () => {
    const data = watch(join(folder, 'W'));
    await until(() => data.state.state === 'ready');
    await data.open({ workspace: join(folder, 'Other'), sample: false });
    expect(data.state.state).toBe('starting');
    await until(() => data.state.state === 'ready');
    expect(all).toHaveLength(2);
    expect(existsSync(join(folder, 'Other', 'frames.sqlite'))).toBe(true);
    expect(readdirSync(join(folder, 'W', 'holders'))).toEqual([]);
  });

  it('is one in the end, of the last requested workspace, if requests come before it closes', async () => {
    const data = watch(join(folder, 'W'));
    await until(() => data.state.state === 'ready');
    const first = data.open({ workspace: join(folder, 'Other'), sample: false });
    await Promise.all([first, data.open({ workspace: join(folder, 'Last'), sample: false })]);
    await until(() => data.state.state === 'ready');
    expect(all).toHaveLength(2);
    expect(existsSync(join(folder, 'Last', 'frames.sqlite'))).toBe(true);
    expect(existsSync(join(folder, 'Other'))).toBe(false);
  });

  it('closes its workspace on request, and is not restarted', async () => {
    const data = watch(join(folder, 'W'));
    await until(() => data.state.state === 'ready');
    await data.stop();
    expect(all).toHaveLength(1);
  });
});

describe('a restore', () => {
  it('over which another one is opened is reported as cancelled, once', async () => {
    const states: RestoreState[] = [];
    const workspace = join(folder, 'W');
    const data = watch(workspace, (state) => states.push(state));
    await until(() => data.state.state === 'ready');
    const order = { what: 'restore' as const, id: 'none', actor: null, another: false };
    void data.open({ workspace, sample: false }, order);
    await data.open({ workspace: join(folder, 'Other'), sample: false });
    await until(() => data.state.state === 'ready');
    expect(states.filter(({ state }) => state === 'failed')).toHaveLength(1);
    expect(states.at(-1)).toMatchObject({ state: 'failed' });
    await data.open({ workspace, sample: false });
    expect(states.filter(({ state }) => state === 'failed')).toHaveLength(1);
  });
});
