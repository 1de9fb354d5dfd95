import { describe, expect, it } from 'vitest';
import type { Json } from '#shared/domain/json.ts';
import { titleOf } from '#shared/domain/title.ts';
import type { FilePlan } from '#core/import/json/plan.ts';
import { importFile, workspaceForEach } from '../workspace.ts';
import { planned } from './support.ts';
import type { GraphOptions } from './support.ts';

const recordsOf = ({ records }: FilePlan): string[] =>
  records.flatMap(({ type, payload }) => (type === 'interface' ? [] : [`${type} ${titleOf(type, payload)}`]));

const linksOf = ({ records }: FilePlan, ...fields: string[]): Json[][] =>
  records.flatMap(({ type, payload }) =>
    type === 'interface' ? [['from', 'to', ...fields].map((field) => payload[field] ?? null)] : [],
  );

const noticesOf = ({ problems }: FilePlan): Record<string, number> =>
  Object.fromEntries(problems.notices.list().map(({ code, count }) => [code, count]));

const plannedNodes = (nodes: object[], options: GraphOptions = {}): FilePlan =>
  planned({ nodes, links: [] }, options);

describe('the type of a person', () => {
  it('comes from a role under any heading, else from a title, else is a student', () => {
    const plan = plannedNodes([
      { id: 'a', label: 'Ornella Bastiancich', tipo: 'persona', ruolo: 'docente' },
      { id: 'b', label: 'Tiziano Calderisi', tipo: 'persona', ruolo: 'studente, capo propulsione' },
      { id: 'c', label: 'Ruggero Tramonti', tipo: 'persona', ruolo: 'ricercatore' },
      { id: 'd', label: 'Prof. Nettle', tipo: 'persona' },
      { id: 'e', label: 'Quill', tipo: 'persona' },
      { id: 'f', label: 'Wren', tipo: 'persona', group: 'Avionics team' },
    ]);
    expect(recordsOf(plan)).toEqual([
      'faculty Ornella Bastiancich',
      'faculty Ruggero Tramonti',
      'faculty Prof. Nettle',
      'student Tiziano Calderisi',
      'student Quill',
      'student Wren',
    ]);
    expect(plan.graph?.types).toMatchObject([
      { attribute: 'tipo', value: 'persona', count: 3, type: 'student' },
    ]);
    expect(plan.graph?.untyped).toBe(3);
  });

  it('follows the choice for the word, where nothing else tells it', () => {
    const nodes = [
      { id: 'a', label: 'Quill', Art: 'Person', Funktion: 'Doktorand' },
      { id: 'b', label: 'Wren', Art: 'Person' },
    ];
    const node_types = [{ value: 'Person', type: 'faculty' as const }];
    expect(recordsOf(plannedNodes(nodes, { node_types }))).toEqual(['faculty Wren', 'student Quill']);
  });

  it.each(['nodeType', 'node_type', 'Knotentyp', 'tipo di nodo', 'type de nœud', 'тип узла', 'tipoNodo'])(
    'is read from an attribute named %s',
    (name) => {
      expect(recordsOf(plannedNodes([{ id: 'a', label: 'Quill', [name]: 'Projekt' }]))).toEqual([
        'project Quill',
      ]);
    },
  );
});

describe('an edge that says what belongs to what', () => {
  const nodes = [
    { id: 's', label: 'Ada Novak', type: 'student' },
    { id: 't', label: 'Avionics', type: 'team' },
    { id: 'p', label: 'Lark-1', type: 'project' },
  ];

  it.each([
    ['tipo_legame', 'membro'],
    ['Beziehung', 'Mitglied'],
    ['relationType', 'member_of'],
    ['rel', 'belongs to'],
    ['rodzaj relacji', 'członek'],
    ['类型', '成员'],
  ])('is found under %s: %s, from either end', (name, value) => {
    for (const [source, target] of [
      ['s', 't'],
      ['t', 's'],
    ]) {
      const plan = planned({ nodes, links: [{ source, target, [name]: value }] });
      expect(linksOf(plan)).toEqual([]);
      expect(plan.find('s')?.payload.team_id).toBe('t');
    }
  });

  it('is drawn as a group within a group', () => {
    const group = (id: string, art: string, inside = ''): string =>
      `<node id="${id}" yfiles.foldertype="group"><data key="t">${art}</data><graph>${inside}</graph></node>`;
    const inner = group('Avionics', 'team', '<node id="Ada"><data key="t">student</data></node>');
    const key = '<key id="t" for="node" attr.name="kind" attr.type="string"/>';
    const plan = planned(`<graphml>${key}<graph>${group('Nord', 'university', inner)}</graph></graphml>`);
    expect(plan.find('Ada')?.payload).toMatchObject({ team_id: 'Avionics', university_id: 'Nord' });
    expect(plan.find('Avionics')?.payload).toMatchObject({ university_id: 'Nord' });
  });

  it('joins a team with its project, and leaves advice a link', () => {
    const links = [
      { source: 't', target: 'p', relation: 'takes part in' },
      { source: 's', target: 't', relation: 'tutor' },
    ];
    const plan = planned({ nodes, links });
    expect(plan.find('t')?.payload.project_id).toBe('p');
    expect(linksOf(plan, 'relation')).toEqual([['s', 't', 'tutor']]);
  });
});

