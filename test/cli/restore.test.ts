import { beforeAll, describe, expect, test } from 'vitest';
import type { Backup } from '#shared/contract/backups.ts';
import type { RestoredVersion } from '#shared/contract/restored-version.ts';
import { openSeeded } from '#test/support/workspace.ts';
import { inFolder } from './frames.ts';

const { at, frames, json, refused, seed } = inFolder();
const w = ['--workspace', 'w'] as const;
let made: Backup;
const teams = async (...more: string[]): Promise<number> =>
  (await json<{ total: number }>('entities list team', '--limit', '1', ...w, ...more)).total;

beforeAll(async () => {
  await seed();
  made = await json<Backup>('backup create', ...w);
  await json('entities create team', '--data', '{"name":"Late"}', ...w);
});

describe('frames backup restore in place', () => {
  test('asks for confirmation with the losses, and requires an admin', async () => {
    const said = await frames('backup restore', made.id, ...w);
    expect(said.code).toBe(2);
    await json('profiles create', 'Rea', '--role', 'researcher', ...w);
    const { error } = await refused('backup restore', made.id, ...w, '--yes', '--actor', 'Rea');
    expect(error).toMatchObject({ code: 'FORBIDDEN', details: { rule: 'restore_needs_admin' } });
    expect((await refused('backup restore', made.id, ...w, '--yes', '--into', 'x')).error.code).toBe('USAGE');
    expect((await refused('backup restore none', ...w, '--yes')).error.code).toBe('BACKUP');
    expect(await teams()).toBe(65);
  });

  test('restores while a window is open, in one undoable change', async () => {
    const core = await openSeeded({
      folder: at('w'),
      seed: 9,
      holder: { kind: 'window', label: 'a window' },
    });
    try {
      const dry = await json('backup restore', made.id, ...w, '--dry-run');
      expect(dry).toMatchObject({ dry: true, removed: { teams: 1 }, would_be_refused: null });
      const restored = await json<RestoredVersion>('backup restore', made.id, ...w, '--yes');
      expect(restored).toMatchObject({ removed: { teams: 1 } });
      expect(await teams()).toBe(64);
      expect((await frames('audit list', ...w)).stdout).toContain('Restored the backup of');
      const listed = await json<Backup[]>('backup list', ...w);
      expect(listed.find(({ id }) => id === restored.backup)).toMatchObject({ reason: 'restore' });
      await json('undo', ...w);
      expect(await teams()).toBe(65);
      expect((await frames('verify', ...w)).code).toBe(0);
    } finally {
      await core.close();
    }
  });
});
