import { beforeAll, describe, expect, test } from 'vitest';
import type { SchemaStatus } from '#core/workspace/migrate.ts';
import { inFolder } from './frames.ts';

const { frames, json, seed } = inFolder();
const w = ['--workspace', 'w'] as const;
/** Ids of the backups there are. */
const backups = async (): Promise<string[]> =>
  (await json<{ id: string }[]>('backup list', ...w)).map(({ id }) => id);

beforeAll(async () => {
  await seed();
});

describe('frames migrate', () => {
  test('goes back and forward, each time after a backup copy, without loss', async () => {
    const { version, newest, steps } = await json<SchemaStatus>('migrate status', ...w);
    expect(version).toBe(newest);
    expect(steps.every(({ applied }) => applied)).toBe(true);

    const down = await json<{ backup: string }>('migrate down', ...w, '--to', '1');
    expect(down).toMatchObject({ from: newest, to: 1 });
    expect(await backups()).toEqual([down.backup]);
    expect(await json('migrate status', ...w)).toMatchObject({ version: 1, newest });

    expect(await json('migrate up', ...w)).toMatchObject({ from: 1, to: newest });
    expect(await backups()).toHaveLength(2);
    expect(await json('verify', ...w)).toMatchObject({ ok: true, counts: { teams: 64 } });
    expect(await json('migrate up', ...w)).toEqual({ from: newest, to: newest, backup: null });
  });

  test('goes one step back by default, and the next command migrates forward', async () => {
    const { newest } = await json<SchemaStatus>('migrate status', ...w);
    expect(await json('migrate down', ...w)).toMatchObject({ from: newest, to: newest - 1 });
    expect((await frames('entities list team', ...w)).code).toBe(0);
    expect(await json('migrate status', ...w)).toMatchObject({ version: newest });
  });
});
