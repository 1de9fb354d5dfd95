import { readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { backUp, fileOf } from '#test/support/backup.ts';
import { flipBit } from '#test/support/damage.ts';
import { restoreHere } from '#test/support/restore.ts';
import { damagePages, page, pagesOf, recordsOf, salvageHere } from '#test/support/salvage.ts';
import { preparePeople } from '#test/support/steps.ts';
import { verifyClosed } from '#test/support/tamper.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);
const numbers = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, at) => from + at);

async function addTeams(workspace: TestWorkspace, from: number, to: number): Promise<void> {
  const ada = workspace.as();
  for (const number of numbers(from, to)) {
    const data = { name: `Team ${number}`, description: 'x'.repeat(500) };
    await ada.entities.create({ type: 'team', id: `t${number}`, data });
  }
}

/** Cuts pages off the end of the closed file, where the newest rows are. */
async function cut({ core, files }: TestWorkspace, pages: number): Promise<void> {
  await core.close();
  truncateSync(files.live, statSync(files.live).size - pages * page);
}

const missingOf = (folder: string, to: number): number[] => {
  const now = recordsOf(folder);
  return numbers(0, to).filter((number) => !now.has(`t${number}`));
};

describe('the base of salvaging', () => {
  test.for([5, 10, 30])('is the newest backup if the last %i pages are lost', async (pages) => {
    const workspace = await testWorkspace({ template });
    await backUp(workspace);
    await addTeams(workspace, 0, 120);
    const { id } = await backUp(workspace);
    await addTeams(workspace, 120, 123);
    await cut(workspace, pages);
    const { report } = await salvageHere(workspace.folder);
    expect(report).toMatchObject({ backup: { id }, whole: false, unused: [] });
    expect(missingOf(workspace.folder, 120)).toEqual([]);
    expect((await verifyClosed(workspace.files)).ok).toBe(true);
  });

  test('is the one with most of the log, whatever the clocks said', async () => {
    const workspace = await testWorkspace({ template });
    await addTeams(workspace, 0, 60);
    const clock = { now: () => Date.UTC(2199, 0, 1), elapsed: () => 0 };
    await backUp(workspace, { clock });
    await addTeams(workspace, 60, 120);
    const { id } = await backUp(workspace);
    await addTeams(workspace, 120, 123);
    await cut(workspace, 40);
    const { report } = await salvageHere(workspace.folder);
    expect(report.backup?.id).toBe(id);
    expect(missingOf(workspace.folder, 120)).toEqual([]);
  });

  test('is the later backup if the newest changes were lost with the WAL and the head lags', async () => {
    const workspace = await testWorkspace({ template });
    await addTeams(workspace, 0, 3);
    await backUp(workspace);
    await workspace.core.close();
    const [file, head] = [workspace.files.live, workspace.files.head].map((path) => readFileSync(path));
    await workspace.reopen();
    await addTeams(workspace, 3, 9);
    const { id } = await backUp(workspace);
    await workspace.core.close();
    writeFileSync(workspace.files.live, file ?? '');
    writeFileSync(workspace.files.head, head ?? '');
    damagePages(workspace.folder, [1], () => 0);
    const { report } = await salvageHere(workspace.folder);
    expect(report).toMatchObject({ backup: { id }, whole: false, unused: [] });
    expect(missingOf(workspace.folder, 9)).toEqual([]);
  });

  test('is not the later backup of records displaced by a restore, which is named', async () => {
    const workspace = await testWorkspace({ template });
    const first = await backUp(workspace);
    await addTeams(workspace, 0, 120);
    await workspace.core.close();
    const { safety } = await restoreHere(workspace.folder, first.id);
    await workspace.reopen();
    const { id } = await backUp(workspace);
    await addTeams(workspace, 200, 240);
    await cut(workspace, 10);
    const { report } = await salvageHere(workspace.folder);
    expect(report).toMatchObject({ backup: { id }, unused: [{ id: safety, why: 'line' }] });
    expect(recordsOf(workspace.folder).has('t0')).toBe(false);
  });

  test('is not that one if only the head tells so', async () => {
    const workspace = await testWorkspace({ template });
    const first = await backUp(workspace);
    await addTeams(workspace, 0, 40);
    await workspace.core.close();
    const { safety } = await restoreHere(workspace.folder, first.id);
    await workspace.reopen();
    await addTeams(workspace, 200, 210);
    await workspace.core.close();
    const log = ['audit_logs', 'audit_transactions'].flatMap((table) => pagesOf(workspace, table));
    damagePages(workspace.folder, log, () => 0);
    const { report } = await salvageHere(workspace.folder);
    expect(report).toMatchObject({ backup: { id: first.id }, unused: [{ id: safety, why: 'line' }] });
    expect(missingOf(workspace.folder, 40)).toHaveLength(40);
  });

  test('is not that one if the log continued before its end was lost', async () => {
    const workspace = await testWorkspace({ template });
    const first = await backUp(workspace);
    await addTeams(workspace, 0, 5);
    await workspace.core.close();
    const { safety } = await restoreHere(workspace.folder, first.id);
    await workspace.reopen();
    await addTeams(workspace, 200, 240);
    await workspace.core.close();
    const log = ['audit_logs', 'audit_transactions'].flatMap((table) => pagesOf(workspace, table));
    damagePages(workspace.folder, log, () => 0);
    const { report } = await salvageHere(workspace.folder);
    expect(report).toMatchObject({ backup: { id: first.id }, unused: [{ id: safety, why: 'line' }] });
    expect(missingOf(workspace.folder, 5)).toHaveLength(5);
  });

  test('is an earlier backup if the later one is damaged, which is named', async () => {
    const workspace = await testWorkspace({ template });
    const first = await backUp(workspace);
    await addTeams(workspace, 0, 120);
    const second = await backUp(workspace);
    await addTeams(workspace, 120, 123);
    await cut(workspace, 20);
    flipBit(fileOf(workspace, second.id), 0.5);
    const { report } = await salvageHere(workspace.folder);
    expect(report).toMatchObject({ backup: { id: first.id }, spoiled: [second.id], unused: [] });
  });

  test('is an earlier backup if the later one has no readable manifest, which is named', async () => {
    const workspace = await testWorkspace({ template });
    const first = await backUp(workspace);
    await addTeams(workspace, 0, 120);
    const second = await backUp(workspace);
    await cut(workspace, 20);
    truncateSync(fileOf(workspace, second.id), 100);
    const { report } = await salvageHere(workspace.folder);
    const unused = [{ id: second.id, why: 'unusable' }];
    expect(report).toMatchObject({ backup: { id: first.id }, spoiled: [], unused });
  });
});
