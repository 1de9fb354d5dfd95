import { describe, expect, test } from 'vitest';
import { refused } from '#test/support/refusal.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);

async function open() {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  const called = async () => (await ada.workspace.info({})).name;
  return { workspace, ada, called, first: await called() };
}

describe('renaming the workspace', () => {
  test('is an ordinary change: audited, undone and redone, and there after a restart', async () => {
    const { workspace, ada, called, first } = await open();
    const { op_id, name } = await ada.workspace.rename({ name: '  Our missions ' });
    expect(name).toBe('Our missions');
    expect(await called()).toBe('Our missions');
    const [entry] = (await ada.history.list({ limit: 1 })).rows;
    expect(entry).toMatchObject({
      op_id,
      label: 'workspace.rename',
      params: { title: 'Our missions', was: first },
      changes: 1,
    });
    await ada.history.undo({});
    expect(await called()).toBe(first);
    await ada.history.redo({});
    await workspace.reopen();
    expect((await workspace.as().workspace.info({})).name).toBe('Our missions');
    expect((await workspace.verify()).ok).toBe(true);
  });

  test('repeated changes the only name, even if the first was undone', async () => {
    const { workspace, ada, called, first } = await open();
    await ada.workspace.rename({ name: 'One' });
    await ada.history.undo({});
    await ada.workspace.rename({ name: 'Two' });
    expect(await called()).toBe('Two');
    await ada.workspace.rename({ name: 'Three' });
    expect(
      (await ada.history.changes({ id: (await ada.history.list({ limit: 1 })).rows[0]?.id ?? 0 })).rows,
    ).toMatchObject([
      {
        type: 'workspace',
        action: 'update',
        title: 'Three',
        before: { name: 'Two' },
        after: { name: 'Three' },
      },
    ]);
    for (const name of ['Two', first]) {
      await ada.history.undo({ on_conflict: 'ask' });
      expect(await called()).toBe(name);
    }
    expect((await workspace.verify()).ok).toBe(true);
  });

  test('is for those who may change records without a university', async () => {
    const { workspace, called, first } = await open();
    for (const who of ['Edi', 'Vic']) {
      const { data } = await refused('FORBIDDEN', workspace.as(who).workspace.rename({ name: 'Mine' }));
      expect(data).toMatchObject({ type: 'workspace' });
    }
    expect(await called()).toBe(first);
    await workspace.as('Rea').workspace.rename({ name: 'Ours' });
    expect(await called()).toBe('Ours');
  });
});
