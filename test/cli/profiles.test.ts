import { beforeAll, describe, expect, test } from 'vitest';
import type { AuditTransaction } from '#shared/contract/history.ts';
import type { Profile } from '#shared/contract/workspace.ts';
import { inFolder } from './frames.ts';

const { frames, json, refused, seed } = inFolder();
const w = ['--workspace', 'w'] as const;
type Renamed = { profile: Profile; op_id: string | null };

const called = async (): Promise<string[]> =>
  (await json<Profile[]>('profiles list', ...w)).map(({ name }) => name);

beforeAll(async () => {
  await seed();
  await json('profiles create', 'Vic', '--role', 'viewer', ...w);
});

describe('frames profiles rename', () => {
  test('renames the actor, reports the former name, and is undone', async () => {
    const [owner = ''] = await called();
    const { code } = await frames('profiles rename', 'Mira Castellano', ...w);
    expect(code).toBe(0);
    expect(await called()).toEqual(['Mira Castellano', 'Vic']);
    const audit = await frames('audit list', ...w, '--limit', '1');
    expect(audit.stdout).toContain(`Renamed profile “${owner}” to “Mira Castellano”`);
    await frames('profiles rename', 'Mira Castellano', ...w);
    const { stdout: undone } = await frames('undo', ...w);
    expect(undone).toBe(`Undone: Renamed profile “${owner}” to “Mira Castellano” (1 change).\n`);
    expect(await called()).toEqual([owner, 'Vic']);
  });
});

describe('frames profiles change', () => {
  const univ = async (): Promise<string> => {
    const { rows } = await json<{ rows: { id: string }[] }>('entities list university', '--limit', '1', ...w);
    return rows[0]?.id ?? '';
  };
  const vic = async (): Promise<Profile | undefined> =>
    (await json<Profile[]>('profiles list', ...w)).find(({ name }) => name.startsWith('Vic'));

  test('changes role, university and name, reports it, and is undone', async () => {
    const [before, id] = [await vic(), await univ()];
    const given = ['--role', 'editor', '--university', id, '--name', 'Vicky'] as const;
    await frames('profiles change', 'Vic', ...given, ...w);
    expect(await vic()).toEqual({ ...before, name: 'Vicky', role: 'editor', university_id: id });
    const { rows } = await json<{ rows: AuditTransaction[] }>('audit list', ...w, '--limit', '1');
    expect(rows).toMatchObject([
      { label: 'profile.change', params: { title: 'Vicky', was: 'Vic', role: 'editor' } },
    ]);
    const again = await frames('profiles change', 'Vicky', '--role', 'editor', ...w);
    expect(again.stdout).toContain('Nothing to change.');
    const { profile, op_id } = await json<Renamed>('profiles change', 'Vicky', '--university', 'none', ...w);
    expect([profile.university_id, typeof op_id]).toEqual([null, 'string']);
    await json('undo', ...w);
    await json('undo', ...w);
    expect(await vic()).toEqual(before);
  });

  test('refuses invalid changes', async () => {
    const [owner = ''] = await called();
    const change = (...given: string[]) => refused('profiles change', ...given, ...w);
    expect(await change('Vic', '--role', 'admin', '--actor', 'Vic')).toMatchObject({
      code: 1,
      error: { code: 'FORBIDDEN' },
    });
    expect(await change('Vic', '--university', 'nowhere')).toMatchObject({
      code: 1,
      error: { code: 'INVALID', details: { issues: [{ path: 'university_id', code: 'dangling' }] } },
    });
    expect(await change(owner, '--role', 'viewer')).toMatchObject({
      code: 1,
      error: { code: 'INVALID', details: { issues: [{ path: 'role', code: 'last_admin' }] } },
    });
    expect(await change('Vic', '--role', 'king')).toMatchObject({ code: 2 });
    expect(await change('Vic')).toMatchObject({ code: 2 });
    expect(await change()).toMatchObject({ code: 2 });
    expect(await json('verify', ...w)).toMatchObject({ ok: true });
  });
});
