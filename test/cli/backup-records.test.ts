import { expect, test } from 'vitest';
import type { BackupDifferences, RestoredRecords } from '#shared/contract/backup-records.ts';
import type { Backup } from '#shared/contract/backups.ts';
import { hashTables } from '#test/support/table-hash.ts';
import { inFolder } from './frames.ts';

const { at, frames, json, refused } = inFolder();
const w = ['--workspace', 'w'] as const;

test('backup diff and backup restore --record: seen, asked, done as one change, undone', async () => {
  await json('seed', '--size', 'small', ...w);
  await json('entities', 'create', 'team', 'team_1', '--data', '{"name":"Thermal"}', ...w);
  await json('entities', 'create', 'team', 'team_2', '--data', '{"name":"Optics"}', ...w);
  const link = '{"from":"team_1","to":"team_2"}';
  await json('entities', 'create', 'interface', 'link_1', '--data', link, ...w);
  const student = '{"name":"Ida","team_id":"team_1"}';
  await json('entities', 'create', 'student', 'student_1', '--data', student, ...w);
  const { id } = await json<Backup>('backup', 'create', ...w);
  await json('entities', 'delete', 'team', 'team_1', ...w);
  await json('entities', 'update', 'team', 'team_2', '--data', '{"name":"Lenses"}', ...w);

  expect(await json<BackupDifferences>('backup', 'diff', id, ...w)).toMatchObject({
    counts: { gone: 2, changed: 2 },
    matched: 4,
  });
  await frames('backup', 'diff', id, '--type', 'team', '--limit', '1', ...w);

  const restore = ['backup', 'restore', id, ...w] as const;
  await frames(...restore, '--record', 'team_2', '--record', 'team_1', '--dry');
  await frames(...restore, '--record', 'team_1', '--with-references', '--dry');
  const asked = await refused(...restore, '--record', 'team_1');
  expect(asked.code).toBe(2);
  expect(asked.error.message).toContain('--yes');
  const done = await json<RestoredRecords>(
    ...restore,
    '--record',
    'team_1',
    '--with-links',
    '--with-references',
    '--yes',
  );
  expect(done.records.map((one) => [one.id, one.action, one.why])).toEqual([
    ['team_1', 'restored', 'asked'],
    ['link_1', 'restored', 'link'],
    ['student_1', 'updated', 'reference'],
  ]);
  expect(await json('entities', 'get', 'student', 'student_1', ...w)).toMatchObject({
    payload: { team_id: 'team_1' },
  });
  expect((await frames('audit', 'list', ...w)).stdout).toContain(`Restored 3 records from the backup ${id}`);
  await json('undo', ...w);
  expect(await json<BackupDifferences>('backup', 'diff', id, ...w)).toMatchObject({
    counts: { gone: 2, changed: 2 },
  });
  expect((await refused(...restore, '--record', 'none', '--yes')).error.code).toBe('NOT_FOUND');
  for (const more of [
    ['--into', 'x', '--record', 'team_1'],
    ['--with-contents'],
    ['--with-links'],
    ['--with-references'],
    ['--dry'],
  ])
    expect((await refused(...restore, ...more)).error.code).toBe('USAGE');
});

test('links whose other ends are gone too: what these are, and what brings them', async () => {
  const v = ['--workspace', 'apart'] as const;
  const make = (type: string, id: string, data: object) =>
    json('entities', 'create', type, id, '--data', JSON.stringify(data), ...v);
  await json('seed', '--size', 'small', ...v);
  for (const [id, name] of Object.entries({ team_1: 'Thermal', team_2: 'Optics', team_3: 'Outreach' }))
    await make('team', id, { name });
  await make('interface', 'link_1', { from: 'team_1', to: 'team_2' });
  await make('interface', 'link_2', { from: 'team_3', to: 'team_1' });
  const { id } = await json<Backup>('backup', 'create', ...v);
  for (const team of ['team_1', 'team_2', 'team_3']) await json('entities', 'delete', 'team', team, ...v);
  const dry = async (...more: string[]) =>
    (await frames('backup', 'restore', id, ...v, '--record', 'team_1', '--dry', ...more)).stdout;
  const all = await dry('--record', 'team_2', '--record', 'team_3', '--with-links');
  expect(all).not.toContain('not brought back');
});

test('a university comes with what went with it, where that is said', async () => {
  const u = ['--workspace', 'u'] as const;
  await json('seed', '--size', 'small', ...u);
  const make = (type: string, id: string, data: object) =>
    json('entities', 'create', type, id, '--data', JSON.stringify(data), ...u);
  await make('university', 'uni_1', { name: 'Coast' });
  await make('team', 'team_1', { name: 'Thermal', university_id: 'uni_1' });
  for (const one of ['student_1', 'student_2'])
    await make('student', one, { name: one, university_id: 'uni_1' });
  const { id } = await json<Backup>('backup', 'create', ...u);
  await json('entities', 'delete', 'university', 'uni_1', '--with-contents', ...u);
  const restore = ['backup', 'restore', id, '--record', 'uni_1', ...u] as const;
  await frames(...restore, '--with-contents', '--dry');
  await frames(...restore, '--with-contents', '--yes');
  expect(await json('entities', 'get', 'student', 'student_2', ...u)).toMatchObject({ deleted_at: null });
  await json('undo', ...u);
  expect(await json('entities', 'get', 'team', 'team_1', ...u)).not.toMatchObject({ deleted_at: null });
});

test('in a sandbox: what that has is compared and restored, and live stays as it is', async () => {
  await json('seed', '--size', 'small', '--workspace', 'v');
  const v = ['--workspace', 'v'] as const;
  const p = [...v, '--sandbox', 'Play'] as const;
  await json('entities', 'create', 'team', 'team_1', '--data', '{"name":"Thermal"}', ...v);
  const { id } = await json<Backup>('backup', 'create', ...v);
  await json('sandbox', 'create', 'Play', ...v);
  await json('entities', 'update', 'team', 'team_1', '--data', '{"name":"Played"}', ...p);
  const was = hashTables(at('v/frames.sqlite'));
  const restore = ['backup', 'restore', id, '--record', 'team_1', '--yes'] as const;
  expect(await json<RestoredRecords>(...restore, ...p)).toMatchObject({ updated: { teams: 1 } });
  expect(await json('entities', 'get', 'team', 'team_1', ...p)).toMatchObject({ title: 'Thermal' });
  await json('undo', ...p);
  expect(await json('entities', 'get', 'team', 'team_1', ...p)).toMatchObject({ title: 'Played' });
  expect(hashTables(at('v/frames.sqlite'))).toBe(was);
  const whole = await refused('backup', 'restore', id, '--yes', ...p);
  expect(whole).toMatchObject({ code: 2, error: { code: 'USAGE', details: { argument: '--sandbox' } } });
  expect(whole.error.message).toContain('--record');
});
