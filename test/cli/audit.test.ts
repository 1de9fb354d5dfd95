import { userInfo } from 'node:os';
import { beforeAll, describe, expect, test } from 'vitest';
import type { AuditChange, AuditTransaction } from '#shared/contract/history.ts';
import { inFolder } from './frames.ts';

const { frames, json, seed } = inFolder();
const w = ['--workspace', 'w'] as const;
interface Log {
  rows: AuditTransaction[];
  total: number;
}

beforeAll(async () => {
  await seed();
  await json('profiles create', 'Rita', '--role', 'researcher', ...w);
  await json(
    'entities update team',
    'team_summit-structures',
    ...w,
    '--data',
    '{"size": 11, "mood": "calm"}',
    '--new-field',
    'mood',
    '--actor',
    'Rita',
  );
  await json('undo', ...w, '--actor', 'Rita');
});

describe('frames audit list', () => {
  test('lists author and change, newest first', async () => {
    const { rows, total } = await json<Log>('audit list', ...w);
    expect(total).toBe(5);
    expect(rows.map(({ label }) => label)).toEqual([
      'undo',
      'team.update',
      'profile.create',
      'seed',
      'workspace.create',
    ]);
    expect(rows.map(({ actor }) => actor.name)).toEqual([
      'Rita',
      'Rita',
      ...Array<string>(3).fill(userInfo().username),
    ]);
    expect(rows[0]?.undoes).toBe(rows[1]?.op_id);
    expect(rows[1]?.undone).toBe(true);
    const { stdout } = await frames('audit list', ...w, '--limit', '2');
    expect(stdout).toContain('Undone: Changed');
    expect(stdout).toContain('1 to 2 of 5 transactions.');
  });

  test('narrows down to an actor, a record, a type, an action and a time', async () => {
    const labels = async (...args: string[]): Promise<string[]> =>
      (await json<Log>('audit list', ...w, ...args)).rows.map(({ label }) => label);
    const [rita, record, type, action, later, earlier] = await Promise.all([
      labels('--actor-filter', 'Rita'),
      labels('--entity', 'team_summit-structures'),
      labels('--type', 'profile'),
      labels('--action', 'update', '--university', 'univ_summit'),
      labels('--from', '2100-01-01'),
      labels('--until', '2000-01-01'),
    ]);
    expect(rita).toEqual(['undo', 'team.update']);
    expect(record).toEqual(['undo', 'team.update', 'seed']);
    expect(type).toEqual(['profile.create', 'workspace.create']);
    expect(action).toEqual(['undo', 'team.update']);
    expect([later, earlier]).toEqual([[], []]);
  });

  test('shows both sides of each change, and distinguishes absent values', async () => {
    const { rows } = await json<Log>('audit list', ...w, '--actor-filter', 'Rita');
    const id = String(rows[1]?.id);
    const changes = await json<{ rows: AuditChange[] }>('audit list', ...w, '--changes', id);
    expect(changes.rows).toMatchObject([
      { action: 'update', entity_id: 'team_summit-structures', after: { size: 11, mood: 'calm' } },
    ]);
    expect(changes.rows[0]?.before).not.toHaveProperty('mood');
    const { stdout } = await frames('audit list', ...w, '--changes', id);
    expect(stdout).toContain('(undone since)');
    expect(stdout).toMatch(/ {4}size: \d+ → 11/);
    expect(stdout).toContain('    mood: (none) → "calm"');
  });
});
