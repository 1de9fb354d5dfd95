import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readPassphrase } from '#cli/prompts.ts';
import { root } from '#scripts/lib/paths.ts';
import type { Backup } from '#shared/contract/backups.ts';
import { inFolder, startFrames } from './frames.ts';

const { folder, at, json, refused } = inFolder();
const w = ['--workspace', 'w'] as const;

describe('a passphrase', () => {
  const environment = { FRAMES_PASSPHRASE: 'from the environment' };
  const input = () => Promise.resolve('from the input\r\nand not this');

  test('comes from standard input or the environment, when it is asked for', async () => {
    expect(await readPassphrase({ environment, input }, undefined)).toBeUndefined();
    expect(await readPassphrase({ environment, input }, 'env')).toBe('from the environment');
    expect(await readPassphrase({ environment, input }, 'stdin')).toBe('from the input');
    expect(await readPassphrase({ environment: { FRAMES_PASSPHRASE: 'x' } }, 'env', 1)).toBe('x');
  });

  test('that is missing, too short, or would be seen, is refused without being said', async () => {
    const short = { environment: { FRAMES_PASSPHRASE: 'secret' } };
    for (const [context, from] of [
      [short, 'env'],
      [{ environment: {} }, 'env'],
      [{ environment }, 'stdin'],
      [{ environment, input: () => Promise.resolve('') }, 'stdin'],
      [{ environment, input: () => Promise.resolve('x'.repeat(2000)) }, 'stdin'],
    ] as const) {
      const error: unknown = await readPassphrase(context, from).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ name: 'UsageError' });
      expect(String(error)).not.toContain('secret');
    }
  });

  test('encrypts a backup, and takes it back', { timeout: 120_000 }, async () => {
    await json('seed', '--size', 'small', ...w);
    const { id } = await json<Backup>('backup', 'create', ...w);
    const run = (args: string[]) => startFrames(folder, args, environment).ended;
    const to = ['--to', 'one.frames', '--passphrase', 'env'];
    expect(await run(['backup', 'export', id, ...to, ...w])).toMatchObject({ code: 0 });
    mkdirSync(at('other'));
    const there = ['--workspace', 'other', '--json'];
    const none = await refused('backup', 'take', 'one.frames', '--workspace', 'other');
    expect(none.error).toMatchObject({ code: 'BAD_FILE', details: { reason: 'passphrase_needed' } });
    const unset = await refused(
      'backup',
      'take',
      'one.frames',
      '--passphrase',
      'env',
      '--workspace',
      'other',
    );
    expect(unset.error.code).toBe('USAGE');
    const frames = join(root, 'bin/frames');
    const take = ['backup', 'take', 'one.frames', '--passphrase', 'stdin', ...there];
    const taken = execFileSync(frames, take, {
      cwd: folder,
      input: 'from the environment\n',
      encoding: 'utf8',
    });
    expect(JSON.parse(taken)).toMatchObject({ id, counts: { teams: 64 } });
  });
});
