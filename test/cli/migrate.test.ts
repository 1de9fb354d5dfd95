import { beforeAll, describe, expect, test } from 'vitest';
import type { SchemaStatus } from '#core/workspace/migrate.ts';
import { inFolder } from './frames.ts';

const { frames, json, refused } = inFolder();
const w = ['--workspace', 'w'] as const;
/** Ids of the backups there are. */
const backups = async (): Promise<string[]> =>
  (await json<{ id: string }[]>('backup', 'list', ...w)).map(({ id }) => id);

beforeAll(async () => {
  await json('seed', '--size', 'small', ...w);
});

describe('frames migrate', () => {
  test('goes back and forward, each time after a copy, and loses nothing', async () => {
    const { version, newest, steps } = await json<SchemaStatus>('migrate', 'status', ...w);
    expect(version).toBe(newest);
    expect(steps.every(({ applied }) => applied)).toBe(true);

    const down = await json<{ backup: string }>('migrate', 'down', ...w, '--to', '1');
    expect(down).toMatchObject({ from: newest, to: 1 });
    expect(await backups()).toEqual([down.backup]);
    expect(await json('migrate', 'status', ...w)).toMatchObject({ version: 1, newest });

    expect(await json('migrate', 'up', ...w)).toMatchObject({ from: 1, to: newest });
    expect(await backups()).toHaveLength(2);
    expect(await json('verify', ...w)).toMatchObject({ ok: true, counts: { teams: 64 } });
    expect(await json('migrate', 'up', ...w)).toEqual({ from: newest, to: newest, backup: null });
  });

  test('goes one step back unless told, and the next command brings the file forward', async () => {
    const { newest } = await json<SchemaStatus>('migrate', 'status', ...w);
    expect(await json('migrate', 'down', ...w)).toMatchObject({ from: newest, to: newest - 1 });
    expect((await frames('entities', 'list', 'team', ...w)).code).toBe(0);
    expect(await json('migrate', 'status', ...w)).toMatchObject({ version: newest });
  });

  test('says, going back, what an older version may complain about, and nothing of it going forward', async () => {
    await frames('migrate', 'down', ...w, '--to', '1');
    const up = await frames('migrate', 'up', ...w);
    expect(up.stdout).not.toContain('missing');
    expect((await frames('migrate', 'up', ...w)).stdout).not.toContain('missing');
  });

  test('goes the way that its name says, and no other', async () => {
    const { newest } = await json<SchemaStatus>('migrate', 'status', ...w);
    const back = await refused('migrate', 'up', ...w, '--to', '1');
    expect(back).toMatchObject({
      code: 2,
      error: { code: 'USAGE', details: { argument: '--to', given: '1' } },
    });
    expect(back.error.message).toContain(`has schema ${newest}`);
    expect(await json('migrate', 'status', ...w)).toMatchObject({ version: newest });
    await json('migrate', 'down', ...w, '--to', '1');
    const on = await refused('migrate', 'down', ...w, '--to', String(newest));
    expect(on).toMatchObject({ code: 2, error: { code: 'USAGE' } });
    expect(await json('migrate', 'status', ...w)).toMatchObject({ version: 1 });
    expect(await json('migrate', 'up', ...w, '--to', '1')).toEqual({ from: 1, to: 1, backup: null });
    await json('migrate', 'up', ...w);
  });

  test('refuses a schema that there is not', async () => {
    const { newest } = await json<SchemaStatus>('migrate', 'status', ...w);
    const beyond = await refused('migrate', 'up', ...w, '--to', String(newest + 1));
    expect(beyond).toMatchObject({
      code: 1,
      error: { code: 'WORKSPACE', details: { reason: 'no_such_version' } },
    });
  });
});
