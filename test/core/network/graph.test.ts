import { describe, expect, test } from 'vitest';
import { nodeType } from '#shared/contract/network.ts';
import { refused } from '#test/support/refusal.ts';
import { testWorkspace } from '#test/support/workspace.ts';
import { edgesOf, isWhole, networkTemplate, nodeOf } from './crew.ts';

const template = await networkTemplate();
const all = nodeType.options;

describe('the graph', () => {
  test('has the live records of the types, and the interfaces between them', async () => {
    const ada = (await testWorkspace({ template })).as();
    const graph = await ada.network.graph({ types: ['team'] });
    expect(isWhole(graph)).toBe(true);
    expect(graph.nodes.id.toSorted()).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(graph.matched).toBe(5);
    expect(edgesOf(graph)).toEqual(['a>b', 'b>c', 'c>d', 'd>a']);
    expect(new Set(graph.edges.kind)).toEqual(new Set(['interface']));
    const at = graph.edges.id.indexOf('l-cd');
    expect([graph.edges.bond[at], graph.edges.loss[at]]).toEqual(['fragile-temporary', 2]);
  });

  test('counts all interfaces of a node, shown or not, and no deleted ones', async () => {
    const ada = (await testWorkspace({ template })).as();
    const graph = await ada.network.graph({ types: ['team', 'faculty'] });
    expect(edgesOf(graph)).toContain('f>a');
    expect(nodeOf(graph, 'a')).toEqual({
      type: 'team',
      title: 'Team a',
      university: 'u1',
      links: 3,
      x: null,
      y: null,
      values: {},
    });
    expect(nodeOf(graph, 'b').links).toBe(3);
    expect(nodeOf(graph, 'e').links).toBe(0);
  });

  test('includes references on request', async () => {
    const ada = (await testWorkspace({ template })).as();
    const plain = await ada.network.graph({ types: [...all] });
    expect(plain.edges.kind).not.toContain('reference');
    const graph = await ada.network.graph({ types: ['team', 'student', 'project'], references: true });
    expect(isWhole(graph)).toBe(true);
    const references = graph.edges.id.filter((_, at) => graph.edges.kind[at] === 'reference');
    expect(references.toSorted()).toEqual(['a.project_id', 's.team_id']);
    expect(edgesOf(graph)).toEqual(expect.arrayContaining(['a>p', 's>a']));
    const whole = await ada.network.graph({ types: [...all], references: true });
    expect(edgesOf(whole)).toEqual(expect.arrayContaining(['a>u1', 'f>u2', 'p>u1', 's>u1']));
    expect(edgesOf(whole)).not.toContain('x>u2');
  });

  test('is narrowed by filters, type by type', async () => {
    const ada = (await testWorkspace({ template })).as();
    const graph = await ada.network.graph({
      types: ['team', 'faculty'],
      filters: [{ type: 'team', filters: [{ field: 'university_id', op: 'contains', value: 'alp' }] }],
    });
    expect(graph.nodes.id.toSorted()).toEqual(['a', 'c', 'e', 'f']);
    expect(edgesOf(graph)).toEqual(['f>a']);
    const unknown = ada.network.graph({
      types: ['team'],
      filters: [{ type: 'team', filters: [{ field: 'nothing', op: 'empty' }] }],
    });
    expect((await refused('INVALID', unknown)).data.issues[0]?.path).toBe('nothing');
  });

  test('keeps the records with the most links if there are too many', async () => {
    const ada = (await testWorkspace({ template })).as();
    const graph = await ada.network.graph({ types: ['team'], limit: 2 });
    expect(graph.nodes.id).toEqual(['a', 'b']);
    expect(graph.matched).toBe(5);
    expect(edgesOf(graph)).toEqual(['a>b']);
  });

  test('follows changes here and elsewhere, and undo', async () => {
    const workspace = await testWorkspace({ template });
    const ada = workspace.as();
    const edges = async (): Promise<string[]> => edgesOf(await ada.network.graph({ types: ['team'] }));
    await edges();
    await ada.entities.create({ type: 'interface', id: 'new', data: { from: 'e', to: 'a' } });
    expect(await edges()).toContain('e>a');
    const other = await workspace.another();
    await other.client(other.session()).entities.update({ type: 'interface', id: 'new', data: { to: 'b' } });
    expect(await edges()).toContain('e>b');
    expect(await edges()).not.toContain('e>a');
    await ada.entities.remove({ type: 'team', id: 'b' });
    expect(await edges()).toEqual(['c>d', 'd>a']);
    await ada.history.undo({});
    expect(await edges()).toContain('e>b');
    await ada.entities.update({ type: 'team', id: 'a', data: { name: 'Renamed' } });
    expect(nodeOf(await ada.network.graph({ types: ['team'] }), 'a').title).toBe('Renamed');
  });
});
