import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '#scripts/lib/paths.ts';
import type { Json } from '#shared/domain/json.ts';
import type { ImportOptions } from '#shared/contract/transfer.ts';
import { foreignNameFault } from '#core/import/graph/foreign.ts';
import { faultOf } from '../support.ts';
import { importFile, refusedWith, workspaceForEach } from '../workspace.ts';
import { planned } from './support.ts';

const text = (value: Json | undefined): string => JSON.stringify(value ?? null).replaceAll('"', '');

const said = (fields: object): string => {
  const json = JSON.stringify(fields);
  return json === '{}' ? '' : ` ${json}`;
};

/** What a fixture becomes: nodes and links with their further fields, notices and problems with their number. */
function read(name: string, format: ImportOptions['format'] = 'guess'): string[] {
  const prepared = planned(readFileSync(join(root, 'test/fixtures/cases', name)), { format });
  const links = prepared.records.filter(({ type }) => type === 'interface');
  const nodes = prepared.records.filter(({ type }) => type !== 'interface');
  const names = new Map(nodes.map(({ id, payload }) => [id, text(payload.name)]));
  return [
    ...nodes.map(({ payload: { name: team, ...fields } }) => `${text(team)}${said(fields)}`),
    ...links.map(({ payload: { from, to, ...fields } }) => {
      const ends = [from, to].map((id) => names.get(text(id)));
      return `${ends.join(' → ')}${said(fields)}`;
    }),
    ...prepared.problems.notices
      .list()
      .flatMap(({ code, count }) => (code === 'types_by_name' ? [] : [`${code} ${count}`])),
    ...Object.entries(prepared.problems.counts).map(([code, count]) => `${code} ${count}`),
  ];
}

describe('an integer of more digits than a number holds', () => {
  const lossy = '12345678901234567890';
  const exact = 9007199254740991;
  const key = (id: string, type: string) =>
    `<key id="${id}" for="node" attr.name="${id}" attr.type="${type}"/>`;
  const graphml = (type: string) =>
    `<graphml>${key('big', type)}${key('most', type)}<graph edgedefault="directed"><node id="Radio"><data key="big">${lossy}</data><data key="most">${exact}</data></node></graph></graphml>`;
  const gexf = (type: string) =>
    `<gexf><graph><attributes class="node"><attribute id="0" title="big" type="${type}"/><attribute id="1" title="most" type="${type}"/></attributes><nodes><node id="Radio" label="Radio"><attvalues><attvalue for="0" value="${lossy}"/><attvalue for="1" value="${exact}"/></attvalues></node></nodes></graph></gexf>`;
  const node = `"big": ${lossy}, "most": ${exact}`;

  it.each([
    ['GraphML, long', graphml('long')],
    ['GraphML, double', graphml('double')],
    ['GEXF, long', gexf('long')],
    ['GEXF, integer', gexf('integer')],
    ['node-link JSON', `{"nodes": [{"id": "Radio", ${node}}], "links": []}`],
    ['Graphology', `{"nodes": [{"key": "Radio", "attributes": {${node}}}], "edges": []}`],
    ['Cytoscape.js', `{"elements": [{"data": {"id": "Radio", ${node}}}]}`],
    ['JSON Graph Format', `{"graph": {"nodes": {"Radio": {"metadata": {${node}}}}}}`],
    ['GML', `graph [ node [ id 1 label "Radio" big ${lossy} most ${exact} ] ]`],
  ])('stays text: %s', (_, content) => {
    const [team] = planned(content).records;
    expect(team?.payload).toMatchObject({ name: 'Radio', big: lossy, most: exact });
  });

  it('stays text in tables and as a weight in Pajek', () => {
    const csv = planned(`Id,Label,big,most\n1,Radio,${lossy},${exact}\n`, { format: 'csv-nodes' });
    expect(csv.records[0]?.payload).toMatchObject({ big: lossy, most: exact });
    const pajek = planned(`*Vertices 2\n1 "Radio"\n2 "Power"\n*Arcs\n1 2 ${lossy}\n2 1 3\n`);
    expect(pajek.records.flatMap(({ payload }) => payload.weight ?? [])).toEqual([lossy, 3]);
  });

  it('is an id as it stands, and set aside in a field of numbers', () => {
    const plan = planned(
      `{"nodes": [{"id": ${lossy}, "label": "Radio", "size": ${lossy}}, {"id": 2, "label": "Power"}], "links": [{"source": ${lossy}, "target": 2}]}`,
    );
    const team = plan.records.find(({ id }) => id === lossy);
    expect(team?.payload).toMatchObject({ name: 'Radio', imported_values: { size: lossy } });
    expect(plan.records.at(-1)?.payload).toMatchObject({ from: lossy });
  });

  it('is refused in a field of records', () => {
    expect(faultOf(() => planned(`{"teams": [{"name": "Radio", "size": ${lossy}}]}`)).data).toMatchObject({
      reason: 'inexact_number',
    });
  });
});

