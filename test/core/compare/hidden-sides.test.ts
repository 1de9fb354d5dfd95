import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { comparedBy } from '#test/support/compare.ts';
import { essence } from '#test/support/live.ts';
import { rowsIn } from '#test/support/moments.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { twoSides } from '#test/support/two-sides.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { Client } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);

/** A university with a team that comes and is deleted again: the comparison sees nothing of it but the team. */
async function comesAndGoes(client: Client): Promise<void> {
  await client.entities.create({ type: 'university', id: 'uni-x', data: { name: 'X' } });
  await client.entities.create({ type: 'team', id: 'tx', data: { name: 'TX', university_id: 'uni-x' } });
  await client.entities.remove({ type: 'university', id: 'uni-x', with_contents: true });
}
const teams = async (client: Client): Promise<string[]> =>
  (await client.entities.list({ type: 'team' })).rows.map(({ id }) => id);

describe('records hidden by a deleted university', () => {
  test('promote as previewed, come back with it, and are undone', async () => {
    const { play, promote, ada, id, workspace } = await twoSides(template);
    const before = essence(rowsIn(workspace.files.live));
    await comesAndGoes(play);
    const tried = await promote({ dry: true });
    const done = await promote();
    expect(done).toEqual({ ...tried, dry: false, op_id: done.op_id, backup: done.backup });
    expect((await comparedBy(ada, id)).counts).toMatchObject({ play: 0, live: 0, conflict: 0 });
    await play.entities.restore({ type: 'university', id: 'uni-x' });
    await promote();
    expect(await teams(ada)).toContain('tx');
    await ada.history.undo({});
    await ada.history.undo({});
    expect(essence(rowsIn(workspace.files.live))).toEqual(before);
    expect((await workspace.verify()).ok).toBe(true);
  });

  test('promote even if a team was moved there', async () => {
    const { play, promote, ada } = await twoSides(template);
    await play.entities.create({ type: 'university', id: 'uni-x', data: { name: 'X' } });
    await play.entities.update({ type: 'team', id: 'team-a', data: { university_id: 'uni-x' } });
    await play.entities.remove({ type: 'university', id: 'uni-x', with_contents: true });
    await promote();
    expect(await teams(ada)).not.toContain('team-a');
  });

  test('is refreshed into a sandbox', async () => {
    const { ada, play, refresh, id } = await twoSides(template);
    await comesAndGoes(ada);
    await refresh();
    expect((await comparedBy(ada, id)).counts).toMatchObject({ play: 0, live: 0, conflict: 0 });
    await play.entities.restore({ type: 'university', id: 'uni-x' });
    expect(await teams(play)).toContain('tx');
  });

  test('is restored from a backup of another workspace', async () => {
    const from = await testWorkspace({ template });
    const ada = from.as();
    await comesAndGoes(ada);
    const { id } = await resultOf(await ada.backups.create({}));
    const to = await testWorkspace({});
    mkdirSync(to.files.backups, { recursive: true });
    cpSync(join(from.files.backups, `${id}.frames`), join(to.files.backups, `${id}.frames`));
    await resultOf(await to.as().backups.restore({ id, another: true }));
    expect(await teams(to.as())).toEqual(await teams(ada));
    expect((await to.verify()).ok).toBe(true);
  });
});

test('records that a promotion moves away are not counted as hidden by its deletion', async () => {
  const { play, promote } = await twoSides(template);
  const { hidden: all } = await dryRemoval();
  await play.entities.create({ type: 'university', id: 'uni-x', data: { name: 'X' } });
  await play.entities.update({ type: 'team', id: 'team-a', data: { university_id: 'uni-x' } });
  await play.entities.remove({ type: 'university', id: 'uni-a', with_contents: true });
  const { hidden } = await promote({ dry: true });
  expect(hidden.contents['teams'] ?? 0).toBe((all.contents['teams'] ?? 0) - 1);

  async function dryRemoval() {
    const other = await twoSides(template);
    await other.play.entities.remove({ type: 'university', id: 'uni-a', with_contents: true });
    return other.promote({ dry: true });
  }
});

