import { truncateSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Backup } from '#shared/contract/backups.ts';
import type { GoldenReport, GoldenStatus, GoldenVersion } from '#shared/contract/golden.ts';
import { inFolder } from './frames.ts';

const { at, frames, json, refused, seed } = inFolder();
const w = ['--workspace', 'w'];

test('golden status, list, verify, publish, compare, reset, and a sandbox from it', async () => {
  await seed();
  expect(await json<GoldenStatus>('golden status', ...w)).toMatchObject({
    shipped: { version: 1, installed: 1, problem: null },
    current: 1,
    live: { same: false, changes: null },
  });
  expect((await refused('golden reset', ...w)).error.message).toMatch(/^Nothing was published here: /);
  expect(await json<GoldenVersion[]>('golden list', ...w)).toMatchObject([{ version: 1, shipped: 1 }]);
  expect(await json<GoldenReport>('golden verify', ...w)).toMatchObject({ ok: true });
  expect(await json('golden publish', ...w)).toMatchObject({ version: 2, counts: { universities: 8 } });
  await json('entities create team', 'team_new', '--data', '{"name":"New"}', ...w);
  expect(await json('moments diff', 'golden:2', 'now', ...w)).toMatchObject({
    actions: { created: 1, updated: 0, deleted: 0 },
    rows: [{ id: 'team_new', play: 'created' }],
  });
  expect(await json<GoldenStatus>('golden status', ...w)).toMatchObject({
    live: { same: false, differing: 1, changes: 1 },
  });

  const asked = await refused('golden reset', ...w);
  expect(asked).toMatchObject({ code: 2, stdout: '', error: { details: { argument: '--yes' } } });
  const reset = await json<{ backup: string }>('golden reset', '--yes', ...w);
  expect(reset).toMatchObject({ version: 2, removed: { teams: 1 } });
  expect(await json<GoldenStatus>('golden status', ...w)).toMatchObject({ live: { same: true } });
  expect((await json<Backup[]>('backup list', ...w)).map(({ id }) => id)).toContain(reset.backup);
  expect((await frames('audit list', ...w)).stdout).toContain('Reset to golden version 2');
  expect((await frames('verify', ...w)).code).toBe(0);
  expect(await json('sandbox create', 'As it came', '--from', 'golden', ...w)).toMatchObject({
    from: 'golden:2',
  });
  expect(await json('sandbox create', 'Older', '--from', 'golden:1', ...w)).toMatchObject({
    from: 'golden:1',
  });
});

test('errors are reported with exit code 1 and code GOLDEN', async () => {
  await seed('v');
  truncateSync(at('v/golden/1.frames'), 5000);
  const v = ['--workspace', 'v'];
  const verified = await frames('golden verify', '--json', ...v);
  expect(verified.code).toBe(1);
  expect(JSON.parse(verified.stdout)).toMatchObject({ ok: false, shipped: { ok: true } });
  expect((await frames('golden verify', ...v)).stdout).toMatch(/^no .* 1$/m);
  const { code, error } = await refused('golden reset', '--version', '1', '--yes', ...v);
  expect(code).toBe(1);
  expect(error).toMatchObject({ code: 'GOLDEN', details: { reason: 'changed', version: 1 } });
  expect((await refused('moments diff', 'golden:7', 'now', ...v)).error).toMatchObject({ code: 'GOLDEN' });
  expect((await refused('sandbox create', 'S', '--from', 'golden:7', ...v)).error.code).toBe('GOLDEN');
});
