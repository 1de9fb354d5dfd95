import { expect, test } from 'vitest';
import type { BackupDifferences, RestoredRecords } from '#shared/contract/backup-records.ts';
import type { Backup } from '#shared/contract/backups.ts';
import { hashTables } from '#test/support/table-hash.ts';
import { inFolder } from './frames.ts';

const { at, json, refused } = inFolder();
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
    counts: { gone: 1, changed: 1 },
    matched: 2,
  });
  const limited = ['backup', 'diff', id, '--type', 'team', '--limit', '1', ...w];
  expect(await json<BackupDifferences>(...limited)).toMatchObject({
    matched: 2,
    rows: [{ id: 'team_1', change: 'gone' }],
  });

  const restore = ['backup', 'restore', id, ...w] as const;
  const both = ['--record', 'team_2', '--record', 'team_1', '--dry'];
  expect(await json<RestoredRecords>(...restore, ...both)).toMatchObject({
    op_id: null,
    updated: { teams: 1 },
    restored: { teams: 1 },
  });
  const asked = await refused(...restore, '--record', 'team_1');
  expect(asked.code).toBe(2);
  expect(asked.error.message).toContain('--yes');
  const done = await json<RestoredRecords>(...restore, '--record', 'team_1', '--yes');
  expect(done.records.map((one) => [one.id, one.action, one.why])).toEqual([['team_1', 'restored', 'asked']]);
  expect(await json('entities', 'get', 'student', 'student_1', ...w)).toMatchObject({
    payload: { team_id: 'team_1' },
  });
  expect(await json('audit', 'list', '--limit', '1', ...w)).toMatchObject({
    rows: [{ op_id: done.op_id, params: { backup: id } }],
  });
  await json('undo', ...w);
  expect(await json<BackupDifferences>('backup', 'diff', id, ...w)).toMatchObject({
    counts: { gone: 1, changed: 1 },
  });
  expect((await refused(...restore, '--record', 'none', '--yes')).error.code).toBe('NOT_FOUND');
  for (const more of [['--into', 'x', '--record', 'team_1'], ['--with-links']])
    expect((await refused(...restore, ...more)).error.code).toBe('USAGE');
});

test('an interface comes with its deleted ends, and of a record only where that is said', async () => {
  const v = ['--workspace', 'links'] as const;
  const make = (type: string, id: string, data: object) =>
    json('entities', 'create', type, id, '--data', JSON.stringify(data), ...v);
  await json('seed', '--size', 'small', ...v);
  for (const [id, name] of Object.entries({ team_1: 'Thermal', team_2: 'Optics' }))
    await make('team', id, { name });
  await make('interface', 'link_1', { from: 'team_1', to: 'team_2' });
  const { id } = await json<Backup>('backup', 'create', ...v);
  await json('entities', 'delete', 'interface', 'link_1', ...v);
  for (const team of ['team_1', 'team_2']) await json('entities', 'delete', 'team', team, ...v);
  const restored = async (...more: string[]) => {
    const found = await json<RestoredRecords>('backup', 'restore', id, ...v, '--dry', ...more);
    return [found.records.map((one) => [one.id, one.why]), found.links_left];
  };
  expect(await restored('--record', 'team_1')).toEqual([[['team_1', 'asked']], 1]);
  expect(await restored('--record', 'link_1')).toEqual([
    [
      ['link_1', 'asked'],
      ['team_1', 'needed'],
      ['team_2', 'needed'],
    ],
    0,
  ]);
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
