import { describe, expect, it } from 'vitest';
import { payloadOf, plan, told } from './support.ts';

const a = { id: 'a', name: 'A' };
const b = { id: 'b', name: 'B' };

describe('wrong_type', () => {
  it.each([
    ['a number written as text', { size: '5', experience: ' 2.5 ' }, { size: 5, experience: 2.5 }],
    [
      'a text written as a number',
      { name: 'A', description: 42, discipline: 7 },
      { description: '42', discipline: '7' },
    ],
  ])('converts %s', (_, given, read) => {
    const prepared = plan({ teams: [{ ...a, ...given }] });
    expect(payloadOf(prepared, 'a')).toEqual({ name: 'A', ...read });
    expect(told(prepared).every(({ action }) => action === 'converted' || action === 'kept')).toBe(true);
  });

  it.each([
    ['"true"', 'true', true],
    ['"False"', 'False', false],
    ['1', 1, true],
    ['0', 0, false],
  ])('reads %s as yes or no', (_, given, read) => {
    const prepared = plan({ universities: [{ id: 'u', name: 'U', active: given }] });
    expect(payloadOf(prepared, 'u')).toEqual({ name: 'U', active: read });
    expect(told(prepared)).toEqual([
      { path: '$.universities[0].active', code: 'wrong_type', action: 'converted' },
    ]);
  });

  it.each([
    ['a text that is no number', 'size', '5 people'],
    ['an empty text', 'size', ''],
    ['hexadecimal', 'size', '0x10'],
    ['a list for a text', 'description', ['x']],
    ['yes for a text', 'description', true],
    ['an object for a choice', 'lifecycle', { is: 'incoming' }],
    ['an object for a reference', 'university_id', { id: 'u' }],
  ])('sets %s aside and loses nothing', (_, field, value) => {
    const prepared = plan({ teams: [{ ...a, [field]: value }] });
    expect(payloadOf(prepared, 'a')).toEqual({ name: 'A', imported_values: { [field]: value } });
    expect(told(prepared)).toEqual([
      { path: `$.teams[0].${field}`, code: 'wrong_type', action: 'set_aside' },
    ]);
  });

  it('sets the values of a factor aside when they are no list of values', () => {
    const values = { codified: 0.1, institutional: 0.4 };
    const prepared = plan({
      risk_factors: [
        { id: 'r', factor_name: 'R', values },
        { id: 's', factor_name: 'S', values: [{ value: 'x', contribution: 0.4, why: 1 }] },
      ],
    });
    expect(payloadOf(prepared, 'r')).toEqual({ factor_name: 'R', imported_values: { values } });
    expect(payloadOf(prepared, 's')).toMatchObject({ values: [{ value: 'x', contribution: 0.4, why: 1 }] });
  });

  it('reads ids that are numbers as text, wherever they stand', () => {
    const prepared = plan({
      teams: [
        { id: 1, name: 'A' },
        { id: 2, name: 'B' },
      ],
      students: [{ id: 's', name: 'S', team_id: 2 }],
      interfaces: [{ id: 3, from: 1, to: '2' }],
    });
    expect(payloadOf(prepared, '3')).toEqual({ from: '1', to: '2' });
    expect(payloadOf(prepared, 's')).toEqual({ name: 'S', team_id: '2' });
    expect(prepared.problems.counts).toEqual({ wrong_type: 5 });
  });
});

describe('a value that no record can hold', () => {
  it.each([
    ['not_whole', { terms_remaining: 3.5 }],
    ['not_a_date', { graduated_at: '2030-02-30' }],
    ['not_a_date', { graduated_at: '31.02.2027' }],
  ] as const)('is told as %s: %o', (code, fields) => {
    const prepared = plan({ students: [{ id: 's', name: 'S', ...fields }] });
    const [key] = Object.keys(fields);
    expect(payloadOf(prepared, 's')).toEqual({ name: 'S', imported_values: fields });
    expect(told(prepared)).toEqual([{ path: `$.students[0].${key}`, code, action: 'set_aside' }]);
  });
});

