import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { expect, onTestFinished, test } from 'vitest';
import { WriteQueue } from '#core/log/commands/write-queue.ts';
import { openConnection } from '#core/kernel/db/connection.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { coreRouter } from '#core/router.ts';
import { fillUp, mountSmall, smallDisks } from '#test/support/disk.ts';
import { testFolder } from '#test/support/folder.ts';
import { readLive } from '#test/support/live.ts';
import { refused } from '#test/support/refusal.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, openSeeded, testWorkspace, verified } from '#test/support/workspace.ts';
import type { Client } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);
const long = 'x'.repeat(19_000);
const note = ({ update }: Pick<Client['entities'], 'update'>, notes: string): Promise<unknown> =>
  update({ type: 'team', id: 'team-a', data: { description: notes } });
const full = async (work: Promise<unknown>): Promise<void> => {
  const { data, message } = await refused('WORKSPACE', work);
  expect(data).toMatchObject({ reason: 'full' });
  expect(message).toBe('The disk is full. Free up space and try again. Nothing was changed.');
};

test('a write that does not fit is refused with a message and changes nothing; the next one works as soon as there is space', async () => {
  const workspace = await testWorkspace({ template });
  const { services } = workspace.core;
  const connection = openConnection(workspace.files.live, { mode: 'write', log: silentLog });
  onTestFinished(() => connection.close());
  const queue = new WriteQueue({ ...services, connection, onCommit: () => undefined });
  const context = { session: workspace.core.session(), services: { ...services, queue } };
  const client = createRouterClient(coreRouter, { context });
  const before = workspace.raw(readLive);
  // SQLite is told how large the file may become: what it says then is what it says of a full disk.
  connection.pragma('max_page_count = 1');
  await full(note(client.entities, long));
  await full(client.entities.create({ type: 'team', data: { name: 'New', description: long } }));
  // Several that come together fail together, and leave nothing behind.
  for (const one of await Promise.allSettled([1, 2, 3].map((n) => note(client.entities, `${long}${n}`))))
    expect(one.status).toBe('rejected');
  expect(workspace.raw(readLive)).toEqual(before);
  connection.pragma('max_page_count = 1000000');
  await note(client.entities, 'short');
  expect(workspace.raw(readLive)).not.toEqual(before);
  expect((await workspace.verify()).ok).toBe(true);
});

/** Writes until the disk takes no more. */
async function writeOn(client: Client): Promise<void> {
  for (let step = 0; step < 1000; step++) {
    const outcome = await Promise.allSettled([note(client.entities, `${step}${long}`)]);
    if (outcome[0].status === 'fulfilled') continue;
    return full(Promise.reject(outcome[0].reason as Error));
  }
  throw new Error('The disk took all of it.');
}

// A disk that is really full, wherever one can be made.
test.each(smallDisks())(
  'on %s that is really full nothing is lost either, and nobody has to start again',
  async () => {
    const disk = testFolder();
    onTestFinished(mountSmall(disk, 6_000_000));
    const folder = join(disk, 'w');
    let core = await openSeeded({ folder, owner: 'Ada' });
    const client = (): Client => core.client(core.session());
    const transactions = async (): Promise<number> => (await client().workspace.info({})).transactions;
    await client().entities.create({ type: 'team', id: 'team-a', data: { name: 'Team A' } });
    const filler = fillUp(disk);
    await writeOn(client());
    expect((await client().care.warnings({})).map(({ code }) => code)).toEqual(['disk.full']);
    const count = await transactions();
    await full(note(client().entities, long));
    expect(await transactions()).toBe(count);
    rmSync(filler);
    await note(client().entities, 'there is room again');
    expect(await transactions()).toBe(count + 1);
    expect((await verified(client())).ok).toBe(true);
    await core.close();
    // To open it SQLite needs a little room beside the file: without any, that is said, and nothing comes of it.
    const again = fillUp(disk);
    await expect(openSeeded({ folder, seed: 2 })).rejects.toMatchObject({ data: { reason: 'full' } });
    rmSync(again);
    core = await openSeeded({ folder, seed: 3 });
    const { payload } = await client().entities.get({ type: 'team', id: 'team-a' });
    expect(payload).toMatchObject({ description: 'there is room again' });
    await core.close();
  },
);
