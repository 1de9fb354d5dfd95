import { expect, test } from 'vitest';
import { clientOf, openSandbox, take } from '#test/support/sandboxes.ts';
import { testWorkspace } from '#test/support/workspace.ts';
import { namedRecords } from '#cli/promotion.ts';

test('a record that only the sandbox has can be named, however many others contain its id', async () => {
  const workspace = await testWorkspace({});
  const { id } = await take(workspace.as(), 'Play');
  const core = await openSandbox(workspace, id);
  const client = clientOf(core);
  await client.entities.create({ type: 'team', id: 'a7', data: { name: 'Seven' } });
  for (let at = 0; at < 1001; at += 1)
    await client.entities.create({
      type: 'team',
      id: `0a7-${String(at).padStart(4, '0')}`,
      data: { name: 'x' },
    });
  await core.close();
  const live = workspace.as();
  expect(await namedRecords(live, id, ['a7', '0a7-0003#name'], '--only')).toEqual([
    { id: 'a7' },
    { id: '0a7-0003', fields: ['name'] },
  ]);
  expect(await namedRecords(live, id, ['a7'], '--except')).toEqual([{ id: 'a7' }]);
  await expect(namedRecords(live, id, ['a7x'], '--only')).rejects.toThrow('"a7x" names no record');
});
