import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#shared/domain/json.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { FilePlan } from '#core/import/json/plan.ts';
import { faultOf, live, told } from '../support.ts';
import { planned } from './support.ts';
import type { GraphOptions } from './support.ts';

const fixture = (name: string, options?: GraphOptions): FilePlan =>
  planned(readFileSync(new URL(`fixtures/${name}`, import.meta.url)), options);

/** What comes of a type, by id. */
const payloads = (prepared: FilePlan, type: EntityType): Record<string, JsonObject> =>
  Object.fromEntries(
    prepared.records.filter((record) => record.type === type).map(({ id, payload }) => [id, payload]),
  );

const links = (prepared: FilePlan): JsonObject[] => Object.values(payloads(prepared, 'interface'));

describe('files of NetworkX', () => {
  it.each(['networkx.gexf', 'networkx.graphml'])('become teams and links: %s', (name) => {
    const prepared = fixture(name);
    expect(prepared.graph).toMatchObject({ nodes: 3, edges: 2, untyped: 3 });
    expect(payloads(prepared, 'team')).toEqual({
      0: { name: 'Radio', group: 'a', score: 1.5, lead: true },
      1: { name: 'Power & harness', group: 'b', score: 2, lead: false },
      2: { name: 'Ümit <ops>' },
    });
    expect(links(prepared)).toEqual([
      { from: '0', to: '1', weight: 0.25 },
      { from: '1', to: '2', weight: 0.5, note: 'says "hi"' },
    ]);
    expect(prepared.problems.total).toBe(0);
    // Read once more, the edges that have no id of their own are the same.
    const ids = Object.keys(payloads(prepared, 'interface'));
    expect(Object.keys(payloads(fixture(name), 'interface'))).toEqual(ids);
  });

  it('have nodes of the chosen type, and weights as losses if chosen', () => {
    const prepared = fixture('networkx.graphml', {
      node_type: 'faculty',
      attributes: [{ of: 'edges', name: 'weight', becomes: 'energy_loss' }],
    });
    expect(Object.keys(payloads(prepared, 'faculty'))).toEqual(['0', '1', '2']);
    expect(prepared.loss_unit).toBe('fraction');
    expect(links(prepared).map(({ energy_loss }) => energy_loss)).toEqual([25, 50]);
    expect(prepared.graph?.attributes).toContainEqual({
      of: 'edges',
      name: 'weight',
      count: 2,
      sample: '0.25',
      becomes: 'energy_loss',
    });
  });

  it.each(['networkx-node-link.json', 'networkx-cytoscape.json'])(
    'keep types, parallel edges, and say which edge is a loop: %s',
    (name) => {
      const prepared = fixture(name);
      expect(prepared.graph).toMatchObject({ nodes: 3, edges: 3, untyped: 0 });
      expect(payloads(prepared, 'team')).toEqual({ t: { name: 'Radio', university_id: 'u', size: 4 } });
      expect(payloads(prepared, 'faculty')).toEqual({ f: { name: 'Dr. Marwood', university_id: 'u' } });
      expect(links(prepared)).toEqual([
        { from: 't', to: 'f', energy_loss: 15 },
        { from: 't', to: 'f', energy_loss: 35 },
      ]);
      expect(told(prepared)).toEqual([{ path: '$.edges[2]', code: 'self_interface', action: 'skipped' }]);
    },
  );
});

