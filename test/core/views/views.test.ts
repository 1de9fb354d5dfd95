import { describe, expect, test } from 'vitest';
import { refused } from '#test/support/refusal.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);
const address = 'frames://live/teams?f=discipline.is.software';

describe('a saved view', () => {
  test('is visible to everybody, by name, with its author', async () => {
    const workspace = await testWorkspace({ template });
    const layout = { columns: ['name', 'size'], widths: { name: 240 } };
    const { view, op_id } = await workspace
      .as('Edi')
      .views.create({ name: '  weak links ', address, layout });
    expect(op_id).not.toBeNull();
    expect(view).toMatchObject({ name: 'weak links', address, layout, owner: { name: 'Edi' } });
    expect(view.owner.id).toBe(workspace.core.session('Edi').profile);
    await workspace.as('Rea').views.create({ name: 'Émigrés', address });
    await workspace.as('Rea').views.create({ name: 'Zeta', address });
    const names = (await workspace.as('Vic').views.list({})).map(({ name }) => name);
    expect(names).toEqual(['Émigrés', 'weak links', 'Zeta']);
    expect((await workspace.as('Vic').views.list({}))[0]?.layout).toBeNull();
  });

  test('is renamed, saved again and deleted, each in one undoable step', async () => {
    const ada = (await testWorkspace({ template })).as();
    const { id } = (await ada.views.create({ name: 'One', address, layout: { a: 1 } })).view;
    const renamed = await ada.views.update({ id, name: 'Two' });
    expect(renamed.view).toMatchObject({ name: 'Two', address, layout: { a: 1 } });
    expect((await ada.views.update({ id, name: 'Two', layout: { a: 1 } })).op_id).toBeNull();
    expect((await ada.views.update({ id, layout: null })).view.layout).toBeNull();
    expect(await ada.views.remove({ id })).toMatchObject({ name: 'Two' });
    expect(await ada.views.list({})).toEqual([]);

    await ada.history.undo({});
    expect(await ada.views.list({})).toMatchObject([{ id, name: 'Two', layout: null }]);
    await ada.history.undo({});
    await ada.history.undo({});
    expect(await ada.views.list({})).toMatchObject([{ id, name: 'One', layout: { a: 1 } }]);
    await ada.history.undo({});
    expect(await ada.views.list({})).toEqual([]);
    for (const _ of [1, 2, 3, 4]) await ada.history.redo({});
    expect(await ada.views.list({})).toEqual([]);
  });

  test('is in the history under its name', async () => {
    const workspace = await testWorkspace({ template });
    const ada = workspace.as();
    const { id } = (await ada.views.create({ name: 'One', address })).view;
    await ada.views.update({ id, name: 'Two' });
    const { rows, total } = await ada.history.list({ type: 'view' });
    expect(total).toBe(2);
    expect(rows.map(({ label, params }) => [label, params['title'], params['fields'] ?? null])).toEqual([
      ['view.update', 'One', ['name']],
      ['view.create', 'One', null],
    ]);
    const [newest] = (await ada.history.ofRecord({ id })).rows;
    expect(newest?.change).toMatchObject({ type: 'view', title: 'Two', university_id: null });
    expect((await workspace.verify()).ok).toBe(true);
  });
});

describe('refused is', () => {
  test('a view that is not there, or not any more', async () => {
    const ada = (await testWorkspace({ template })).as();
    const { id } = (await ada.views.create({ name: 'One', address })).view;
    await ada.views.remove({ id });
    for (const gone of [id, 'nobody', 'team-a']) {
      for (const call of [ada.views.update({ id: gone, name: 'X' }), ada.views.remove({ id: gone })])
        expect((await refused('NOT_FOUND', call)).data).toEqual({
          type: 'view',
          id: gone,
          ...(gone === id && { state: 'deleted' }),
        });
    }
  });

  test.each([
    ['an empty name', { name: ' ', address }, 'name'],
    ['a name with a line break', { name: 'a\nb', address }, 'name'],
    ['an address of something else', { name: 'X', address: 'https://example.org' }, 'address'],
    ['a very large layout', { name: 'X', address, layout: 'x'.repeat(33 * 1024) }, 'layout'],
  ])('%s', async (_, given, path) => {
    const ada = (await testWorkspace({ template })).as();
    const { data } = await refused('INVALID', ada.views.create(given));
    expect(data.issues[0]?.path).toBe(path);
  });

  test('the id of a view or a position as that of a record', async () => {
    const workspace = await testWorkspace({ template });
    const ada = workspace.as();
    const { id } = (await ada.views.create({ name: 'One', address })).view;
    await ada.network.savePositions({ places: [{ id: 'team-a', x: 0, y: 0 }] });
    const position = workspace.core.services.read.column<string>('SELECT id FROM positions')[0] ?? '';
    for (const [taken, type] of [
      [id, 'view'],
      [position, 'position'],
    ] as const) {
      const { data } = await refused(
        'DUPLICATE_ID',
        ada.entities.create({ type: 'team', id: taken, data: { name: 'X' } }),
      );
      expect(data.type).toBe(type);
    }
  });
});
