import { describe, expect, it } from 'vitest';
import { payloadOf, plan, recordOf, live, told } from './support.ts';

const a = { id: 'a', name: 'A' };
const b = { id: 'b', name: 'B' };

describe('unknown_value', () => {
  it('keeps an unknown value in every open list', () => {
    const prepared = plan({
      teams: [{ ...a, discipline: 'astrology', lifecycle: 'hibernating' }],
      faculty: [{ id: 'f', name: 'F', role: 'Principal Investigator' }],
      projects: [{ id: 'p', name: 'P', type: 'hobby' }],
      interfaces: [{ id: 'i', from: 'a', to: 'f', interfaceType: 'team-to-moon', bondType: 'rubber' }],
      outcomes: [{ id: 'o', outcome_type: 'so_so' }],
      risk_factors: [{ id: 'r', factor_name: 'R', confidence_level: 'guess' }],
      factor_models: [{ id: 'm', name: 'M', validation_status: 'maybe' }],
    });
    expect(prepared.problems.counts).toEqual({ unknown_value: 9 });
    expect(told(prepared)[0]).toEqual({
      path: '$.teams[0].discipline',
      code: 'unknown_value',
      action: 'kept',
    });
    expect(told(prepared).map(({ path }) => path)).toContain('$.interfaces[0].bondType');
    expect(payloadOf(prepared, 'a')).toMatchObject({ discipline: 'astrology', lifecycle: 'hibernating' });
    expect(payloadOf(prepared, 'i')).toMatchObject({ interface_type: 'team-to-moon', bond_type: 'rubber' });
  });
});

describe('duplicate_id', () => {
  it('leaves out the later of two records with one id, in one list and across lists', () => {
    const prepared = plan({ teams: [a, { id: 'a', name: 'Second' }], faculty: [{ id: 'a', name: 'Third' }] });
    expect(prepared.records).toHaveLength(1);
    expect(payloadOf(prepared, 'a')).toEqual({ name: 'A' });
    expect(told(prepared)).toEqual([
      { path: '$.teams[1].id', code: 'duplicate_id', action: 'skipped' },
      { path: '$.faculty[0].id', code: 'duplicate_id', action: 'skipped' },
    ]);
  });

  it('leaves out a record whose id the workspace gives to another type', () => {
    const prepared = plan({ teams: [a] }, { workspace: { a: live('project', { name: 'P' }) } });
    expect(prepared.records).toEqual([]);
    expect(told(prepared)).toEqual([{ path: '$.teams[0].id', code: 'duplicate_id', action: 'skipped' }]);
  });
});

describe('dangling_end', () => {
  it.each([
    ['an end that is nowhere', { from: 'a', to: 'nobody' }, '$.interfaces[0].to'],
    ['an end that is missing', { to: 'a' }, '$.interfaces[0].from'],
    ['an end that is null', { from: null, to: 'a' }, '$.interfaces[0].from'],
    ['an end that is empty', { from: 'a', to_entity: '' }, '$.interfaces[0].to'],
    ['an end that is no id', { from: ['a'], to: 'b' }, '$.interfaces[0].from'],
    [
      'an end in the other spelling',
      { from_entity: 'nobody', to_entity: 'a' },
      '$.interfaces[0].from_entity',
    ],
  ])('leaves out an interface with %s', (_, ends, path) => {
    const prepared = plan({ teams: [a, b], interfaces: [{ id: 'i', ...ends }] });
    expect(recordOf(prepared, 'i')).toBeUndefined();
    expect(told(prepared)).toEqual([{ path, code: 'dangling_end', action: 'skipped' }]);
  });

  it('leaves out an interface that ends in an interface', () => {
    const prepared = plan({
      teams: [a, b],
      interfaces: [
        { id: 'i', from: 'a', to: 'b' },
        { id: 'j', from: 'a', to: 'i' },
      ],
    });
    expect(prepared.problems.counts).toEqual({ dangling_end: 1 });
    expect(recordOf(prepared, 'j')).toBeUndefined();
  });

  it.each([
    [true, false],
    [false, true],
  ])(
    'leaves out an interface that ends in a deleted (%s) or hidden (%s) record of the workspace',
    (deleted, hidden) => {
      const prepared = plan(
        { teams: [a], interfaces: [{ id: 'i', from: 'a', to: 'x' }] },
        { workspace: { x: { type: 'team', deleted, hidden, payload: { name: 'X' } } } },
      );
      expect(prepared.problems.counts).toEqual({ dangling_end: 1 });
    },
  );
});