test('a record that Play never had is not deleted by a conflict of types that Play wins', async () => {
  const { ada, play, promote } = await twoSides(template);
  await play.entities.create({ type: 'team', id: 'dup', data: { name: 'P' } });
  await play.entities.remove({ type: 'team', id: 'dup' });
  await ada.entities.create({ type: 'project', id: 'dup', data: { name: 'L' } });
  await promote({ conflicts: 'play' });
  expect((await ada.entities.get({ type: 'project', id: 'dup' })).deleted_at).toBeNull();
});

test('a promotion of however many records leaves an admin', async () => {
  const people = await makeTemplate(async (workspace) => {
    await preparePeople(workspace);
    await workspace.as().workspace.createProfile({ name: 'Bob', role: 'admin', university_id: null });
  });
  const { play, workspace, id } = await twoSides(people);
  await play.history.undo({});
  for (const part of ['t', 'u'])
    await play.entities.applyChanges({
      changes: Array.from({ length: 600 }, (_, at) => ({
        kind: 'create' as const,
        type: 'team' as const,
        id: `${part}${at}`,
        data: { name: `${part}${at}` },
      })),
    });
  const bob = workspace.as('Bob');
  await bob.workspace.changeProfile({ profile: 'Ada', role: 'researcher' });
  const promoted = bob.sandboxes.promote({ id });
  await expect(promoted.then(resultOf)).rejects.toMatchObject({
    data: { issues: [{ code: 'last_admin' }] },
  });
});

test('a link is listed once its missing end exists, in the promoting window too', async () => {
  const { ada, play, promote } = await twoSides(template);
  await play.entities.create({ type: 'team', id: 'ty', data: { name: 'TY' } });
  await play.entities.create({ type: 'interface', id: 'ly', data: { from: 'team-a', to: 'ty' } });
  await play.entities.remove({ type: 'team', id: 'ty' });
  await promote();
  const listed = async () =>
    (await ada.entities.list({ type: 'interface', search: 'TY' })).rows.map(({ id }) => id);
  expect(await listed()).toEqual([]);
  await play.entities.restore({ type: 'team', id: 'ty' });
  await promote();
  expect(await listed()).toEqual(['ly']);
});

test('the changes of a sandbox are counted on after promoting and refreshing', async () => {
  const { ada, play, promote, refresh } = await twoSides(template);
  const facts = async () => (await ada.sandboxes.list({})).map(({ changes }) => changes);
  for (const size of [7, 8, 9]) await play.entities.update({ type: 'team', id: 'team-a', data: { size } });
  expect(await facts()).toEqual([3]);
  for (const size of [2, 3, 4, 5, 6])
    await ada.entities.update({ type: 'team', id: 'team-b', data: { size } });
  await promote();
  await refresh();
  const after = (await facts())[0] ?? 0;
  expect(after).toBeGreaterThanOrEqual(3);
  await play.entities.update({ type: 'team', id: 'team-a', data: { size: 12 } });
  expect(await facts()).toEqual([after + 1]);
});

test('a record is restored from a backup without the link whose end is hidden', async () => {
  const ada = (await testWorkspace({ template })).as();
  const { id } = await resultOf(await ada.backups.create({}));
  await ada.entities.remove({ type: 'interface', id: 'link' });
  await ada.entities.remove({ type: 'university', id: 'uni-a', with_contents: true });
  await ada.entities.remove({ type: 'team', id: 'team-b' });
  await resultOf(await ada.backups.restoreRecords({ id, records: ['team-b'], links: true }));
  expect(await teams(ada)).toContain('team-b');
});

test('a record is restored from a backup whose reference reads as empty there too', async () => {
  const ada = (await testWorkspace({ template })).as();
  await ada.entities.remove({ type: 'project', id: 'project-a' });
  const { id } = await resultOf(await ada.backups.create({}));
  await ada.entities.remove({ type: 'team', id: 'team-a' });
  const { problems } = await resultOf(await ada.backups.restoreRecords({ id, records: ['team-a'] }));
  expect(problems).toEqual([]);
  expect(await teams(ada)).toContain('team-a');
});
