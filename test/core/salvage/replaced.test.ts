import { expect, test } from 'vitest';
import { restoreHere } from '#test/support/restore.ts';
import { damagePages, pagesOf, salvageHere } from '#test/support/salvage.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { twoSides } from '#test/support/two-sides.ts';
import type { TwoSides } from '#test/support/two-sides.ts';
import { makeTemplate } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);

/** Why each backup was made, the newest first, and whether it is said to have been replaced. */
const marked = async ({ workspace }: Pick<TwoSides, 'workspace'>): Promise<[string, boolean][]> =>
  (await workspace.as().backups.list({})).map(({ reason, replaced }) => [reason, replaced]);

/** A promotion as the newest change, and backups of before it, within it and after it. */
async function promoted(): Promise<TwoSides> {
  const sides = await twoSides(template);
  await resultOf(await sides.ada.backups.create({}));
  await sides.play.entities.update({ type: 'team', id: 'team-a', data: { size: 9 } });
  await sides.promote();
  await resultOf(await sides.ada.backups.create({}));
  return sides;
}

test('backups before a promotion are of states that live still has after salvaging', async () => {
  const sides = await promoted();
  const { workspace } = sides;
  await workspace.core.close();
  damagePages(workspace.folder, pagesOf(workspace, 'teams'), () => 0);
  const { report } = await salvageHere(workspace.folder);
  expect(report.left).toEqual([]);
  await workspace.reopen();
  expect(await marked(sides)).toEqual([
    ['asked', false],
    ['promote', false],
    ['asked', false],
  ]);
});

test('records displaced by a restore are distinguished from its contents, also those of a promotion', async () => {
  const sides = await promoted();
  const { workspace } = sides;
  const [newest] = await workspace.as().backups.list({});
  await workspace.as().entities.create({ type: 'team', id: 'late', data: { name: 'Late' } });
  await workspace.core.close();
  await restoreHere(workspace.folder, newest?.id ?? '');
  await workspace.reopen();
  expect(await marked(sides)).toEqual([
    ['restore', true],
    ['asked', false],
    ['promote', false],
    ['asked', false],
  ]);
});
