import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '#scripts/lib/paths.ts';
import type { ImportReport } from '#shared/contract/import-report.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { inFolder } from './frames.ts';

const { at, frames, json, refused } = inFolder();
const fixture = (name: string): string => join(root, 'test/fixtures/cases', name);

interface Listed {
  rows: { id: string; title: string; payload: JsonObject }[];
}

let made = 0;

/** Imports a file into a workspace of its own. */
async function imported(file: string, ...options: readonly string[]) {
  const workspace = `W${++made}`;
  const path = file.includes('/') ? file : fixture(file);
  const { report } = await json<{ report: ImportReport }>(
    'import',
    path,
    '--workspace',
    workspace,
    ...options,
  );
  const list = async (type: string) =>
    (await json<Listed>('entities', 'list', type, '--workspace', workspace)).rows;
  const links = await list('interface');
  const teams = await list('team');
  const names = new Map(teams.map(({ id, payload }) => [id, text(payload.name)]));
  return {
    workspace,
    report,
    list,
    teams,
    links,
    named: Object.fromEntries(
      teams.map(({ payload: { name, ...others } }) => [text(name), others]),
    ) as Record<string, JsonObject>,
    joined: links
      .map(({ payload: { from, to } }) => `${names.get(text(from))}→${names.get(text(to))}`)
      .toSorted(),
    codes: Object.fromEntries(report.notices.map(({ code, count }) => [code, count])),
  };
}

const text = (value: Json | undefined): string => JSON.stringify(value).replaceAll('"', '');

describe('graphs of other programs', () => {
  test('01: Graphology stores names in attributes and ids in keys', async () => {
    const { named, joined, codes } = await imported('01-graphology-numeric-keys.json');
    expect(Object.keys(named).toSorted()).toEqual(['Optics', 'Power', 'Radio']);
    expect(joined).toEqual(['Optics→Radio', 'Radio→Power']);
    expect(codes).toEqual({ undirected_edges: 2 });
  });

  test('02: links by position join the nodes at these positions', async () => {
    const { joined, report } = await imported('02-node-link-by-position.json');
    expect(joined).toEqual(['Avionics→Thermal', 'Thermal→Ground']);
    expect(report.problems).toEqual({});
    expect(report.notices.map(({ code }) => code)).toEqual(['by_position', 'undirected_edges']);
  });

  test('03: the label of an edge is a field of its link', async () => {
    const { links } = await imported('03-edge-label.graphml');
    expect(links.map(({ payload }) => payload.label)).toEqual(['heat budget, weekly']);
  });

  test('03b: labels of edges are kept, and which are undirected', async () => {
    const { links, codes } = await imported('03b-gephi-edges-type-label.csv', '--format', 'csv-edges');
    expect(links.map(({ payload: { label, directed } }) => [label, directed])).toEqual(
      expect.arrayContaining([
        ['heat budget', false],
        ['telemetry', undefined],
      ]),
    );
    expect(codes).toEqual({ undirected_edges: 1 });
  });

  test('09: nodes keep the group they are in, and their second label', async () => {
    const { named } = await imported('09-yed-group.graphml');
    expect(named).toMatchObject({
      'Ada Novak Lead': { group: 'Avionics team' },
      'Ben Öz': { group: 'Avionics team', 'label (2)': 'Deputy' },
      'Avionics team': {},
      Thermal: {},
    });
  });

  test('10: undeclared attributes are stored under their ids', async () => {
    const { named, links } = await imported('10-undeclared-attribute.gexf');
    expect(named).toEqual({ Avionics: { phone: '007', discipline: 'avionics', 1: 7 }, Thermal: {} });
    expect(links.map(({ payload }) => payload.since)).toEqual([2021]);
  });

  test('11: of attributes with one title both are kept', async () => {
    const { named } = await imported('11-same-title-twice.gexf');
    expect(named).toEqual({ Avionics: { Role: 'lead', 'Role (2)': 'deputy' } });
  });

  test('12: the labels of yFiles are names', async () => {
    const { joined, report } = await imported('12-yed-live-labels.graphml');
    expect(joined).toEqual(['Avionics→Thermal']);
    expect(report.problems).toEqual({});
  });

  test('19: lifetimes are kept, and of values over time the latest', async () => {
    const { named, links, report } = await imported('19-lifetimes.gexf');
    expect(named).toEqual({
      Avionics: { start: '2021-09-01', end: '2023-06-30' },
      Thermal: { spells: '2022-01-01/2022-06-30' },
    });
    expect(links[0]?.payload).toMatchObject({ start: '2021-10-01', end: '2022-01-31', weight: 9 });
    expect(report).toMatchObject({
      complete: false,
      notices: [{ code: 'values_over_time', count: 1, where: { attribute: 'weight', of: 'edges' } }],
    });
  });

  test('23: the refusal of an edge list names the format that reads it, with from and to', async () => {
    const { error } = await refused('import', fixture('23-edge-list.csv'), '--workspace', 'E');
    expect(error.message).toContain('--format csv-edges');
    const { joined, links } = await imported('23-edge-list.csv', '--format', 'csv-edges');
    expect(joined).toEqual(['Ada Novak→Ben Öz', 'Ben Öz→Cleo Ruiz']);
    expect(links.map(({ payload }) => text(payload.weight)).toSorted()).toEqual(['1', '3']);
  });

  test('23b: GML is read', async () => {
    const { joined, links, report } = await imported('23b-team.gml');
    expect(joined).toEqual(['Avionics→Thermal']);
    expect(links[0]?.payload.value).toBe(3);
    expect(report).toEqual({ complete: true, notices: [], problems: {} });
  });

  test('a multigraph of NetworkX keeps its nine edges', async () => {
    const { links, codes } = await imported('multigraph.graphml');
    expect(links).toHaveLength(9);
    expect(new Set(links.map(({ payload }) => payload.weight))).toEqual(new Set([1, 2, 3]));
    expect(codes).toEqual({ edge_ids_repeated: 9, undirected_edges: 9 });
  });
});

