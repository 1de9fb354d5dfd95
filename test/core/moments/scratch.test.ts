import { existsSync, readdirSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { beginningOfLog, newestPoint } from '#core/moments/point.ts';
import { openScratch } from '#core/moments/scratch.ts';
import { openAt } from '#test/support/moments.ts';
import { refused } from '#test/support/refusal.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);
const target = { kind: 'moment', at: 'now', sandbox: null } as const;
const folderOf = ({ folder }: TestWorkspace): string => join(folder, 'moments');

test('a point in time cancelled during the copy leaves nothing behind', async () => {
  const workspace = await testWorkspace({ template });
  const { services } = workspace.core;
  const given = AbortSignal.abort();
  await refused('CANCELLED', openScratch(services, newestPoint(services.read), target, given));
  expect(existsSync(folderOf(workspace))).toBe(false);
});

test('one for which there is no room is refused, and leaves nothing', async () => {
  const workspace = await testWorkspace({ template });
  // Holes take up no room here; a copy of so much would.
  truncateSync(workspace.files.live, 2 ** 43);
  expect((await refused('WORKSPACE', openAt(workspace, 'now'))).data).toMatchObject({ reason: 'full' });
  expect(existsSync(folderOf(workspace))).toBe(false);
});

test('a move cancelled during a new copy stays where it was', async () => {
  const workspace = await testWorkspace({ template });
  const { services } = workspace.core;
  const newest = newestPoint(services.read);
  const scratch = await openScratch(services, newest, target);
  try {
    await scratch.move(beginningOfLog);
    await refused('CANCELLED', scratch.move(newest, AbortSignal.abort()));
    expect([scratch.point, newestPoint(scratch.write)]).toEqual([beginningOfLog, beginningOfLog]);
    await scratch.move(newest);
    expect(newestPoint(scratch.write)).toEqual(newest);
  } finally {
    scratch.close();
  }
  expect(readdirSync(workspace.folder)).not.toContain('moments');
});
