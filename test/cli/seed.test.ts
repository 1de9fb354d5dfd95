import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { inFolder, startFrames } from './frames.ts';
import type { FramesError } from './frames.ts';

const { folder, at, frames, json, refused } = inFolder();
interface Filled {
  total: number;
  created: Record<string, number>;
}

describe('frames seed', () => {
  test('fills a new workspace, the same for the same seed, and refuses to mix into it', async () => {
    const small = await json<Filled>('seed', '--size', 'small', '--seed', '7', '--workspace', 'one');
    expect(small).toMatchObject({ size: 'small', seed: 7, created: { universities: 8, teams: 64 } });
    await json('seed', '--size=small', '--seed=7', '--workspace=two');
    const list = (workspace: string) =>
      json<{ rows: { id: string; payload: unknown }[] }>(
        'entities',
        'list',
        'student',
        '--workspace',
        workspace,
        '--limit',
        '1000',
      );
    const [one, two] = await Promise.all([list('one'), list('two')]);
    expect(two.rows.map(({ id, payload }) => [id, payload])).toEqual(
      one.rows.map(({ id, payload }) => [id, payload]),
    );
    expect(await refused('seed', '--size', 'small', '--workspace', 'one')).toMatchObject({
      code: 1,
      error: { code: 'NOT_EMPTY', details: { counts: { universities: 8 } } },
    });
  });

  test('is one change, which undo takes back and redo brings again', async () => {
    await json('seed', '--size', 'small', '--workspace', 'undone');
    expect(await json('undo', '--workspace', 'undone')).toMatchObject({
      label: 'seed',
      changes: 589,
      left: [],
    });
    expect(await json('verify', '--workspace', 'undone')).toMatchObject({ ok: true, counts: { teams: 0 } });
    expect(await json('redo', '--workspace', 'undone')).toMatchObject({ changes: 589 });
    expect(await json('verify', '--workspace', 'undone')).toMatchObject({ ok: true, counts: { teams: 64 } });
  });

  test('refuses a folder that holds something else', async () => {
    const before = readdirSync(folder);
    const { code, error } = await refused('seed', '--size', 'small', '--workspace', '.');
    expect(code).toBe(1);
    expect(error).toMatchObject({ code: 'WORKSPACE', details: { reason: 'not_empty_folder' } });
    expect(readdirSync(folder)).toEqual(before);
  });

  test('takes everything back when it is interrupted', async () => {
    await frames('seed', '--size', 'small', '--workspace', 'stopped');
    await frames('undo', '--workspace', 'stopped');
    const { child, ended } = startFrames(folder, [
      'seed',
      '--size',
      '100k',
      '--workspace',
      'fresh',
      '--json',
    ]);
    // The note on the board says that the long write has begun.
    const writing = async (): Promise<void> => {
      for (;;) {
        try {
          const holders = readdirSync(at('fresh/holders'));
          if (holders.length > 0) return;
        } catch {
          // Not there yet.
        }
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    };
    await writing();
    child.kill('SIGINT');
    const { code, stdout, stderr } = await ended;
    expect(code).toBe(1);
    expect(stdout).toBe('');
    const { error } = JSON.parse(stderr) as { error: FramesError };
    expect(error).toMatchObject({ code: 'CANCELLED', details: { workspace_made: true } });
    expect(error.message).toBe('Cancelled. The workspace was made, and is empty.');
    expect(await json('verify', '--workspace', 'fresh')).toMatchObject({
      ok: true,
      chain: { transactions: 1 },
      counts: { teams: 0 },
    });
  });
});
