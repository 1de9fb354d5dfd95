import { beforeAll, describe, expect, test } from 'vitest';
import type { AuditTransaction } from '#shared/contract/history.ts';
import type { Profile } from '#shared/contract/workspace.ts';
import { inFolder } from './frames.ts';

const { frames, json, refused } = inFolder();
const w = ['--workspace', 'w'] as const;
type Renamed = { profile: Profile; op_id: string | null };

const called = async (): Promise<string[]> =>
  (await json<Profile[]>('profiles', 'list', ...w)).map(({ name }) => name);

beforeAll(async () => {
  await json('seed', '--size', 'small', ...w);
  await json('profiles', 'create', 'Vic', '--role', 'viewer', ...w);
});

describe('frames profiles rename', () => {
  test('renames who acts, says what it was called, and is undone', async () => {
    const [owner = ''] = await called();
    const { code, stdout } = await frames('profiles', 'rename', 'Mira Castellano', ...w);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^The profile prof_\S+ is called "Mira Castellano" now\.\n$/);
    expect(await called()).toEqual(['Mira Castellano', 'Vic']);
    const audit = await frames('audit', 'list', ...w, '--limit', '1');
    expect(audit.stdout).toContain(`Renamed the profile "${owner}" to "Mira Castellano"`);
    const again = await frames('profiles', 'rename', 'Mira Castellano', ...w);
    expect(again.stdout).toMatch(
      /^Nothing to change: the profile prof_\S+ is called "Mira Castellano" already\.\n$/,
    );
    const { stdout: undone } = await frames('undo', ...w);
    expect(undone).toBe(`Undone: renamed the profile "${owner}" to "Mira Castellano" (1 change).\n`);
    expect(await called()).toEqual([owner, 'Vic']);
  });

  test('renames another by name or id for an admin, the own for everybody', async () => {
    const { profile, op_id } = await json<Renamed>('profiles', 'rename', 'Vicky', '--profile', 'Vic', ...w);
    expect(profile).toMatchObject({ name: 'Vicky', role: 'viewer' });
    const { rows } = await json<{ rows: AuditTransaction[] }>('audit', 'list', ...w, '--limit', '1');
    expect(rows).toMatchObject([{ op_id, label: 'profile.rename' }]);
    await json('profiles', 'rename', 'Victoria', '--actor', 'Vicky', ...w);
    expect((await called())[1]).toBe('Victoria');
    await json('undo', '--actor', 'Victoria', ...w);
    await json('profiles', 'rename', 'Vic', '--profile', profile.id, ...w);
    expect((await called())[1]).toBe('Vic');
    const [owner = ''] = await called();
    expect(
      await refused('profiles', 'rename', 'X', '--profile', owner, '--actor', 'Vic', ...w),
    ).toMatchObject({ code: 1, error: { code: 'FORBIDDEN' } });
    expect(await refused('profiles', 'rename', 'X', '--profile', 'nobody', ...w)).toMatchObject({
      code: 1,
      error: { code: 'UNKNOWN_ACTOR' },
    });
    expect(await refused('profiles', 'rename', ...w)).toMatchObject({ code: 2 });
    expect(await json('verify', ...w)).toMatchObject({ ok: true });
  });
});