describe('files of Gephi, yEd and igraph', () => {
  it('are read without how they are drawn: GEXF 1.3', () => {
    const prepared = fixture('gephi.gexf');
    expect(payloads(prepared, 'team')).toEqual({
      0: { name: 'Radio', 'Modularity Class': 2, discipline: 'communications', tags: '[a, b]' },
      1: { name: 'Power', 'Modularity Class': 0 },
    });
    expect(links(prepared)).toEqual([
      { from: '0', to: '1', weight: 2.5, interface_type: 'advises' },
      { from: '0', to: '1', directed: false },
    ]);
  });

  it('are read without how they are drawn: GraphML', () => {
    const prepared = fixture('gephi.graphml');
    expect(payloads(prepared, 'team')).toEqual({ a: { name: 'Radio' }, b: { name: 'Power' } });
    expect(payloads(prepared, 'interface')).toEqual({ e: { from: 'a', to: 'b', weight: 0.4 } });
    const drawn = fixture('yed.graphml');
    expect(payloads(drawn, 'team')).toEqual({
      n0: { name: 'Radio' },
      n1: { name: 'Power' },
    });
  });

  it('have the ids that igraph stores as an attribute', () => {
    const keys = ['name', 'id', 'role'].map(
      (name) => `<key id="v_${name}" for="node" attr.name="${name}" attr.type="string"/>`,
    );
    const node = (id: string, name: string, own: string): string =>
      `<node id="${id}"><data key="v_name">${name}</data><data key="v_id">${own}</data><data key="v_role"></data></node>`;
    const edge = '<key id="e_id" for="edge" attr.name="id" attr.type="string"/>';
    const graph = `${node('n0', 'Radio', 't1')}${node('n1', 'Power', 't2')}<edge source="n0" target="n1"><data key="e_id">l</data></edge>`;
    const prepared = planned(
      `<graphml>${keys.join('')}${edge}<graph edgedefault="directed">${graph}</graph></graphml>`,
    );
    expect(payloads(prepared, 'team')).toEqual({ t1: { name: 'Radio' }, t2: { name: 'Power' } });
    expect(payloads(prepared, 'interface')).toEqual({ l: { from: 't1', to: 't2' } });
  });

  it('are read from tables of Gephi', () => {
    const nodes = planned('Id,Label,Interval,discipline\n1,Radio,,payload\n2,Power,,\n', {
      format: 'csv-nodes',
    });
    expect(payloads(nodes, 'team')).toEqual({
      1: { name: 'Radio', discipline: 'payload' },
      2: { name: 'Power' },
    });
    const edges = planned('Source;Target;Type;Id;Label;Weight\n1;3;Directed;0;;1.5\n', {
      format: 'csv-edges',
      workspace: { 1: live('team', { name: 'Radio' }) },
    });
    expect(payloads(edges, 'team')).toEqual({ 3: { name: '3' } });
    expect(payloads(edges, 'interface')).toEqual({ 0: { from: '1', to: '3', weight: 1.5 } });
  });
});

describe('links of node-link JSON', () => {
  const ends = (document: object, options?: GraphOptions): unknown[] =>
    links(planned(document, options)).map(({ from, to }) => [from, to]);
  const numbered = [{ id: 2 }, { id: 0 }, { id: 1 }];
  const link = [{ source: 0, target: 1 }];

  it('are positions if no node has such an id, and ids if all have them', () => {
    const nodes = [{ name: 'Radio' }, { name: 'Power' }];
    expect(ends({ nodes, links: [{ source: 1, target: 0 }] })).toEqual([['1', '0']]);
    expect(ends({ nodes: [{ id: 'r' }, { id: 'p' }], links: link })).toEqual([['r', 'p']]);
    expect(ends({ nodes: [{ id: 7 }, { id: 8 }], links: [{ source: 8, target: 7 }] })).toEqual([['8', '7']]);
  });

  it('are names if no node has an id', () => {
    const nodes = [{ name: 'Radio' }, { name: 'Power' }];
    expect(ends({ nodes, links: [{ source: 'Power', target: 'Radio' }] })).toEqual([['Power', 'Radio']]);
  });

  it('that may be either are refused unless chosen as ids', () => {
    expect(faultOf(() => planned({ nodes: numbered, links: link })).data.reason).toBe('not_a_graph');
    expect(ends({ nodes: numbered, links: link }, { format: 'node-link' })).toEqual([['0', '1']]);
    expect(ends({ nodes: numbered, edges: link })).toEqual([['0', '1']]);
  });
});