describe('graphs of other programs', () => {
  it.each<[what: string, file: string, found: string, format?: ImportOptions['format']]>([
    [
      'Graphology stores names in attributes and ids in keys',
      '01-graphology-numeric-keys.json',
      'Power | Optics | Radio | Optics → Radio | Radio → Power | undirected_edges 2',
    ],
    [
      'links by position join the nodes at these positions',
      '02-node-link-by-position.json',
      'Avionics | Thermal | Ground | Avionics → Thermal | Thermal → Ground | by_position 2 | undirected_edges 2',
    ],
    [
      'the label of an edge is a field of its link',
      '03-edge-label.graphml',
      'Avionics | Thermal | Avionics → Thermal {"label":"heat budget, weekly"} | drawing_left_out 3',
    ],
    [
      'labels of edges are kept, and which are undirected',
      '03b-gephi-edges-type-label.csv',
      'av | th | gr | av → th {"label":"heat budget","weight":2,"directed":false} | th → gr {"label":"telemetry","weight":1} | undirected_edges 1',
      'csv-edges',
    ],
    [
      'nodes keep the group they are in, and their second label',
      '09-yed-group.graphml',
      'Avionics team | Thermal | Ada Novak Lead {"team_id":"n0"} | Ben Öz {"label (2)":"Deputy","team_id":"n0"} | Ada Novak Lead → Thermal | drawing_left_out 4',
    ],
    [
      'undeclared attributes are stored under their ids',
      '10-undeclared-attribute.gexf',
      'Avionics {"1":7,"phone":"007","discipline":"avionics"} | Thermal | Avionics → Thermal {"since":2021} | unknown_value 1',
    ],
    [
      'of attributes with one title both are kept',
      '11-same-title-twice.gexf',
      'Avionics {"Role":"lead","Role (2)":"deputy"}',
    ],
    [
      'the labels of yFiles are names',
      '12-yed-live-labels.graphml',
      'Avionics | Thermal | Avionics → Thermal',
    ],
    [
      'lifetimes are kept, and of values over time the latest',
      '19-lifetimes.gexf',
      'Avionics {"start":"2021-09-01","end":"2023-06-30"} | Thermal {"spells":"2022-01-01/2022-06-30"} | Avionics → Thermal {"start":"2021-10-01","end":"2022-01-31","weight":9} | values_over_time 1',
    ],
    [
      'an edge list has from and to',
      '23-edge-list.csv',
      'Ada Novak | Ben Öz | Cleo Ruiz | Ada Novak → Ben Öz {"weight":3} | Ben Öz → Cleo Ruiz {"weight":1}',
      'csv-edges',
    ],
    ['GML is read', '23b-team.gml', 'Avionics | Thermal | Avionics → Thermal {"value":3}'],
  ])('%s', (_, file, found, format) => {
    expect(read(file, format).join(' | ')).toBe(found);
  });

  it('a multigraph of NetworkX keeps its nine edges', () => {
    const lines = read('multigraph.graphml');
    expect(lines.filter((line) => line.includes('→'))).toHaveLength(9);
    expect(lines.slice(-2)).toEqual(['edge_ids_repeated 9', 'undirected_edges 9']);
  });

  it.each([
    ['digraph { a -> b }', 'DOT'],
    ['// teams\nstrict graph "x y" {\n a -- b }', 'DOT'],
    ['nodedef>name VARCHAR\na\n', 'GDF'],
    ['dl n=4 format=edgelist1\n', 'UCINET'],
    ['<?xml version="1.0"?><archimate:model xmlns:archimate="x"/>', 'Archi'],
    ['<mxfile><diagram/></mxfile>', 'draw.io'],
    ['[{"numberVerification":[{"longNumber":1}]}]', 'CX'],
    ['{"type":"gephi-lite","graphDataset":{}}', 'Gephi Lite'],
  ])('%j is refused by the name of its format', (text, format) => {
    const { data, message } = faultOf(() => planned(text));
    expect(data.reason).toBe('not_a_graph');
    expect(message).toContain(format);
    expect(message).toContain('GEXF');
  });

  it('packed files are refused by their names', () => {
    expect(foreignNameFault('a.gephi')?.message).toContain('Gephi');
    expect(foreignNameFault('a.json')).toBeNull();
  });
});

