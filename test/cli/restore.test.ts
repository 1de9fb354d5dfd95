import { cpSync, readFileSync, truncateSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Backup } from '#shared/contract/backups.ts';
import type { Sandbox } from '#shared/contract/sandboxes.ts';
import type { Restored } from '#core/restore/in-place.ts';
import { locateIn } from '#core/log/records/locate.ts';
import { backUp } from '#test/support/backup.ts';
import { openSeeded } from '#test/support/workspace.ts';
import { inFolder } from './frames.ts';

const { at, frames, json, refused } = inFolder();
const w = ['--workspace', 'w'] as const;
let made: Backup;
const teams = async (...more: string[]): Promise<number> =>
  (await json<{ total: number }>('entities', 'list', 'team', '--limit', '1', ...w, ...more)).total;

beforeAll(async () => {
  await json('seed', '--size', 'small', ...w);
  made = await json<Backup>('backup', 'create', ...w);
  await json('entities', 'create', 'team', '--data', '{"name":"Late"}', ...w);
});

describe('frames backup restore in place', () => {
  test('asks first, saying what goes, and needs an admin', async () => {
    const said = await frames('backup', 'restore', made.id, ...w);
    expect(said.code).toBe(2);
    await json('profiles', 'create', 'Rea', '--role', 'researcher', ...w);
    const { error } = await refused('backup', 'restore', made.id, ...w, '--yes', '--actor', 'Rea');
    expect(error).toMatchObject({ code: 'FORBIDDEN', details: { rule: 'restore_needs_admin' } });
    expect((await refused('backup', 'restore', made.id, ...w, '--yes', '--into', 'x')).error.code).toBe(
      'USAGE',
    );
    expect((await refused('backup', 'restore', 'none', ...w, '--yes')).error.code).toBe('BACKUP');
    expect(await teams()).toBe(65);
  });

  test('is refused while a window has it open, which is named', async () => {
    const core = await openSeeded({
      folder: at('w'),
      seed: 9,
      holder: { kind: 'window', label: 'the window' },
    });
    try {
      const { error } = await refused('backup', 'restore', made.id, ...w, '--yes');
      expect(error).toMatchObject({
        code: 'BUSY',
        details: { holder: `the window (process ${process.pid})` },
      });
      expect(error.message).toContain('Nothing was changed.');
    } finally {
      await core.close();
    }
  });

  test('restores, tells where what was there is, and can be taken back with that', async () => {
    const restored = await json<Restored>('backup', 'restore', made.id, ...w, '--yes');
    expect(restored).toMatchObject({ id: made.id, counts: { teams: 64 }, displaced: null, problem: null });
    expect(restored).toMatchObject({ folder: at('w'), workspace_id: made.workspace });
    expect(restored).not.toHaveProperty('workspace');
    expect(await teams()).toBe(64);
    expect((await frames('audit', 'list', ...w)).stdout).toContain(`Restored the backup ${made.id}`);
    const listed = (await frames('backup', 'list', ...w)).stdout.split('\n');
    expect(listed.filter((line) => line.includes('(replaced)')).map((line) => line.split(' ')[0])).toEqual([
      restored.safety,
    ]);
    await frames('backup', 'restore', restored.safety ?? '', ...w, '--yes');
    expect(await teams()).toBe(65);
    expect((await frames('verify', ...w)).code).toBe(0);
  });

  test('fails where what was restored cannot be opened, and tells what was done all the same', async () => {
    await json('seed', '--size', 'small', '--workspace', 'nobody');
    cpSync(at('nobody'), at('left'), { recursive: true });
    const core = await openSeeded({ folder: at('left'), seed: 9 });
    const { services } = core;
    const [profile] = await core.client(core.session()).workspace.profiles({});
    const record = { type: 'profile', id: profile?.id ?? '' } as const;
    await services.queue.command(core.session(), (write) => {
      const located = locateIn(write.db, record.type, record.id);
      if (located) write.records.remove(located);
    });
    const { id } = await backUp(services);
    await core.close();
    cpSync(at('left/backups'), at('nobody/backups'), { recursive: true });
    const here = ['backup', 'restore', id, '--workspace', 'nobody', '--yes'];
    const { code, stdout, stderr } = await frames(...here, '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      id,
      problem: expect.stringContaining('nobody is in it') as unknown,
    });
    expect(JSON.parse(stderr.trim().split('\n').at(-1) ?? '')).toMatchObject({
      error: { code: 'NOT_OPENED' },
    });
    expect(code).toBe(1);
  });

  test('also where live is damaged, which is kept as it is', async () => {
    truncateSync(at('w/frames.sqlite'), 30_000);
    const bytes = readFileSync(at('w/frames.sqlite'));
    const { code, stdout } = await frames('backup', 'restore', made.id, ...w, '--yes');
    expect(code).toBe(0);
    const [, displaced] = /lies, unchanged, in (\S+)\.\n/.exec(stdout) ?? [];
    expect(readFileSync(at(`w/${displaced}/frames.sqlite`)).equals(bytes)).toBe(true);
    expect(await teams()).toBe(64);
  });
});

test('frames sandbox create --from backup:ID makes a sandbox of a backup', async () => {
  const sandbox = await json<Sandbox>('sandbox', 'create', 'As it was', '--from', `backup:${made.id}`, ...w);
  expect(sandbox).toMatchObject({
    name: 'As it was',
    from: `backup:${made.id}`,
    counts: { teams: 64 },
    changes: 0,
  });
  await json('entities', 'create', 'team', '--data', '{"name":"Played"}', ...w, '--sandbox', sandbox.id);
  expect([await teams(), await teams('--sandbox', sandbox.id)]).toEqual([64, 65]);
  expect((await refused('sandbox', 'create', 'No', '--from', 'backup:none', ...w)).error.code).toBe('BACKUP');
});
