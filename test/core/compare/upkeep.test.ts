import { sinceBase } from '#shared/domain/points-in-time.ts';
import { expect, test } from 'vitest';
import { clientOf, openSandbox, resultOf, take } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);

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
