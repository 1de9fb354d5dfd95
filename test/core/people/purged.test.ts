import { expect, test } from 'vitest';
import { erasedText } from '#shared/domain/erased.ts';
import { entityTypes } from '#shared/domain/types.ts';
import { filesNaming, plantedName, plantedPayloads } from '#test/support/planted-name.ts';
import { clientOf, openSandbox, resultOf, take } from '#test/support/sandboxes.ts';
import { testWorkspace, verified } from '#test/support/workspace.ts';

const references = {
  interface: { from: 'one', to: 'two' },
  comment: { record_id: 'one' },
  document: { file: null },
};

test('after a purge neither live nor a sandbox has values of the purged records, in any type, field or label', async () => {
  const workspace = await testWorkspace();
  const ada = workspace.as();
  for (const id of ['one', 'two']) await ada.entities.create({ type: 'team', id, data: { name: id } });
  for (const [type, planted] of plantedPayloads({})) {
    const { recorded_author: _byImport, approved_by: _approved, checked_by: _checked, ...data } = planted;
    const payload = { ...data, ...references[type as keyof typeof references] };
    await ada.entities.create({ type, id: `planted-${type}`, data: payload });
    await ada.entities.update({ type, id: `planted-${type}`, data: { meta: { from: plantedName } } });
  }
  await ada.entities.create({ type: 'team', id: 'other', data: { name: plantedName } });
  const which = { kind: 'ids' as const, ids: ['planted-team', 'other'] };
  await resultOf(await ada.entities.setFields({ type: 'team', which, data: { description: plantedName } }));
  await ada.network.savePositions({ places: [{ id: 'other', x: 1, y: 1 }] });
  await ada.history.undo({});
  await ada.history.redo({});
  const { id } = await take(ada, 'Copy');
  const sandbox = await openSandbox(workspace, id);
  for (const client of [clientOf(sandbox), ada]) {
    for (const type of entityTypes.toReversed())
      await client.entities.remove({ type, id: `planted-${type}` }).catch(() => null);
    await client.entities.remove({ type: 'team', id: 'other' });
  }
  await sandbox.close();
  expect(filesNaming(workspace)).not.toEqual([]);
  expect(await resultOf(await ada.people.purge({ days: 0 }))).toMatchObject({
    problems: [],
    rewritten: true,
  });
  expect(await verified(ada)).toMatchObject({ ok: true });
  expect(filesNaming(workspace)).toEqual([]);
});

test('the label of a change keeps its values until all of its records are purged', async () => {
  const workspace = await testWorkspace();
  const ada = workspace.as();
  for (const id of ['one', 'two']) await ada.entities.create({ type: 'team', id, data: { name: id } });
  const which = { kind: 'ids' as const, ids: ['one', 'two'] };
  await resultOf(await ada.entities.setFields({ type: 'team', which, data: { description: 'Shared' } }));
  const label = (await ada.history.list({ limit: 1 })).rows[0];
  const readLabel = async () =>
    (await ada.history.list({ limit: 100 })).rows.find((row) => row.id === label?.id)?.params;
  expect(await readLabel()).toMatchObject({ became: 'Shared' });

  for (const id of ['one', 'two']) {
    await ada.entities.remove({ type: 'team', id });
    await resultOf(await ada.people.purge({ days: 0 }));
    expect(await readLabel()).toMatchObject({ became: id === 'one' ? 'Shared' : erasedText });
  }
});
