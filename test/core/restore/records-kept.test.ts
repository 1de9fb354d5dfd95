import { join } from 'node:path';
import { flipBit } from '#test/support/damage.ts';
import { expect, test } from 'vitest';
import { backUp } from '#test/support/backup.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);

/** A backup of which two teams have been changed since. */
async function changed() {
  const workspace = await testWorkspace({ template });
  const { id } = await backUp(workspace);
  const owner = workspace.as();
  await owner.entities.update({ type: 'team', id: 'team-a', data: { name: 'Other' } });
  await owner.entities.remove({ type: 'student', id: 'student-a' });
  const diff = async (asked: { text?: string; types?: ['team']; offset?: number; limit?: number }) =>
    resultOf(await owner.compare.between({ from: 'now', to: `backup:${id}`, restorable: true, ...asked }));
  return { workspace, owner, id, diff };
}

test('looking for another name in a backup does not read it again, and finds the same', async () => {
  const { workspace, owner, id: backup, diff } = await changed();
  const first = await diff({});
  const byText = await diff({ text: 'alpine' });
  const byType = await diff({ types: ['team'] });
  const second = await diff({ offset: 1, limit: 1 });
  // From here on the backup itself cannot be read.
  flipBit(join(workspace.core.services.files.backups, `${backup}.frames`), 0.5);
  expect(await diff({})).toEqual(first);
  expect(await diff({ text: 'ALPINE' })).toEqual(byText);
  expect(byText.matched).toBeGreaterThan(0);
  expect(byType.rows.map(({ id }) => id)).toEqual(['team-a']);
  expect(second.rows).toEqual([first.rows[1]]);
  // What is written to live counts at once.
  await owner.entities.update({ type: 'team', id: 'team-b', data: { name: 'Another' } });
  await expect(diff({})).rejects.toMatchObject({ code: 'BACKUP' });
});
