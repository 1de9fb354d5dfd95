import { describe, expect, it } from 'vitest';
import { titleOf } from '#shared/domain/title.ts';
import type { FilePlan } from '#core/import/json/plan.ts';
import { planned } from './support.ts';

/** A graph database as a stranger models it: labels as types, names under their own words, relations in capitals. */
const nodes = [
  { id: 'n0', labels: ':Universidad', nombre: 'Universidad de Puerto Almendro' },
  { id: 'n1', labels: ':Equipo', nombre: 'Vicuña-Sat', tipo: 'CubeSat' },
  {
    id: 'n2',
    labels: ':Estudiante:Persona',
    nombre: 'Antonia',
    apellidos: 'Riquelme Paz',
    egreso_previsto: 2026,
  },
  { id: 'n3', labels: ':Docente:Persona', nombre: 'Ricardo', apellidos: 'Sepúlveda Aranda' },
  { id: 'n4', labels: ':Empresa:Patrocinador', nombre: 'Andamio Espacial SpA' },
  { id: 'n5', labels: ':Egresado:Persona', nombre: 'Javiera', apellidos: 'Norambuena Díaz' },
  { id: 'n6', labels: ':Proyecto', nombre: 'Misión Vicuña-2' },
];
const links = [
  { source: 'n1', target: 'n0', label: 'PERTENECE_A' },
  { source: 'n2', target: 'n1', label: 'MIEMBRO_DE' },
  { source: 'n3', target: 'n0', label: 'TRABAJA_EN' },
  { source: 'n1', target: 'n6', label: 'DESARROLLA' },
  { source: 'n4', target: 'n1', label: 'TRANSFIERE_A', perdida_pct: 15, documentado_pct: 80 },
];

const recordsOf = ({ records }: FilePlan): string[] =>
  records.flatMap(({ type, payload }) => (type === 'interface' ? [] : [`${type} ${titleOf(type, payload)}`]));

describe('a graph database', () => {
  const plan = planned({ nodes, links });
  const payloadOf = (name: string) => plan.records.find(({ payload }) => payload.name === name)?.payload;

  it('has the names that its own words and parts of names give', () => {
    expect(recordsOf(plan).toSorted()).toEqual([
      'faculty Ricardo Sepúlveda Aranda',
      'organisation Andamio Espacial SpA',
      'project Misión Vicuña-2',
      'student Antonia Riquelme Paz',
      'student Javiera Norambuena Díaz',
      'team Vicuña-Sat',
      'university Universidad de Puerto Almendro',
    ]);
    expect(payloadOf('Antonia Riquelme Paz')).not.toHaveProperty('apellidos');
  });

  it('has the memberships that its relations say, and the university of a student’s team', () => {
    expect(payloadOf('Antonia Riquelme Paz')).toMatchObject({
      team_id: 'n1',
      university_id: 'n0',
      graduation_term: '2026',
    });
    expect(payloadOf('Vicuña-Sat')).toMatchObject({ university_id: 'n0', project_id: 'n6' });
    expect(payloadOf('Ricardo Sepúlveda Aranda')).toMatchObject({ university_id: 'n0' });
    const passed = plan.records.filter(({ type }) => type === 'interface');
    expect(passed.map(({ payload }) => payload)).toMatchObject([{ from: 'n4', to: 'n1' }]);
  });
});

describe('a share', () => {
  it('is in per cent if its attribute says so, whatever its values', () => {
    const links = [
      { source: 'a', target: 'b', 'Verlust (%)': 0.5, documentado_pct: 1 },
      { source: 'b', target: 'a', 'Verlust (%)': 1, documentado_pct: 0 },
    ];
    const { records } = planned({
      nodes: [
        { id: 'a', label: 'Antrieb' },
        { id: 'b', label: 'Bahn' },
      ],
      links,
    });
    const shares = records.flatMap(({ type, payload }) =>
      type === 'interface' ? [[payload.energy_loss, payload.documented]] : [],
    );
    expect(shares).toEqual([
      [0.5, 1],
      [1, 0],
    ]);
  });
});

describe('an attribute of another name', () => {
  const nodes = [
    { id: 'u', label: 'Universidade de Vale Sereno', What: 'institution' },
    { id: 'p', label: 'GRALHA mission', What: 'mission' },
    { id: 'a', label: 'Attitude & Pointing', What: 'group', Campus: 'Vale Sereno' },
    { id: 'c', label: 'Comms', What: 'group' },
    { id: 's', label: 'Anselmo Quadros', What: 'student' },
    { id: 't', label: 'Cai Penrhos', What: 'student' },
    { id: 'f', label: 'Gunnar Askeland', What: 'staff' },
    { id: 'o', label: 'Fornax Propellants', What: 'industry' },
  ];
  const links = [
    { source: 'a', target: 'c', Tie: 'handoff', 'Lost pct': 40 },
    { source: 's', target: 'a', Tie: 'belongs_to' },
    { source: 'c', target: 'u', Tie: 'hosted_by' },
    { source: 'c', target: 'p', Tie: 'works_on' },
  ];

  it('tells types by its values, and a relation that is no bond stays its own', () => {
    const plan = planned({ nodes, links });
    expect(Object.groupBy(recordsOf(plan), (text) => text.split(' ')[0] ?? '')).toMatchObject({
      faculty: ['faculty Gunnar Askeland'],
      organisation: ['organisation Fornax Propellants'],
      project: ['project GRALHA mission'],
      student: ['student Anselmo Quadros', 'student Cai Penrhos'],
    });
    const passed = plan.records.filter(({ type }) => type === 'interface');
    expect(passed.map(({ payload }) => [payload.energy_loss, payload.Tie, payload.bond_type])).toEqual([
      [40, 'handoff', undefined],
    ]);
  });

  it('with a short name of a university is a question', () => {
    expect(planned({ nodes, links }).graph?.universities).toEqual([
      { name: 'Vale Sereno', similar: ['Universidade de Vale Sereno'] },
    ]);
  });
});
