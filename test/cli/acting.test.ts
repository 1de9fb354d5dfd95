import { readdirSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import type { Backup } from '#shared/contract/backups.ts';
import { lockExclusive } from '#core/db/lock.ts';
import { inFolder } from './frames.ts';

const { at, json, refused } = inFolder();
const w = ['--workspace', 'w'] as const;

beforeAll(async () => {
  await json('seed', '--size', 'small', ...w);
  await json('profiles', 'create', 'Vera', '--role', 'viewer', ...w);
  const { id } = await json<Backup>('backup', 'create', ...w);
  await json('backup', 'export', id, '--to', 'one.frames', ...w);
});

/** How a viewer is refused who takes a backup in, and somebody who is not there. */
async function refusals(): Promise<string[]> {
  const taken = await refused('backup', 'take', 'one.frames', '--actor', 'Vera', ...w);
  const listed = await refused('backup', 'list', '--actor', 'Nobody', ...w);
  return [taken.error.code, listed.error.code];
}
const both = ['FORBIDDEN', 'UNKNOWN_ACTOR'];

test('who may not is refused also where somebody holds the file alone, which lies there as it did', async () => {
  const lock = lockExclusive(at('w/lock.sqlite'));
  const before = readdirSync(at('w')).toSorted();
  try {
    expect(await refusals()).toEqual(both);
    expect(readdirSync(at('w')).toSorted()).toEqual(before);
  } finally {
    lock.release();
  }
});

test('who may not is refused also where the workspace has an older schema', async () => {
  await json('migrate', 'down', '--to', '1', ...w);
  expect(await refusals()).toEqual(both);
});