const drawn = (edges: string): string =>
  `<graphml><key id="l" for="edge" attr.name="loss" attr.type="double"/><key id="g" for="edge" yfiles.type="edgegraphics"/><graph edgedefault="directed"><node id="Optics"/><node id="Radio"/>${edges}</graph></graphml>`;
const arrow = (source: string, target: string, loss = 10): string =>
  `<edge source="Optics" target="Radio"><data key="l">${loss}</data><data key="g"><y:PolyLineEdge><y:Arrows source="${source}" target="${target}"/></y:PolyLineEdge></data></edge>`;

describe('the arrows of an edge', () => {
  it('at both ends make two links', () => {
    const plan = planned(drawn(arrow('standard', 'delta') + arrow('none', 'standard', 30)));
    expect(linksOf(plan, 'energy_loss')).toEqual([
      ['Optics', 'Radio', 10],
      ['Radio', 'Optics', 10],
      ['Optics', 'Radio', 30],
    ]);
    expect(noticesOf(plan)).toMatchObject({ mutual_edges: 1 });
  });

  it('at the source turn it round, and at no end leave it undirected', () => {
    const plan = planned(drawn(arrow('standard', 'none') + arrow('none', 'none', 30)));
    expect(linksOf(plan, 'energy_loss')).toEqual([
      ['Radio', 'Optics', 10],
      ['Optics', 'Radio', 30],
    ]);
    expect(noticesOf(plan)).toMatchObject({ undirected_edges: 1 });
    expect(noticesOf(planned(drawn(arrow('none', 'none'))))).not.toHaveProperty('undirected_edges');
  });

  it.each([
    [{ bidirectional: true }, 2],
    [{ both_ways: 'yes' }, 2],
    [{ direction: 'mutual' }, 2],
    [{ Richtung: 'beide' }, 2],
    [{ arrows: 'to;from' }, 2],
    [{ direction: '↔' }, 2],
    [{ kierunek: 'obustronny' }, 2],
    [{ 双方向: 'はい' }, 2],
    [{ bidireccional: 'no' }, 1],
    [{ direction: 'from Optics to Radio' }, 1],
    [{ bidirectional: false }, 1],
    [{ direction: 'north' }, 1],
  ])('are told by %j', (attributes, count) => {
    const nodes = [{ id: 'Optics' }, { id: 'Radio' }];
    const plan = planned({ nodes, links: [{ source: 'Optics', target: 'Radio', ...attributes }] });
    expect(linksOf(plan)).toHaveLength(count);
  });

  const workspace = workspaceForEach();

  it('give the same links in a second import', async () => {
    const file = workspace.put(drawn(arrow('standard', 'standard')), 'drawing.graphml');
    const bring = async () => (await importFile(workspace, file, { force: true, backup: false })).result;
    expect(await bring()).toMatchObject({ created: { interfaces: 2 } });
    expect(await bring()).toMatchObject({ op_id: '', created: { interfaces: 0 } });
  });
});

describe('an attribute of types', () => {
  const nodes = [
    { id: 'a', tipo: 'universidade', base: 'Universidade do Norte' },
    { id: 'b', tipo: 'equipa', base: 'Universidade do Norte' },
    { id: 'c', tipo: 'equipa', base: 'Universidade do Norte' },
    { id: 'd', tipo: 'pupilo', base: 'Universidade do Norte' },
    { id: 'e', tipo: 'pupilo', base: 'Universidade do Norte', group: 'Team' },
  ];

  it('asks for an unknown word, whatever other attributes have', () => {
    const plan = plannedNodes(nodes);
    expect(recordsOf(plan)).toEqual(['university a', 'team b', 'team c', 'team d', 'team e']);
    expect(plan.graph?.types).toMatchObject([{ attribute: 'tipo', value: 'pupilo', count: 2 }]);
    const decided = plannedNodes(nodes, { node_types: [{ value: 'pupilo', type: 'student' }] });
    expect(recordsOf(decided)).toEqual(['university a', 'team b', 'team c', 'student d', 'student e']);
  });

  it('has words, and no names of universities', () => {
    const named = nodes.map(({ id, base }) => ({ id, base }));
    expect(recordsOf(plannedNodes(named))).not.toContain('university b');
  });
});