describe('the nodes of a graph', () => {
  const workspace = workspaceForEach();

  const bring = async (content: object | string, name: string, options: Partial<ImportOptions> = {}) =>
    (await importFile(workspace, workspace.put(content, name), { force: true, backup: false, options }))
      .result;
  const rowsOf = async (type: 'university' | 'faculty' | 'student' | 'team' | 'project' | 'organisation') =>
    (await workspace.client.entities.list({ type })).rows.map(({ payload }) => payload);

  it('have the type in their attribute, in English or German, and their universities', async () => {
    const nodes = [
      { id: 'p', label: 'Dr. Marwood', group: 'Professor', university: 'TUM' },
      { id: 's', label: 'Ada Novak', kind: 'Studierende', university: 'TUM' },
      { id: 'u', label: 'Summit', type: 'University' },
      { id: 't', label: 'Avionics', type: 'teams', university: 'Summit' },
      { id: 'x', label: 'Star tracker', type: 'Sensor' },
    ];
    const links = [{ source: 'p', target: 't' }];
    await bring({ nodes, links }, 'types.json', { node_types: [{ value: 'Sensor', type: 'project' }] });
    const { rows } = await workspace.client.entities.list({ type: 'university' });
    const tum = rows.find(({ title }) => title === 'TUM')?.id;
    expect(rows.map(({ title }) => title).toSorted()).toEqual(['Summit', 'TUM']);
    expect(await rowsOf('faculty')).toMatchObject([{ name: 'Dr. Marwood', university_id: tum }]);
    expect(await rowsOf('student')).toMatchObject([{ name: 'Ada Novak', university_id: tum }]);
    expect(await rowsOf('team')).toEqual([{ name: 'Avionics', university_id: 'u' }]);
    expect(await rowsOf('project')).toMatchObject([{ name: 'Star tracker' }]);
  });

  it('ask which university a shorter name means, and take another type by name', async () => {
    const nodes = [
      { id: 'u', label: 'Kvitsund University', type: 'university' },
      { id: 'a', label: 'Ada Novak', type: 'student', affiliation: 'Kvitsund' },
      { id: 'b', label: 'Bea Holt', type: 'student', affiliation: 'Arrabal' },
      { id: 'x', label: 'Halden' },
    ];
    const content = { nodes, links: [{ source: 'a', target: 'b' }] };
    const { data } = await refusedWith(bring(content, 'short.json'));
    expect(data).toMatchObject({
      issues: [{ path: 'university_names', code: 'undecided' }],
    });
    await bring(content, 'short.json', {
      university_names: [{ name: 'Kvitsund', becomes: 'Kvitsund University' }],
      node_types: [{ value: 'Halden', type: 'organisation' }],
    });
    const { rows } = await workspace.client.entities.list({ type: 'university' });
    expect(rows.map(({ title }) => title).toSorted()).toEqual(['Arrabal', 'Kvitsund University']);
    expect(await rowsOf('student')).toMatchObject([
      { university_id: 'u' },
      { university_id: rows.find(({ id }) => id !== 'u')?.id },
    ]);
    expect(await rowsOf('organisation')).toMatchObject([{ name: 'Halden' }]);
  });

  it('are members of the teams that edges say they belong to', async () => {
    const nodes = [
      { id: 's', label: 'Ada Novak', type: 'student' },
      { id: 'p', label: 'Dr. Marwood', type: 'faculty' },
      { id: 't', label: 'Avionics', type: 'team' },
      { id: 'v', label: 'Power', type: 'team' },
    ];
    const links = [
      { source: 's', target: 't', label: 'member of' },
      { source: 'v', target: 's', label: 'has_member' },
      { source: 'p', target: 't', label: 'member of' },
      { source: 's', target: 't', label: 'reports to' },
    ];
    const { report } = await bring({ nodes, links }, 'members.json');
    expect(report.notices.map(({ code, count }) => [code, count])).toContainEqual(['membership_edges', 2]);
    expect(await rowsOf('student')).toMatchObject([{ team_id: 't', other_team_ids: ['v'] }]);
    const { rows } = await workspace.client.entities.list({ type: 'interface' });
    expect(new Set(rows.map(({ payload }) => payload.label))).toEqual(new Set(['member of', 'reports to']));
  });

  it('match records by name only if chosen, and those of their own university only', async () => {
    const { entities } = workspace.client;
    for (const [id, name, university_id] of [
      ['t1', 'Thermal', 'alpha'],
      ['t2', 'Thermal', 'beta'],
      ['t3', 'Optics', 'alpha'],
    ] as const) {
      if (id !== 't3')
        await entities.create({ type: 'university', id: university_id, data: { name: university_id } });
      await entities.create({ type: 'team', id, data: { name, university_id } });
    }
    const node = (id: number, label: string, university: string) =>
      `node [ id ${id} label "${label}" kind "Team" university "${university}" room "R${id}" ]`;
    const graph = `graph [ directed 1 ${node(0, 'Thermal', 'Beta')} ${node(1, 'Optics', 'Beta')} ${node(2, 'Thermal', 'Gamma')} ]`;
    expect(await refusedWith(bring(graph, 'thermal.gml'))).toMatchObject({ code: 'INVALID' });
    expect(await bring(graph, 'thermal.gml', { matching: 'update' })).toMatchObject({
      updated: { teams: 1 },
      created: { teams: 2, universities: 1 },
      report: { notices: [] },
    });
    expect((await rowsOf('team')).map(({ name, room }) => `${text(name)} ${text(room)}`).toSorted()).toEqual([
      'Optics R1',
      'Optics null',
      'Thermal R0',
      'Thermal R2',
      'Thermal null',
    ]);
  });

  it('that are only counted do not replace records of another file', async () => {
    const file = (one: string, other: string): string =>
      `graph [ node [ id 1 label "${one}" ] node [ id 2 label "${other}" ] edge [ source 1 target 2 ] ]`;
    await bring(file('Avionics', 'Thermal'), 'one.gml');
    const second = file('Ground', 'Radio');
    expect(await bring(second, 'two.gml')).toMatchObject({
      created: { teams: 2, interfaces: 1 },
      updated: { teams: 0 },
    });
    expect(await bring(second, 'two.gml')).toMatchObject({ created: { teams: 0, interfaces: 0 }, op_id: '' });
  });

  it('update records of the same name and their links, however often the file is imported', async () => {
    for (const name of ['Avionics', 'Thermal'])
      await workspace.client.entities.create({ type: 'team', data: { name } });
    const node = (id: string, label: string): string =>
      `<node id="${id}"><data key="l">${label}</data></node>`;
    const inside = `${node('n0', 'Avionics')}${node('n1', 'Thermal')}<edge id="e0" source="n0" target="n1"/>`;
    const key = '<key id="l" for="node" attr.name="label" attr.type="string"/>';
    const graphml = `<graphml>${key}<graph edgedefault="directed">${inside}</graph></graphml>`;
    const update = (text: string) => bring(text, 'yed.graphml', { matching: 'update' });
    expect(await update(graphml)).toMatchObject({ created: { teams: 0, interfaces: 1 } });
    expect(await update(graphml)).toMatchObject({
      op_id: '',
      created: { teams: 0, interfaces: 0 },
      report: { notices: [] },
    });
    // Another link with the id of this one is a new link.
    expect(await update(graphml.replace('source="n0" target="n1"', 'source="n1" target="n0"'))).toMatchObject(
      {
        created: { interfaces: 1 },
        report: { notices: [{ code: 'ids_taken', params: { value: 'e0' } }] },
      },
    );
  });
});
