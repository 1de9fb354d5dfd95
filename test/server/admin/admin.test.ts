import { expect, test } from 'vitest';
import type { Page } from '#shared/contract/server/base.ts';
import { backUp, backupsOfFile } from '../support/backups.ts';
import { own, populate } from '../support/people.ts';
import { create, operation, push } from '../support/push.ts';
import { newestVersion } from '#server/db/migrate.ts';
import { serverOfFile } from '../support/server.ts';

const server = await serverOfFile({ backups: backupsOfFile() });
const { admin } = await populate(server);

test('reports the state of the database', async () => {
  interface Answer {
    version: string;
    size: number;
    migrations: object;
    connections: { used: number; most: number };
  }
  const { body } = await admin.get<Answer>('admin/db/health');
  const { version, size, migrations, connections } = body;
  expect(version).toMatch(/^\d+\.\d+/);
  expect(migrations).toEqual({ applied: newestVersion, newest: newestVersion });
  expect(size).toBeGreaterThan(0);
  expect(connections.used).toBeLessThan(connections.most);
});

test('it counts rows, before and after vacuum', async () => {
  await push(admin, [operation([create('team', 'team_a', { name: 'A', university_id: own })])]);
  expect(
    (await admin.post<{ milliseconds: number }>('admin/db/vacuum', undefined)).body.milliseconds,
  ).toBeGreaterThan(0);
  const { body } = await admin.get<{
    tables: { name: string; rows: number; bytes: number }[];
    users: number;
    sessions: number;
    operations: number;
  }>('admin/db/stats');
  const rowsOf = (table: string) => body.tables.find(({ name }) => name === table)?.rows;
  expect([rowsOf('teams'), rowsOf('users'), body.users, body.sessions]).toEqual([1, 5, 5, 5]);
  expect(body.operations).toBe(rowsOf('audit_transactions'));
  for (const { bytes } of body.tables) expect(bytes).toBeGreaterThan(0);
});

test('every call is audited with its subject', async () => {
  const id = await backUp(admin);
  await admin.post(`admin/db/restore/${id}`, { confirm: 'no' });
  await admin.get('admin/db/backup/list');
  const { body } = await admin.get<Page<{ event: string; subject: string | null }>>(
    'audit/access?page_size=100',
  );
  const events = body.data.map(({ event }) => event);
  for (const name of ['health', 'stats', 'vacuum', 'backUp', 'backupStatus', 'backupList', 'restore'])
    expect(events).toContain(`admin.${name}`);
  expect(body.data.find(({ event }) => event === 'admin.restore')?.subject).toBe(id);
});
