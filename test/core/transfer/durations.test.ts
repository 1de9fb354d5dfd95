import { describe, expect, it } from 'vitest';
import { payloadOf, plan, told } from './support.ts';

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
