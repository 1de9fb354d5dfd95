import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testFolder } from '#test/support/folder.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import { openByData } from '../../damage/look.ts';

const template = await makeTemplate(preparePeople);
const other = await makeTemplate((workspace) =>
  workspace.as().entities.create({ type: 'university', id: 'uni-z', data: { name: 'Other' } }),
);

/** A closed workspace with some teams, beside which the log lies that another one has while it is open. */
async function withLogOf(from: typeof template, { teams, theirs }: { teams: number; theirs: number }) {
  const mine = await testWorkspace({ template });
  for (let at = 0; at < teams; at += 1)
    await mine.as().entities.create({ type: 'team', id: `t${at}`, data: { name: 'x'.repeat(300) } });
  await mine.core.close();
  const another = await testWorkspace({ template: from });
  for (let at = 0; at < theirs; at += 1)
    await another.as().entities.create({ type: 'university', id: `u${at}`, data: { name: `Other ${at}` } });
  const folder = join(testFolder(), 'w');
  cpSync(mine.folder, folder, { recursive: true });
  rmSync(join(folder, 'holders'), { recursive: true, force: true });
  // By another process: to read the file here would take SQLite's locks from it.
  execFileSync('cp', [`${another.files.live}-wal`, join(folder, 'frames.sqlite-wal')]);
  return folder;
}

const cases = [
  ['of a workspace of the same birth', template, { teams: 60, theirs: 10 }],
  ['of one that has all of its pages in the log', template, { teams: 5, theirs: 200 }],
  ['of another workspace', other, { teams: 60, theirs: 60 }],
  ['of one with a few changes', other, { teams: 20, theirs: 2 }],
] as const;

test.each(cases)('a log %s is refused, and nothing of either is touched', async (_, from, sizes) => {
  const folder = await withLogOf(from, sizes);
  const live = join(folder, 'frames.sqlite');
  const bytes = readFileSync(live);
  const log = readFileSync(`${live}-wal`);
  const { said } = await openByData(folder);
  expect(said).toMatchObject({ kind: 'failed', reason: 'damaged' });
  expect(said.kind === 'failed' ? said.refused.message : '').toMatch(
    /^frames\.sqlite(-wal .* is not the log| is damaged)/,
  );
  expect(readFileSync(live).equals(bytes)).toBe(true);
  expect(readFileSync(`${live}-wal`).equals(log)).toBe(true);
  // As it says.
  rmSync(`${live}-wal`);
  rmSync(`${live}-shm`, { force: true });
  const { read } = await openByData(folder);
  expect(read).toMatchObject({ records: { 'team, how many': sizes.teams + 2 } });
});

test('a file in the place of the board is named', async () => {
  const workspace = await testWorkspace({ template });
  await workspace.core.close();
  rmSync(workspace.files.holders, { recursive: true, force: true });
  writeFileSync(workspace.files.holders, '');
  const { said } = await openByData(workspace.folder);
  const message: unknown = expect.stringMatching(/^holders is not the folder that FRAMES keeps there/);
  expect(said).toMatchObject({ kind: 'failed', reason: 'unreadable', refused: { message } });
  expect(existsSync(workspace.files.holders)).toBe(true);
});
