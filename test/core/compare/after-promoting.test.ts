import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { restore } from '#test/support/backup.ts';
import { comparedBy } from '#test/support/compare.ts';
import { resultOf, clientOf, openSandbox, take } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { twoSides } from '#test/support/two-sides.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { Client } from '#test/support/workspace.ts';
import { sinceBase } from '#shared/domain/points-in-time.ts';

const template = await makeTemplate(preparePeople);
const both = () => twoSides(template);

/** What differs, as id, class, and what each side did. */
async function differs(ada: Client, id: string): Promise<string[]> {
  return (await comparedBy(ada, id)).rows
    .map((row) => `${row.id} ${row.class} ${row.live ?? '-'} ${row.play ?? '-'}`)
    .toSorted();
}

const make = (client: Client, id: string) =>
  client.entities.create({ type: 'team', id, data: { name: `Team ${id}` } });
const remove = (client: Client, id: string) => client.entities.remove({ type: 'team', id });

test('a deletion promoted and undone in Play is restored in live, and no refresh repeats it', async () => {
  const { ada, play, id, refresh, promote } = await both();
  await remove(play, 'team-b');
  await promote();
  await play.history.undo({});
  expect(await differs(ada, id)).toEqual(['team-b play - restored']);
  expect(await refresh()).toMatchObject({ removed: {} });
  expect(await promote()).toMatchObject({ restored: { teams: 1 } });
  expect(await differs(ada, id)).toEqual([]);
});

test('changes in Play after a promotion are no conflict, and parallel changes in live are kept', async () => {
  const { ada, play, id, refresh, promote } = await both();
  await play.entities.update({ type: 'team', id: 'team-a', data: { size: 9 } });
  await promote();
  await play.entities.update({ type: 'team', id: 'team-a', data: { size: 10 } });
  await ada.entities.update({ type: 'team', id: 'team-a', data: { name: 'Lived on' } });
  expect(await differs(ada, id)).toEqual(['team-a both updated updated']);
  expect(await promote()).toMatchObject({ updated: { teams: 1 } });
  expect(await refresh()).toMatchObject({ updated: { teams: 1 } });
  expect((await ada.entities.get({ type: 'team', id: 'team-a' })).payload).toMatchObject({
    size: 10,
    name: 'Lived on',
  });
});

test('a sandbox restored from before a promotion lacks its effects', async () => {
  const { workspace, core, ada, play, id, promote } = await both();
  const backup = await resultOf(await ada.backups.create({ sandboxes: true }));
  await make(play, 'mine');
  await promote();
  await core.close();
  const restored = join(workspace.folder, 'restored');
  await restore(workspace, backup.id, restored);
  cpSync(join(restored, 'sandboxes'), workspace.files.sandboxes, { recursive: true });
  expect(await differs(ada, id)).toEqual(['mine live created -']);
});

test('a conflict that was decided for Play and is undone is to be decided again', async () => {
  const { ada, play, id, promote } = await both();
  for (const team of ['team-a', 'team-b'])
    await ada.entities.update({ type: 'team', id: team, data: { size: 3 } });
  await play.entities.update({ type: 'team', id: 'team-a', data: { size: 4 } });
  await play.entities.remove({ type: 'team', id: 'team-b' });
  const differed = ['team-a conflict updated updated', 'team-b conflict updated deleted'];
  expect(await differs(ada, id)).toEqual(differed);
  await promote({ conflicts: 'play' });
  expect(await differs(ada, id)).toEqual([]);
  await ada.history.undo({});
  expect(await differs(ada, id)).toEqual(differed);
});

test('settings rows are no difference, and do not hide the name of the workspace', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  await ada.backups.setRetention({ last: 3 });
  await resultOf(await ada.golden.publish({}));
  const { id } = await take(ada, 'Play');
  await resultOf(await ada.golden.publish({}));
  await ada.backups.setRetention({ last: 4 });
  const compared = await resultOf(await ada.compare.between(sinceBase(id)));
  expect(compared.rows).toEqual([]);
  const play = clientOf(await openSandbox(workspace, id));
  await play.workspace.rename({ name: 'Our missions' });
  const named = await resultOf(await ada.compare.between(sinceBase(id)));
  expect(named.rows).toMatchObject([
    { type: 'workspace', class: 'play', fields: [{ field: 'name', play: 'Our missions' }] },
  ]);
  await resultOf(await ada.sandboxes.promote({ id }));
  expect((await ada.workspace.info({})).name).toBe('Our missions');
  expect((await ada.backups.retention({})).last).toBe(4);
});
