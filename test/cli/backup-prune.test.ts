import { beforeAll, describe, expect, test } from 'vitest';
import type { Backup, PruneResult } from '#shared/contract/backups.ts';
import { inFolder } from './frames.ts';

const { frames, json, refused, seed } = inFolder();
const w = ['--workspace', 'w'] as const;
const newestOnly = ['--last', '1', '--daily', '0', '--weekly', '0', '--monthly', '0'] as const;
const made: Backup[] = [];

beforeAll(async () => {
  await seed();
  for (let count = 0; count < 3; count += 1) made.push(await json<Backup>('backup create', ...w));
});

describe('frames backup retention and prune', () => {
  test('shows and changes the retention policy', async () => {
    expect(await json('backup prune', '--dry', ...w)).toMatchObject({ removed: [] });
    expect(await json('backup retention', ...newestOnly, ...w)).toMatchObject({
      retention: { last: 1, daily: 0, weekly: 0, monthly: 0 },
      op_id: expect.any(String) as string,
    });
    await json('backup retention', '--last', '2', '--monthly', '1', ...w);
    await json('backup retention', ...newestOnly, ...w);
    const bad = await frames('backup retention', '--last', '0', ...w);
    expect(bad.code).toBe(2);
    expect(bad.stderr).toContain('--last');
  });

  test('previews which backups go and why others stay, and removes nothing', async () => {
    const [first, , third] = made;
    await json('backup verify', first?.id ?? '', ...w);
    const { stdout } = await frames('backup prune', '--dry', ...w);
    expect(stdout).toContain(`${third?.id}`);
    const { error } = await refused('backup prune', ...w);
    expect(error).toMatchObject({ code: 'USAGE', details: { argument: '--yes' } });
    expect(await json('backup list', ...w)).toHaveLength(3);
  });

  test('removes them, lists them, and records it in the audit', async () => {
    const [first, second, third] = made.map(({ id }) => id);
    const done = await json<PruneResult>('backup prune', '--yes', ...w);
    expect(done).toMatchObject({ dry: false, removed: [{ id: second }] });
    expect(done.bytes).toBeGreaterThan(0);
    const left = await json<Backup[]>('backup list', ...w);
    expect(left.map(({ id, verified }) => [id, verified?.ok])).toEqual([
      [third, undefined],
      [first, true],
    ]);
    expect((await frames('audit list', ...w)).stdout).toContain('Removed 1 backup');
    expect(await json('verify', ...w)).toMatchObject({ ok: true });
    expect((await frames('backup prune', '--yes', ...w)).stdout).toContain('Removed: none');
  });
});
