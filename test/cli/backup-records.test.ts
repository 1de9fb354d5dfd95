import { expect, test } from 'vitest';
import type { RestoredRecords } from '#shared/contract/backup-records.ts';
import type { Backup } from '#shared/contract/backups.ts';
import { inFolder } from './frames.ts';

const { json, refused, seed } = inFolder();
const w = ['--workspace', 'w'] as const;

test('backup diff and backup restore --record: preview, confirm, restore in one change, undo', async () => {
  await seed();
  await json('entities create team', 'team_1', '--data', '{"name":"Thermal"}', ...w);
  await json('entities create team', 'team_2', '--data', '{"name":"Optics"}', ...w);
  const link = '{"from":"team_1","to":"team_2"}';
  await json('entities create interface', 'link_1', '--data', link, ...w);
  const student = '{"name":"Ida","team_id":"team_1"}';
  await json('entities create student', 'student_1', '--data', student, ...w);
  const { id } = await json<Backup>('backup create', ...w);
  await json('entities delete team', 'team_1', ...w);
  await json('entities update team', 'team_2', '--data', '{"name":"Lenses"}', ...w);

  expect(await json('backup diff', id, ...w)).toMatchObject({ matched: 2 });
  const limited = ['backup', 'diff', id, '--type', 'team', '--limit', '1', ...w];
  expect(await json(...limited)).toMatchObject({
    matched: 2,
    rows: [{ id: 'team_1', play: 'restored' }],
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
  expect(await json('entities get student', 'student_1', ...w)).toMatchObject({
    payload: { team_id: 'team_1' },
  });
  expect(await json('audit list', '--limit', '1', ...w)).toMatchObject({
    rows: [{ op_id: done.op_id, params: { backup: id } }],
  });
  await json('undo', ...w);
  expect(await json('backup diff', id, ...w)).toMatchObject({ matched: 2 });
  expect((await refused(...restore, '--record', 'none', '--yes')).error.code).toBe('NOT_FOUND');
  for (const more of [['--into', 'x', '--record', 'team_1'], ['--with-links']])
    expect((await refused(...restore, ...more)).error.code).toBe('USAGE');
});
