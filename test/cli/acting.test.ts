import { readdirSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import type { Backup } from '#shared/contract/backups.ts';
import { lockExclusive } from '#core/kernel/db/lock.ts';
import { inFolder } from './frames.ts';

const { at, json, refused, seed } = inFolder();
const w = ['--workspace', 'w'] as const;

beforeAll(async () => {
  await seed();
  await json('profiles create', 'Vera', '--role', 'viewer', ...w);
  const { id } = await json<Backup>('backup create', ...w);
  await json('backup export', id, '--to', 'one.frames', ...w);
});

/** How a viewer who adds a backup, and an unknown actor, are refused. */
async function refusals(): Promise<string[]> {
  const taken = await refused('backup take', 'one.frames', '--actor', 'Vera', ...w);
  const listed = await refused('backup list', '--actor', 'Nobody', ...w);
  return [taken.error.code, listed.error.code];
}

test('a workspace locked exclusively by another process is busy and unchanged', async () => {
  const lock = lockExclusive(at('w/lock.sqlite'));
  const before = readdirSync(at('w')).toSorted();
  try {
    expect(await refusals()).toEqual(['BUSY', 'BUSY']);
    expect(readdirSync(at('w')).toSorted()).toEqual(before);
  } finally {
    lock.release();
  }
});

test('permissions hold for a workspace with an older schema', async () => {
  await json('migrate down', '--to', '1', ...w);
  expect(await refusals()).toEqual(['FORBIDDEN', 'UNKNOWN_ACTOR']);
});
