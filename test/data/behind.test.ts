import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { FromData, Order } from '#shared/shell/process.ts';
import { createHost } from '#data/host.ts';
import { connectTo } from '#test/support/data-host.ts';
import { testFolder } from '#test/support/folder.ts';
import { resultOf } from '#test/support/sandboxes.ts';

/** A data process that opens a workspace, after an order where there is one, once it says that it is ready or why not. */
async function opened(workspace: string, order?: Order) {
  const said: FromData[] = [];
  const ended = Promise.withResolvers<void>();
  const told = Promise.withResolvers<FromData>();
  const postMessage = (message: FromData): void => {
    said.push(message);
    if (message.kind === 'ready' || message.kind === 'failed') told.resolve(message);
  };
  const host = createHost({ on: () => undefined, postMessage }, () => ended.resolve());
  const target = { kind: 'live' } as const;
  host.receive({ kind: 'open', workspace, target, sample: false, name: '', order, look: false }, []);
  const close = async (): Promise<void> => {
    host.receive({ kind: 'close' }, []);
    await ended.promise;
  };
  return { host, said, first: await told.promise, close };
}

it('an older file leads to recovery with the backup, and is opened on request', async () => {
  const workspace = join(testFolder(), 'W');
  const live = join(workspace, 'frames.sqlite');
  const begun = await opened(workspace);
  const client = connectTo(begun.host);
  const { id } = await resultOf(await client.backups.create({}));
  await begun.close();
  const old = readFileSync(live);
  const second = await opened(workspace);
  await connectTo(second.host).entities.create({ type: 'team', id: 'late', data: { name: 'Late' } });
  await second.close();
  const { created_at: until } = JSON.parse(readFileSync(join(workspace, 'head.json'), 'utf8')) as {
    created_at: string;
  };
  writeFileSync(live, old);

  const refused = await opened(workspace);
  await refused.close();
  expect(refused.first).toMatchObject({
    kind: 'failed',
    reason: 'behind',
    refused: { data: { until } },
    backups: [{ id, later: true, until, another: false }],
  });

  const accepted = await opened(workspace, { what: 'accept', actor: null });
  expect(accepted.first.kind).toBe('ready');
  const outcome = { what: 'accept', until, safety_usual: false };
  expect(accepted.said).toContainEqual({ kind: 'restored', outcome });
  const { rows } = await connectTo(accepted.host).history.list({ limit: 1 });
  expect(rows[0]).toMatchObject({ label: 'workspace.accepted', params: { missing_until: until } });
  await accepted.close();
  const again = await opened(workspace);
  expect(again.first.kind).toBe('ready');
  await again.close();
});
