import { existsSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Command } from '#cli/command.ts';
import { commands } from '#cli/table.ts';
import type { Backup } from '#shared/contract/backups.ts';
import { inFolder } from './frames.ts';

const { at, frames, json, refused } = inFolder('here');
const w = ['--workspace', 'w'] as const;
const named = ({ path }: Command): string => path.join(' ');

/** Commands that do nothing in anybody's name: they look at the file, or change its form, which the history does not tell. */
const exceptions: readonly string[] = [
  'verify',
  'health',
  'stats',
  'support-copy',
  'migrate status',
  'migrate up',
  'migrate down',
];

test('--actor is taken by every command but those that are named here, all of which there are', () => {
  const all = commands.filter(({ options }) => !('actor' in options)).map(named);
  expect(all.toSorted()).toEqual(exceptions.toSorted());
});

describe('a command that works beside the workspace', () => {
  let id = '';

  beforeAll(async () => {
    await json('seed', '--size', 'small', ...w);
    await json('profiles', 'create', 'Vera', '--role', 'viewer', ...w);
    ({ id } = await json<Backup>('backup', 'create', ...w));
    await json('backup', 'export', id, '--to', 'one.frames', '--actor', 'Vera', ...w);
  });

  test('refuses somebody who is not there, and does nothing', async () => {
    const calls = [
      ['list'],
      ['verify', id],
      ['export', id, '--to', 'two.frames'],
      ['take', 'one.frames'],
    ] as const;
    for (const call of calls) {
      const { code, error } = await refused('backup', ...call, '--actor', 'Nobody', ...w);
      expect([code, error.code]).toEqual([1, 'UNKNOWN_ACTOR']);
    }
    expect(existsSync(at('two.frames'))).toBe(false);
  });

  test('takes no backup in for a viewer', async () => {
    const { error } = await refused('backup', 'take', 'one.frames', '--actor', 'Vera', ...w);
    expect(error.code).toBe('FORBIDDEN');
    expect(await json('backup', 'take', 'one.frames', ...w)).toMatchObject({ already: true });
  });

  test('goes on where the workspace cannot be read, whoever acts', async () => {
    writeFileSync(at('w/frames.sqlite'), 'nothing of ours');
    await json('backup', 'export', id, '--to', 'three.frames', '--actor', 'Nobody', ...w);
    expect((await frames('backup', 'list', '--actor', 'Nobody', ...w)).code).toBe(0);
  });
});