describe('missing_id', () => {
  it.each([
    ['absent', {}],
    ['null', { id: null }],
    ['empty', { id: '' }],
  ])('gives a new id when it is %s', (_, id) => {
    const prepared = plan({ teams: [{ ...id, name: 'A' }] });
    expect(prepared.records[0]).toMatchObject({
      id: expect.stringMatching(/^team_[0-9a-f-]{36}$/) as string,
      payload: { name: 'A' },
    });
    expect(told(prepared)).toEqual([{ path: '$.teams[0].id', code: 'missing_id', action: 'given' }]);
  });

  it('replaces an invalid id, keeps it, and still resolves references to it', () => {
    const long = 'x'.repeat(201);
    const prepared = plan({
      universities: [{ id: long, name: 'U' }],
      teams: [
        { ...a, university_id: long },
        { id: { no: 'id' }, name: 'B' },
      ],
    });
    const [university, , other] = prepared.records;
    expect(university).toMatchObject({
      id: expect.stringMatching(/^univ_/) as string,
      payload: { imported_values: { id: long } },
    });
    expect(payloadOf(prepared, 'a')).toEqual({ name: 'A', university_id: university?.id });
    expect(other?.payload).toEqual({ name: 'B', imported_values: { id: { no: 'id' } } });
    expect(prepared.ids().get('universities')?.get(long)).toBe(university?.id);
  });
});

describe('missing_name', () => {
  it.each([
    ['absent', {}],
    ['null', { name: null }],
    ['blank', { name: '  \t' }],
  ])('gives the id as the name when it is %s', (_, name) => {
    const prepared = plan({ teams: [{ id: 'team_9', ...name }] });
    expect(payloadOf(prepared, 'team_9')).toEqual({ name: 'team_9' });
    expect(told(prepared)).toEqual([{ path: '$.teams[0].name', code: 'missing_name', action: 'given' }]);
  });
});

describe('duplicate_key', () => {
  it('reports nothing if both spellings agree', () => {
    const prepared = plan({
      teams: [a, b],
      interfaces: [{ id: 'i', from: 'a', from_entity: 'a', to: 'b', energy_loss: 20, energyLoss: 20 }],
    });
    expect(payloadOf(prepared, 'i')).toEqual({ from: 'a', to: 'b', energy_loss: 20 });
    expect(told(prepared)).toEqual([]);
  });
});

describe('dangling_reference', () => {
  it.each([
    ['teams', 'university_id'],
    ['teams', 'project_id'],
    ['faculty', 'university_id'],
    ['projects', 'university_id'],
    ['students', 'team_id'],
    ['outcomes', 'project_id'],
    ['risk_factors', 'university_id'],
  ] as const)('clears %s.%s and keeps what stood there', (table, field) => {
    const prepared = plan({ [table]: [{ id: 'x', name: 'X', factor_name: 'X', [field]: 'nowhere' }] });
    expect(payloadOf(prepared, 'x')).toMatchObject({
      [field]: null,
      imported_values: { [field]: 'nowhere' },
    });
    expect(told(prepared)).toEqual([
      { path: `$.${table}[0].${field}`, code: 'dangling_reference', action: 'cleared' },
    ]);
  });

  it('clears a reference to a record of another type', () => {
    const prepared = plan({ projects: [{ id: 'p', name: 'P' }], teams: [{ ...a, university_id: 'p' }] });
    expect(payloadOf(prepared, 'a')).toEqual({
      name: 'A',
      university_id: null,
      imported_values: { university_id: 'p' },
    });
  });

  it('accepts references to the workspace or a later list of the file', () => {
    const prepared = plan(
      { teams: [{ ...a, university_id: 'u', project_id: 'p' }], projects: [{ id: 'p', name: 'P' }] },
      { workspace: { u: live('university', { name: 'U' }) } },
    );
    expect(told(prepared)).toEqual([]);
  });
});
