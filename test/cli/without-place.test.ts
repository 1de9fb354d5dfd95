import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Backup } from '#shared/contract/backups.ts';
import { spoilTable } from '#test/support/spoil.ts';
import { inFolder } from './frames.ts';

const { at, frames, json, refused } = inFolder();
const teams = async (...of: string[]): Promise<number> =>
  (await json<{ total: number }>('entities', 'list', 'team', '--limit', '1', ...of)).total;

/** A workspace with a backup of its own and a later team, whose backups lie on a drive since that is not connected now. */
async function unplugged(name: string) {
  const of = ['--workspace', name];
  await json('seed', '--size', 'small', ...of);
  const { id } = await json<Backup>('backup', 'create', ...of);
  const early = readFileSync(at(`${name}/frames.sqlite`));
  mkdirSync(at(`${name} drive`));
  await json('backup', 'place', `${name} drive`, ...of);
  await json('entities', 'create', 'team', '--data', '{"name":"Late"}', ...of);
  renameSync(at(`${name} drive`), at(`${name} drive elsewhere`));
  return { of, id, live: at(`${name}/frames.sqlite`), early };
}

test('a backup of before is restored in the place of a damaged file while its drive is away, and what was there is kept', async () => {
  const { of, id, live } = await unplugged('w');
  expect((await refused('backup', 'restore', id, ...of, '--yes')).error).toMatchObject({
    details: { reason: 'no_backups_place' },
  });
  spoilTable(live, 'teams');
  await frames('verify', ...of);
  const { stdout } = await frames('backup', 'restore', id, ...of, '--yes');
  expect(stdout).toContain(`Restored backup ${id}`);
  expect(stdout).toMatch(/lies, unchanged, in backups\/displaced-/);
  expect(await teams(...of)).toBe(64);
});

test('an older copy is backed up in the workspace while its drive is away, and is said to lie there', async () => {
  const { of, id, live, early } = await unplugged('v');
  writeFileSync(live, early);
  const { safety } = await json<{ safety: string }>('backup', 'restore', id, ...of, '--yes');
  await json('backup', 'place', 'default', ...of);
  expect((await json<Backup[]>('backup', 'list', ...of)).map((one) => one.id)).toContain(safety);
});

test('an older copy is taken as it is while its drive is away, and another place can be said for it', async () => {
  const { of, live, early } = await unplugged('u');
  writeFileSync(live, early);
  await frames('accept', ...of, '--yes');
  writeFileSync(live, early);
  expect(await json('backup', 'place', 'default', ...of)).toMatchObject({ usual: true });
});

test('salvaging begins with a backup in an earlier folder', async () => {
  const { of, id, live } = await unplugged('t');
  spoilTable(live, 'teams');
  expect(await json('salvage', ...of, '--dry')).toMatchObject({ report: { backup: { id } } });
});
