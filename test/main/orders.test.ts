import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DataState, RestoreState } from '#shared/shell/events.ts';
import { watchData } from '#main/data-watch.ts';
import type { DataWatch } from '#main/data-watch.ts';
import { Process } from '#test/support/data-child.ts';
import { noSecrets } from '#test/support/secret-store.ts';
import { makeFolder, removeFolder } from '../support/folder.ts';

let folder: string;
let workspace: string;
let all: Process[];
let orders: RestoreState[];
let states: DataState[];

beforeEach(() => {
  folder = makeFolder();
  workspace = join(folder, 'W');
  [all, orders, states] = [[], [], []];
});
afterEach(async () => {
  for (const one of all) await one.tidy();
  removeFolder(folder);
});

const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2));
};

/** A workspace that is open. */
async function watched(): Promise<DataWatch<never>> {
  const silent = (): void => {};
  const data = watchData<never>({
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
    onState: (state) => states.push(state),
    onUsed: silent,
    onRestore: (state) => orders.push(state),
  });
  data.start();
  await until(() => data.state.state === 'ready' || data.state.state === 'failed');
  return data;
}

const order = { what: 'vacuum' as const, actor: 'nobody' };
const codes = () => orders.flatMap((one) => (one.state === 'failed' ? [one.refused.code] : []));
const opened = (at: number) => all[at]?.told.find((one) => one.kind === 'open');

describe('an order', () => {
  it('that is cancelled before its process starts is not carried out', async () => {
    const data = await watched();
    const opening = data.open({ workspace, sample: false }, order);
    data.cancelOrder();
    expect(codes()).toEqual(['CANCELLED']);
    await opening;
    await until(() => data.state.state === 'ready');
    expect(opened(1)).not.toHaveProperty('order');
    data.cancelOrder();
    expect(all[1]?.told.map(({ kind }) => kind)).not.toContain('cancelRestore');
    expect(codes()).toEqual(['CANCELLED']);
  });
});

/** A workspace whose file was damaged, as the recovery window has it. */
async function damaged(): Promise<DataWatch<never>> {
  const whole = await watched();
  await whole.stop();
  const live = join(workspace, 'frames.sqlite');
  writeFileSync(live, readFileSync(live).fill(0, 0, 4096));
  [all, states] = [[], []];
  return watched();
}

describe('an order that is being carried out', () => {
  it('is reported as interrupted if somebody restarts the process', async () => {
    const data = await watched();
    await data.open({ workspace, sample: false }, order);
    data.restart();
    expect(orders.at(-1)).toMatchObject({ state: 'failed', refused: { data: { reason: 'broken_off' } } });
    await until(() => data.state.state === 'ready');
    expect(codes()).toHaveLength(1);
  });
});

describe('requests for a workspace that cannot be opened', () => {
  it('are carried out by a new process if the examining one has ended, and windows are notified', async () => {
    const data = await damaged();
    all[0]?.end();
    expect(states.at(-1)).toMatchObject({
      state: 'failed',
      reason: 'foreign',
      salvageRefused: { data: { reason: 'stopped' } },
    });
    const told = states.length;
    const path = join(folder, 'support.tgz');
    expect(await data.supportCopy(path)).toBeNull();
    expect(existsSync(path)).toBe(true);
    expect(all).toHaveLength(2);
    expect(opened(1)).toHaveProperty('look', false);
    expect(states).toHaveLength(told);
  });
});