describe('out_of_range', () => {
  it.each([
    ['interfaces', { energyLoss: 101 }, 'energyLoss'],
    ['interfaces', { energyLoss: -1 }, 'energyLoss'],
    ['teams', { size: 0 }, 'size'],
    ['teams', { size: '0' }, 'size'],
    ['teams', { experience: -3 }, 'experience'],
    ['teams', { description: 'x'.repeat(20_001) }, 'description'],
    ['outcomes', { cohort_year: 25 }, 'cohort_year'],
  ] as const)('sets aside, in %s, %o', (table, fields, key) => {
    const record = {
      id: 'x',
      ...(table === 'teams' && { name: 'X' }),
      ...(table === 'interfaces' && { from: 'a', to: 'b' }),
    };
    const others = table === 'teams' ? [] : [a, b];
    const document =
      table === 'teams'
        ? { teams: [{ ...record, ...fields }] }
        : { teams: others, [table]: [{ ...record, ...fields }] };
    const prepared = plan(document);
    const { id: _, ...rest } = record;
    expect(payloadOf(prepared, 'x')).toEqual({ ...rest, imported_values: fields });
    expect(told(prepared)).toEqual([
      { path: `$.${table}[0].${key}`, code: 'out_of_range', action: 'set_aside' },
    ]);
  });

  it('puts blanks for control characters in a name, and only there', () => {
    const prepared = plan({
      teams: [
        { id: 'a', name: 'Mis\u001b[2Jsion\ncontrol\r\n', description: 'One\nTwo\tThree' },
        { id: 'b', name: '\u0007' },
      ],
      risk_factors: [{ id: 'r', factor_name: 'Tab\tbed' }],
    });
    expect(payloadOf(prepared, 'a')).toEqual({ name: 'Mis [2Jsion control', description: 'One\nTwo\tThree' });
    expect(payloadOf(prepared, 'b')).toEqual({ name: 'b' });
    expect(payloadOf(prepared, 'r')).toEqual({ factor_name: 'Tab bed' });
    expect(told(prepared)).toEqual([
      { path: '$.teams[0].name', code: 'out_of_range', action: 'converted' },
      { path: '$.teams[1].name', code: 'missing_name', action: 'given' },
      { path: '$.risk_factors[0].factor_name', code: 'out_of_range', action: 'converted' },
    ]);
  });
});

const projects = (...durations: unknown[]) => ({
  projects: durations.map((duration, index) => ({
    id: `p${index}`,
    name: 'P',
    ...(duration !== undefined && { duration }),
  })) as never,
});

function months(document: Parameters<typeof plan>[0], durationUnit?: 'years' | 'months'): unknown[] {
  const prepared = plan(document, durationUnit ? { durationUnit } : {});
  return prepared.records.map(({ payload }) => payload.duration_months);
}

describe('the unit of a duration', () => {
  it('is years when no duration in the file is above 10', () => {
    expect(months(projects(3, 2, 1))).toEqual([36, 24, 12]);
    expect(months(projects(10, 0.5))).toEqual([120, 6]);
    expect(plan(projects(3)).duration_unit).toBe('years');
  });

  it('is months for the whole file when one is above 10', () => {
    expect(months(projects(36, 24, 12, 6))).toEqual([36, 24, 12, 6]);
    expect(plan(projects(36)).duration_unit).toBe('months');
  });

  it('has the unit of the option, without a guess', () => {
    expect(months(projects(3, 2), 'months')).toEqual([3, 2]);
    expect(months(projects(36), 'years')).toEqual([432]);
    expect(told(plan(projects(3), { durationUnit: 'years' }))).toEqual([]);
  });
});

describe('a duration', () => {
  it.each([
    ['a negative one', -1, 'out_of_range'],
    ['words', 'three years', 'wrong_type'],
    ['a list', [3], 'wrong_type'],
    ['one too large for a number', 1.7e308, 'out_of_range'],
  ])('is set aside when it is %s', (_, duration, code) => {
    const prepared = plan({ projects: [{ id: 'p', name: 'P', duration }] }, { durationUnit: 'years' });
    expect(payloadOf(prepared, 'p')).toEqual({ name: 'P', imported_values: { duration } });
    expect(told(prepared)).toEqual([{ path: '$.projects[0].duration', code, action: 'set_aside' }]);
  });

  it('yields to duration_months, and is kept next to it', () => {
    const prepared = plan({ projects: [{ id: 'p', name: 'P', duration: 3, duration_months: 30 }] });
    expect(payloadOf(prepared, 'p')).toEqual({
      name: 'P',
      duration_months: 30,
      imported_values: { duration: 3 },
    });
    expect(told(prepared)).toEqual([
      { path: '$.projects[0].duration', code: 'duplicate_key', action: 'set_aside' },
    ]);
  });

  it('counts if duration_months is empty', () => {
    expect(months({ projects: [{ id: 'p', name: 'P', duration: 3, duration_months: null }] })).toEqual([36]);
    expect(months({ projects: [{ id: 'p', name: 'P', duration_months: 36 }] })).toEqual([36]);
  });
});
