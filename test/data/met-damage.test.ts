import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FromData } from '#shared/shell/process.ts';
import { createHost } from '#data/host.ts';
import type { Host } from '#data/host.ts';
import { connectTo } from '#test/support/data-host.ts';
import { makeFolder, removeFolder } from '#test/support/folder.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { spoilTable } from '#test/support/spoil.ts';

let folder: string;
let workspace: string;
beforeEach(() => {
  folder = makeFolder();
  workspace = join(folder, 'W');
});
afterEach(() => removeFolder(folder));

/** Opens it as the data process does, has something done, and closes it. Returns what was said of opening it. */
async function opened(doing: (client: ReturnType<typeof connectTo>) => unknown = () => {}) {
  const said = Promise.withResolvers<Extract<FromData, { kind: 'ready' | 'failed' }>>();
  const ended = Promise.withResolvers<void>();
  const postMessage = (message: FromData): void => {
    if (message.kind === 'ready' || message.kind === 'failed') said.resolve(message);
  };
  const host: Host = createHost({ on: () => undefined, postMessage }, () => ended.resolve());
  host.receive(
    { kind: 'open', workspace, target: { kind: 'live' }, sample: false, name: '', look: false },
    [],
  );
  const message = await said.promise;
  if (message.kind === 'ready') await doing(connectTo(host));
  host.receive({ kind: 'close' }, []);
  await ended.promise;
  return message;
}

async function damaged(): Promise<void> {
  await opened(async (client) => {
    await client.entities.create({ type: 'team', id: 'one', data: { name: 'One' } });
    await resultOf(await client.backups.create({}));
  });
  cpSync(join(workspace, 'frames.sqlite'), join(folder, 'whole'));
  spoilTable(join(workspace, 'frames.sqlite'), 'teams');
}

type Client = ReturnType<typeof connectTo>;
describe('corruption found while a workspace is open', () => {
  it.each<[string, (client: Client) => Promise<unknown>]>([
    ['reading', (client) => client.entities.list({ type: 'team', limit: 10 }).catch(() => {})],
    ['checking', async (client) => resultOf(await client.workspace.verify({}))],
    ['backing up', async (client) => resultOf(await client.backups.create({})).catch(() => {})],
    ['keeping a golden version', async (client) => resultOf(await client.golden.publish({})).catch(() => {})],
    ['looking at its health', async (client) => resultOf(await client.care.health({ full: false }))],
  ])('by %s leads to recovery at the next start', async (_, meet) => {
    await damaged();
    expect(await opened()).toMatchObject({ kind: 'ready' });
    expect(await opened(meet)).toMatchObject({ kind: 'ready' });
    const next = await opened();
    expect(next).toMatchObject({ kind: 'failed', reason: 'damaged', backups: [{ another: false }] });
    expect(existsSync(join(workspace, 'damaged.json'))).toBe(true);
  });

  it('is forgotten when the file is whole again', async () => {
    await damaged();
    await opened(async (client) => resultOf(await client.workspace.verify({})));
    expect(await opened()).toMatchObject({ kind: 'failed' });
    cpSync(join(folder, 'whole'), join(workspace, 'frames.sqlite'));
    expect(await opened()).toMatchObject({ kind: 'ready' });
    expect(existsSync(join(workspace, 'damaged.json'))).toBe(false);
  });
});
