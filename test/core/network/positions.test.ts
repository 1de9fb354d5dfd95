import { describe, expect, test } from 'vitest';
import { maxCoordinate } from '#shared/contract/network.ts';
import { stateOf } from '#test/support/live.ts';
import { refused } from '#test/support/refusal.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { Client } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);

/** Where the nodes of the network stand, those that have a position. */
async function placesOf(client: Client): Promise<Record<string, [number, number]>> {
  const { nodes } = await client.network.graph({ types: ['team', 'student', 'project'] });
  const all = nodes.id.map((id, at) => [id, [nodes.x[at], nodes.y[at]]] as const);
  return Object.fromEntries(all.filter(([, [x]]) => x !== null)) as Record<string, [number, number]>;
}

describe('positions', () => {
  test('are kept for everybody, moved and forgotten, each as one step', async () => {
    const workspace = await testWorkspace({ template });
    const [edi, eve] = [workspace.as('Edi'), workspace.as('Eve')];
    const first = await edi.network.savePositions({
      places: [
        { id: 'team-a', x: 1.5, y: -2 },
        { id: 'student-b', x: 100, y: 0 },
      ],
    });
    expect(first).toMatchObject({ changed: 2 });
    expect(await placesOf(eve)).toEqual({ 'team-a': [1.5, -2], 'student-b': [100, 0] });
    // Another university's node may be moved too: where it stands is no property of it.
    await eve.network.savePositions({ places: [{ id: 'team-a', x: 7, y: 7 }] });
    expect(await placesOf(edi)).toEqual({ 'team-a': [7, 7], 'student-b': [100, 0] });
    expect(await edi.network.deletePositions({ ids: ['student-b', 'project-a', 'nobody'] })).toMatchObject({
      changed: 1,
    });
    expect(await placesOf(edi)).toEqual({ 'team-a': [7, 7] });
    expect(await edi.network.deletePositions({ ids: null })).toMatchObject({ changed: 1 });
    expect(await placesOf(edi)).toEqual({});
    expect(await edi.network.deletePositions({ ids: null })).toEqual({ op_id: null, changed: 0 });
    // Put back where it was forgotten, a node stands there anew.
    expect(await edi.network.savePositions({ places: [{ id: 'team-a', x: 7, y: 7 }] })).toMatchObject({
      changed: 1,
    });
    expect(await placesOf(edi)).toEqual({ 'team-a': [7, 7] });
    expect((await workspace.verify()).ok).toBe(true);
  });

  test('that are as they were make no step; the last of two counts', async () => {
    const ada = (await testWorkspace({ template })).as();
    const places = [
      { id: 'team-a', x: 1, y: 1 },
      { id: 'team-a', x: 2, y: 2 },
    ];
    expect(await ada.network.savePositions({ places })).toMatchObject({ changed: 1 });
    expect(await placesOf(ada)).toEqual({ 'team-a': [2, 2] });
    const again = [{ id: 'team-a', x: 2, y: 2 }];
    expect(await ada.network.savePositions({ places: again })).toEqual({ op_id: null, changed: 0 });
  });

  test('are refused beyond the drawable range', async () => {
    const workspace = await testWorkspace({ template });
    const ada = workspace.as();
    for (const x of [1e308, -maxCoordinate - 1]) {
      await refused('INVALID', ada.network.savePositions({ places: [{ id: 'team-a', x, y: 0 }] }));
    }
    expect(
      await ada.network.savePositions({ places: [{ id: 'team-a', x: maxCoordinate, y: 0 }] }),
    ).toMatchObject({
      changed: 1,
    });
  });

  test('of network and molecule are independent', async () => {
    const workspace = await testWorkspace({ template });
    const ada = workspace.as();
    const at = async (drawing: 'network' | 'molecule') => {
      const { nodes } = await ada.network.neighbourhood({ id: 'team-a', drawing });
      return [nodes.x[0], nodes.y[0]];
    };
    const put = (drawing: 'network' | 'molecule', x: number) =>
      ada.network.savePositions({ places: [{ id: 'team-a', x, y: x }], drawing });
    await put('network', 1);
    expect(await at('molecule')).toEqual([null, null]);
    await put('molecule', 2);
    expect([await at('network'), await at('molecule')]).toEqual([
      [1, 1],
      [2, 2],
    ]);
    expect(await ada.network.deletePositions({ ids: null })).toMatchObject({ changed: 1 });
    expect(await ada.network.deletePositions({ ids: null })).toMatchObject({ changed: 0 });
    expect([await at('network'), await at('molecule')]).toEqual([
      [null, null],
      [2, 2],
    ]);
    expect(await ada.network.deletePositions({ ids: ['team-a'], drawing: 'molecule' })).toMatchObject({
      changed: 1,
    });
    // Put back in one drawing, it stays forgotten in the other.
    await put('network', 3);
    expect([await at('network'), await at('molecule')]).toEqual([
      [3, 3],
      [null, null],
    ]);
    await ada.history.undo({ on_conflict: 'ask' });
    await ada.history.undo({ on_conflict: 'ask' });
    expect(await at('molecule')).toEqual([2, 2]);
    expect((await workspace.verify()).ok).toBe(true);
  });

  test('are undone and redone, also after they were released and set again', async () => {
    const workspace = await testWorkspace({ template });
    const ada = workspace.as();
    const states: unknown[] = [stateOf(workspace)];
    const steps = [
      () => ada.network.savePositions({ places: [{ id: 'team-a', x: 1, y: 1 }] }),
      () => ada.network.deletePositions({ ids: ['team-a'] }),
      () => ada.network.savePositions({ places: [{ id: 'team-a', x: 2, y: 2 }] }),
      () => ada.network.savePositions({ places: ['team-a', 'team-b'].map((id) => ({ id, x: 3, y: 3 })) }),
      () => ada.network.deletePositions({ ids: null }),
    ];
    for (const step of steps) {
      await step();
      states.push(stateOf(workspace));
    }
    for (const state of states.slice(0, -1).toReversed()) {
      await ada.history.undo({ on_conflict: 'ask' });
      expect(stateOf(workspace)).toEqual(state);
    }
    for (const state of states.slice(1)) {
      await ada.history.redo({ on_conflict: 'ask' });
      expect(stateOf(workspace)).toEqual(state);
    }
    expect(workspace.raw((db) => db.prepare('SELECT count(*) FROM positions').pluck().get())).toBe(2);
  });

  test('stand in the history under the name of their node, with its university', async () => {
    const ada = (await testWorkspace({ template })).as();
    await ada.network.savePositions({ places: [{ id: 'team-b', x: 1, y: 1 }] });
    const { rows } = await ada.history.list({ type: 'position', university_id: 'uni-b' });
    expect(rows).toMatchObject([{ label: 'positions.arrange', params: { count: 1, title: 'Bay team' } }]);
    const { rows: changes } = await ada.history.changes({ id: rows[0]?.id ?? 0 });
    expect(changes).toMatchObject([
      { type: 'position', title: 'Bay team', after: { node: 'team-b', x: 1, y: 1 } },
    ]);
    await ada.network.savePositions({ places: ['team-a', 'team-b'].map((id) => ({ id, x: 2, y: 2 })) });
    const [newest] = (await ada.history.list({ limit: 1 })).rows;
    expect(newest).toMatchObject({ params: { count: 2 } });
    expect(newest?.params).not.toHaveProperty('title');
  });
});