describe('other programs', () => {
  it('keep several labels, closed groups and the direction of nested graphs: yEd and yFiles', () => {
    const label = (text: string): string => `<x:List><y:Label Text="${text}"/></x:List>`;
    const prepared = planned(`<graphml xmlns:y="y" xmlns:x="x"><key id="l" for="node" attr.name="NodeLabels"/>
      <key id="e" for="edge" attr.name="EdgeLabels"/><graph edgedefault="directed">
      <node id="a"><data key="l"><x:List><y:Label><y:Label.Text>Radio</y:Label.Text></y:Label><y:Label Text="R"/></x:List></data></node>
      <node id="b"><data key="l">${label('Power')}</data><graph edgedefault="undirected">
        <node id="b::c"><data key="l">${label('Cells')}</data></node></graph></node>
      <edge id="x1x" source="a" target="b"><data key="e">${label('heat')}</data></edge></graph></graphml>`);
    expect(payloads(prepared, 'team')).toEqual({
      a: { name: 'Radio', 'label (2)': 'R' },
      b: { name: 'Power' },
      'b::c': { name: 'Cells', group: 'Power' },
    });
    expect(links(prepared)).toEqual([{ from: 'a', to: 'b', label: 'heat' }]);
    expect(prepared.problems.notices.list()).toMatchObject([{ code: 'types_by_name', count: 3 }]);
  });

  it('report attributes without a counterpart', () => {
    const prepared =
      planned(`<graphml><key id="t" for="graph" attr.name="title"/><graph edgedefault="directed">
      <data key="t">Teams</data><node id="a"><port name="p"/></node><node id="b"/><hyperedge/></graph></graphml>`);
    expect(prepared.problems.notices.list()).toMatchObject([
      { code: 'graph_data_left_out', where: { attribute: 'title' } },
      { code: 'element_left_out', params: { name: 'port' } },
      { code: 'element_left_out', params: { name: 'hyperedge' } },
      { code: 'types_by_name', count: 2 },
    ]);
  });

  it('are read from Pajek, Kumu, JSON Graph Format and Gephi Lite', () => {
    const pajek =
      '*Vertices 2\n1 "Radio" 0.1 0.2\n2 "Power"\n*Arcs :1 "supplies"\n2 1 3 l "heat"\n*Edges\n1 2\n';
    expect(links(planned(pajek))).toEqual([
      { from: '2', to: '1', weight: 3, label: 'heat', relation: 'supplies' },
      { from: '1', to: '2', directed: false },
    ]);
    const kumu = {
      elements: [
        { label: 'Radio', type: 'Team' },
        { label: 'Ada', type: 'Student' },
      ],
      connections: [{ from: 'Ada', to: 'Radio', direction: 'directed', label: 'leads' }],
    };
    expect(links(planned(kumu))).toEqual([{ from: 'Ada', to: 'Radio', label: 'leads' }]);
    expect(Object.values(payloads(planned(kumu), 'student'))).toEqual([{ name: 'Ada' }]);
    const nodes = { a: { label: 'Radio', metadata: { size: 4 } }, b: { label: 'Power' } };
    const graph = { graph: { nodes, edges: [{ source: 'a', target: 'b', relation: 'supplies' }] } };
    expect(payloads(planned(graph), 'team')).toEqual({ a: { name: 'Radio', size: 4 }, b: { name: 'Power' } });
    expect(links(planned(graph))).toEqual([{ from: 'a', to: 'b', relation: 'supplies' }]);
    const drawn = { label: 'Radio', x: 1, y: 2, size: 5, color: '#f00' };
    const lite = {
      options: { type: 'mixed' },
      attributes: {},
      nodes: [{ key: 'a', attributes: drawn }],
      edges: [],
    };
    expect(payloads(planned(lite), 'team')).toEqual({ a: { name: 'Radio' } });
  });

  it.each(['graph [ node [ id 1 ', 'graph [ node [ id 1 ] ] ]', 'graph [ node [ label "x" ] ]'])(
    'GML that is not whole is refused: %s',
    (text) => {
      expect(faultOf(() => planned(text)).code).toBe('BAD_FILE');
    },
  );
});

describe('a graph in a workspace', () => {
  it('names records that are here by their ids, whatever they are', () => {
    const prepared = planned(
      { nodes: ['u', 'x'], links: [{ source: 'u', target: 'x', id: 'l' }] },
      {
        workspace: {
          u: live('university', { name: 'Harbor' }),
          l: live('interface', { from: 'u', to: 'x', energy_loss: 5 }),
        },
      },
    );
    expect(prepared.records.map(({ type, id, effect }) => [type, id, effect])).toEqual([
      ['university', 'u', 'unchanged'],
      ['team', 'x', 'create'],
      ['interface', 'l', 'unchanged'],
    ]);
  });

  it('name records and fields with problems', () => {
    const nodes = [{ id: 'a', type: 'team', size: 'many' }, { id: 'b' }];
    const prepared = planned({ nodes, edges: [{ source: 'a', target: 'gone', id: 'e' }] });
    expect(prepared.problems.list.map(({ path, code, record }) => [path, code, record])).toEqual(
      expect.arrayContaining([
        ['$.nodes[0].size', 'wrong_type', { type: 'team', name: 'a', number: 1, field: 'size' }],
        ['$.edges[0].to', 'dangling_end', { type: 'interface', name: 'a → gone', number: 1, field: 'to' }],
      ]),
    );
  });
});
