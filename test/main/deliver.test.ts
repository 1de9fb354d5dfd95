import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ShellEvent } from '#shared/shell/events.ts';
import { createDelivery } from '#main/delivery.ts';
import { createShellGrants, DataUnavailable } from '#main/grants.ts';
import { makeFolder, removeFolder } from '../support/folder.ts';

let folder: string;
let told: ShellEvent[];
let listening: boolean;
let open: boolean;
beforeEach(() => {
  folder = makeFolder();
  told = [];
  listening = true;
  open = true;
});
afterEach(() => removeFolder(folder));

/** The shell's own grants, with a data process that has a workspace open or not. */
const begin = () =>
  createDelivery({
    isListening: () => listening,
    send: (event) => told.push(event),
    grants: createShellGrants(() => (open ? Promise.resolve() : Promise.reject(new DataUnavailable()))),
  });

const file = (name: string): { kind: 'file'; path: string } => {
  writeFileSync(join(folder, name), '{}');
  return { kind: 'file', path: join(folder, name) };
};
const link = { kind: 'link', link: 'frames://live/teams' } as const;

describe('links and files from outside', () => {
  it('reach the window in the order in which they came; a file as a grant without its folder', async () => {
    const delivery = begin();
    delivery.add([file('a.json'), link]);
    await delivery.flush();
    expect(told).toMatchObject([{ kind: 'file', file: { name: 'a.json', bytes: 2 } }, link]);
    expect(JSON.stringify(told)).not.toContain(folder);
  });

  it('wait until a page listens', async () => {
    listening = false;
    const delivery = begin();
    delivery.add([link]);
    await delivery.flush();
    expect(told).toEqual([]);
    listening = true;
    await delivery.flush();
    expect(told).toEqual([link]);
    await delivery.flush();
    expect(told).toHaveLength(1);
  });

  it('a file waits until a workspace is open, and later ones keep their order', async () => {
    open = false;
    const delivery = begin();
    delivery.add([file('a.json'), link]);
    await delivery.flush();
    expect(told).toEqual([]);
    open = true;
    await delivery.flush();
    expect(told.map(({ kind }) => kind)).toEqual(['file', 'link']);
  });

  it('a missing workspace is reported by name only', async () => {
    const delivery = begin();
    delivery.add([{ kind: 'missingWorkspace', folder: join(folder, 'Mine') }]);
    await delivery.flush();
    expect(told).toEqual([{ kind: 'unopened', name: 'Mine', reason: 'workspace_gone' }]);
  });
});