describe('the nodes of a graph', () => {
  test('have the type in their attribute, in English or German, and their universities', async () => {
    const nodes = [
      { id: 'p', label: 'Dr. Marwood', group: 'Professor', university: 'TUM' },
      { id: 's', label: 'Ada Novak', kind: 'Studierende', university: 'TUM' },
      { id: 'u', label: 'Summit', type: 'University' },
      { id: 't', label: 'Avionics', type: 'teams', university: 'Summit' },
    ];
    writeFileSync(at('types.json'), JSON.stringify({ nodes, links: [{ source: 'p', target: 't' }] }));
    const { list, teams } = await imported(at('types.json'));
    const universities = await list('university');
    const ids = new Map(universities.map(({ id, payload }) => [payload.name, id]));
    expect([...ids.keys()].map(String).toSorted()).toEqual(['Summit', 'TUM']);
    expect((await list('faculty')).map(({ payload }) => payload)).toMatchObject([
      { name: 'Dr. Marwood', university_id: ids.get('TUM') },
    ]);
    expect((await list('student')).map(({ payload }) => payload)).toMatchObject([
      { name: 'Ada Novak', university_id: ids.get('TUM') },
    ]);
    expect(teams.map(({ payload }) => payload)).toEqual([{ name: 'Avionics', university_id: 'u' }]);
  });

  test('match records by name or create new ones, as chosen', async () => {
    writeFileSync(at('teams.csv'), 'Team,Size\nAvionics,7\n');
    await json('import', 'teams.csv', '--workspace', 'M');
    writeFileSync(at('links.csv'), 'from,to\nAvionics,Thermal\n');
    const options = ['links.csv', '--workspace', 'M', '--format', 'csv-edges', '--force'] as const;
    const { error } = await refused('import', ...options);
    expect(error.message).toContain('--matching');
    expect(await json('import', ...options, '--matching', 'update')).toMatchObject({
      created: { teams: 1, interfaces: 1 },
    });
    const { rows } = await json<Listed>('entities list team', '--workspace', 'M');
    expect(rows.map(({ payload }) => text(payload.name)).toSorted()).toEqual(['Avionics', 'Thermal']);
  });

  test('that are only counted do not replace records of another file', async () => {
    const file = (one: string, other: string): string =>
      `graph [ node [ id 1 label "${one}" ] node [ id 2 label "${other}" ] edge [ source 1 target 2 ] ]`;
    writeFileSync(at('one.gml'), file('Avionics', 'Thermal'));
    writeFileSync(at('two.gml'), file('Ground', 'Radio'));
    await json('import', 'one.gml', '--workspace', 'N');
    const done = await json('import', 'two.gml', '--workspace', 'N', '--force');
    expect(done).toMatchObject({ created: { teams: 2, interfaces: 1 }, updated: { teams: 0 } });
    const again = await json('import', 'two.gml', '--workspace', 'N', '--force');
    expect(again).toMatchObject({ created: { teams: 0, interfaces: 0 }, op_id: '' });
  });

  test('update records of the same name and their links, however often the file is imported', async () => {
    writeFileSync(at('named.csv'), 'Team\nAvionics\nThermal\n');
    await json('import', 'named.csv', '--workspace', 'Y');
    const node = (id: string, label: string): string =>
      `<node id="${id}"><data key="l">${label}</data></node>`;
    const inside = `${node('n0', 'Avionics')}${node('n1', 'Thermal')}<edge id="e0" source="n0" target="n1"/>`;
    const key = '<key id="l" for="node" attr.name="label" attr.type="string"/>';
    const graphml = `<graphml>${key}<graph edgedefault="directed">${inside}</graph></graphml>`;
    writeFileSync(at('yed.graphml'), graphml);
    const options = ['yed.graphml', '--workspace', 'Y', '--force', '--matching', 'update'] as const;
    expect(await json('import', ...options)).toMatchObject({ created: { teams: 0, interfaces: 1 } });
    expect(await json('import', ...options)).toMatchObject({
      op_id: '',
      created: { teams: 0, interfaces: 0 },
      report: { notices: [] },
    });
    // Another link with the id of this one is a new link.
    writeFileSync(
      at('turned.graphml'),
      graphml.replace('source="n0" target="n1"', 'source="n1" target="n0"'),
    );
    const turned = await json('import', 'turned.graphml', ...options.slice(1));
    expect(turned).toMatchObject({
      created: { interfaces: 1 },
      report: { notices: [{ code: 'ids_taken', params: { value: 'e0' } }] },
    });
  });

  test('of an unknown type become the chosen one', async () => {
    const nodes = [
      { id: 'a', label: 'Star tracker', type: 'Sensor' },
      { id: 'b', label: 'Avionics', type: 'Team' },
    ];
    writeFileSync(at('kinds.json'), JSON.stringify({ nodes, links: [] }));
    const tried = await json('import', 'kinds.json', '--workspace', 'K', '--dry-run');
    expect(tried).toMatchObject({
      graph: { untyped: 1, types: [{ attribute: 'type', value: 'Sensor', count: 1, type: 'team' }] },
    });
    const { stdout } = await frames('import', 'kinds.json', '--workspace', 'K', '--dry-run');
    expect(stdout).toContain('Sensor');
    const { list } = await imported(at('kinds.json'), '--node-type', 'Sensor=project');
    expect((await list('project')).map(({ payload }) => payload.name)).toEqual(['Star tracker']);
  });
});

describe('a graph that FRAMES does not read', () => {
  test.each([
    ['team.dot', 'digraph { a -> b }', 'DOT'],
    ['team.gv', '// teams\nstrict graph "x y" {\n a -- b }', 'DOT'],
    ['team.gdf', 'nodedef>name VARCHAR\na\n', 'GDF'],
    ['team.dl', 'dl n=4 format=edgelist1\n', 'UCINET'],
    ['a.archimate', '<?xml version="1.0"?><archimate:model xmlns:archimate="x"/>', 'Archi'],
    ['a.drawio', '<mxfile><diagram/></mxfile>', 'draw.io'],
    ['a.cx', '[{"numberVerification":[{"longNumber":1}]}]', 'CX'],
    ['lite.json', '{"type":"gephi-lite","graphDataset":{}}', 'Gephi Lite'],
  ])('is refused by the name of its format: %s', async (name, text, format) => {
    writeFileSync(at(name), text);
    const { error } = await refused('import', name, '--workspace', 'none');
    expect(error).toMatchObject({ code: 'BAD_FILE', details: { reason: 'not_a_graph' } });
    expect(error.message).toContain(format);
    expect(error.message).toContain('GEXF');
  });
});