describe('values of attributes', () => {
  it('have the words that cells of tables have', () => {
    const nodes = [
      { id: 'a', type: 'team', discipline: 'Elektronik', lifecycle: 'new' },
      { id: 'b', type: 'student', lead: 'sí', active: 'ausgeschieden' },
      { id: 'c', type: 'student', lead: 'nee', active: 'oui' },
    ];
    const plan = planned({ nodes, links: [{ source: 'a', target: 'b', bond: 'strong', loss: 20 }] });
    expect(plan.records.map(({ payload }) => payload)).toMatchObject([
      { discipline: 'electrical', lifecycle: 'incoming' },
      { is_lead: true, active: false },
      { is_lead: false, active: true },
      { bond_type: 'codified-strong' },
    ]);
    expect(plan.problems.list.filter(({ action }) => action === 'converted')).toHaveLength(7);
  });
});

describe('a node that is no record', () => {
  const links = [{ source: 'a', target: 'b' }];
  const nodes = [
    { id: 'a', label: 'Optics', type: 'team' },
    { id: 'b', label: 'Sensor', type: 'part' },
    { id: 'c', label: 'Draft of May', type: 'note' },
    { id: 'd', label: 'a circle', group: 'Legend' },
    { id: 'e', label: 'Odd one' },
  ];

  it('is left out by itself if it is a note or in a legend', () => {
    const plan = planned({ nodes, links });
    expect(recordsOf(plan)).toEqual(['team Optics', 'team Sensor', 'team Odd one']);
    expect(noticesOf(plan)).toMatchObject({ nodes_left_out: 2 });
    expect(plan.graph?.types).toMatchObject([
      { attribute: 'type', value: 'part' },
      { attribute: null, value: 'Draft of May', type: 'ignore' },
      { attribute: null, value: 'a circle', type: 'ignore' },
      { attribute: null, value: 'Odd one', type: 'team' },
    ]);
  });

  it('is left out if chosen, with its edges, or imported all the same', () => {
    const node_types = [
      { value: 'part', type: 'ignore' as const },
      { value: 'Odd one', type: 'ignore' as const },
      { value: 'Draft of May', type: 'project' as const },
    ];
    const plan = planned({ nodes, links }, { node_types });
    expect(recordsOf(plan)).toEqual(['project Draft of May', 'team Optics']);
    expect(noticesOf(plan)).toMatchObject({ nodes_left_out: 3, edges_left_out: 1 });
    expect(linksOf(plan)).toEqual([]);
  });

  it('is left out of the ends of an edge list', () => {
    const node_types = [{ value: 'Radio', type: 'ignore' as const }];
    const plan = planned('source,target\nOptics,Radio\nOptics,Power\n', { format: 'csv-edges', node_types });
    expect(recordsOf(plan)).toEqual(['team Optics', 'team Power']);
    expect(linksOf(plan)).toEqual([['Optics', 'Power']]);
  });
});

describe('a share', () => {
  const link = (fields: object): FilePlan =>
    planned({ nodes: [{ id: 'a' }, { id: 'b' }, { id: 'c' }], links: [fields] });

  it.each([
    ['3/5', 60],
    ['4 of 5', 80],
    ['7 / 10', 70],
    ['3 von 4', 75],
    ['0/5', 0],
    ['20 %', 20],
  ])('of %s is %d per cent', (doc, percent) => {
    expect(linksOf(link({ source: 'a', target: 'b', doc }), 'documented')).toEqual([['a', 'b', percent]]);
  });

  it('as a mark stays in per cent beside fractions', () => {
    const nodes = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];
    const links = [
      { source: 'a', target: 'b', loss: '1/5' },
      { source: 'b', target: 'c', loss: 0.5 },
    ];
    expect(linksOf(planned({ nodes, links }, { loss_unit: 'fraction' }), 'energy_loss')).toEqual([
      ['a', 'b', 20],
      ['b', 'c', 50],
    ]);
  });

  it('is no mark beyond its most points, and a size is none', () => {
    expect(linksOf(link({ source: 'a', target: 'b', loss: '6/5' }), 'energy_loss')).toEqual([
      ['a', 'b', null],
    ]);
    const [team] = planned({ nodes: [{ id: 'a', size: '3/5' }], links: [] }).records;
    expect(team?.payload).toMatchObject({ imported_values: { size: '3/5' } });
  });
});

it('a year of graduation in other languages is one of students', () => {
  const [student] = plannedNodes([{ id: 'a', label: 'Ada', type: 'student', anno_laurea: 2026 }]).records;
  expect(student?.payload).toMatchObject({ graduation_term: '2026' });
});
