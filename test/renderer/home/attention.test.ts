import { describe, expect, it } from 'vitest';
import { openFields, unknownCheck, unknownOf } from '#renderer/features/home/attention/sentences.ts';
import { kinds, mattersOf } from '#renderer/features/home/attention/sentences.ts';
import type { Findings } from '#renderer/features/home/attention/sentences.ts';

const nothing: Findings = { counts: [], unknown: [] };
const discipline = { type: 'team', field: 'discipline', list: 'discipline' } as const;

describe('values that are on no list', () => {
  it('are told from known ones, from nothing, and from what is no text', () => {
    const held = [
      { value: 'software', count: 9 },
      { value: 'astrology', count: 3 },
      { value: null, count: 2 },
      { value: '', count: 1 },
      { value: 'alchemy', count: 1 },
    ];
    expect(unknownOf(discipline, held)).toEqual({
      ...discipline,
      values: ['astrology', 'alchemy'],
      count: 4,
    });
    expect(unknownOf(discipline, held.slice(0, 1))).toBeNull();
  });

  it('open the list of just the records that hold them', () => {
    expect(unknownCheck({ ...discipline, values: ['astrology'], count: 1 })).toEqual({
      type: 'team',
      filters: [{ field: 'discipline', op: 'in', value: ['astrology'] }],
    });
  });

  it('are looked for in every field that has an open list', () => {
    const named = openFields.map(({ type, field }) => `${type}.${field}`);
    expect(named).toContain('team.lifecycle');
    expect(named).toContain('interface.bond_type');
    expect(named).toContain('faculty.role');
    expect(new Set(named).size).toBe(named.length);
  });
});

describe('what needs attention', () => {
  it('says what belongs to no university, and who may change it to those who may not', () => {
    const counts = kinds.map(({ id }) => (id === 'unassigned' ? [0, 0, 2] : []));
    const found = { ...nothing, counts };
    expect(mattersOf(found, true)[0]?.text).toBe(
      '2 students. Only researchers and admins can change these records.',
    );
    const [matter] = mattersOf(found);
    expect(matter?.text).toBe('2 students.');
    expect(matter?.places).toHaveLength(1);
  });
});
