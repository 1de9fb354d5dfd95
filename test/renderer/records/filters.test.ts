import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import '#renderer/i18n/setup.ts';
import {
  buildFilter,
  buildFilters,
  chipsOf,
  chipText,
  filterField,
  filterFields,
  filterValueText,
  operatorsOf,
} from '#renderer/features/records/filters/model.ts';
import { filter as filterSchema } from '#shared/contract/entities.ts';
import type { Filter } from '#shared/contract/entities.ts';
import { entityTypes } from '#shared/domain/types.ts';

const chip = (type: (typeof entityTypes)[number], filter: Filter): string => {
  const field = filterField(type, filter.field);
  return chipText(field, filter, (value) => filterValueText(field, value));
};

describe('filters', () => {
  it('one value is "is", several are "one of", none is no filter', () => {
    const discipline = filterField('team', 'discipline');
    expect(buildFilter(discipline, 'in', [])).toBeNull();
    expect(buildFilter(discipline, 'in', ['software'])).toEqual({
      field: 'discipline',
      op: 'is',
      value: 'software',
    });
    expect(buildFilter(discipline, 'in', ['software', 'ground'])).toEqual({
      field: 'discipline',
      op: 'in',
      value: ['software', 'ground'],
    });
  });

  it('chips have natural texts', () => {
    expect(chip('team', { field: 'size', op: 'gte', value: 2 })).toBe('Size ≥ 2');
    expect(chip('team', { field: 'discipline', op: 'in', value: ['software', 'ground'] })).toBe(
      'Discipline: software, ground',
    );
    expect(chip('interface', { field: 'bond_type', op: 'is', value: 'codified-strong' })).toBe(
      'Bond: in reviewed documents',
    );
    expect(chip('student', { field: 'active', op: 'is', value: false })).toBe('Active: No');
    expect(chip('team', { field: 'project_id', op: 'empty' })).toBe('Project is empty');
    expect(chip('team', { field: 'mascot', op: 'contains', value: 'cat' })).toBe('mascot contains “cat”');
  });

  it('a range is a bound and the next opposite bound of its field', () => {
    const bounds: Filter[] = [
      { field: 'size', op: 'gte', value: 5 },
      { field: 'size', op: 'gte', value: 2 },
      { field: 'lifecycle', op: 'is', value: 'incoming' },
      { field: 'size', op: 'lte', value: 5 },
    ];
    expect(chipsOf(bounds).map(({ indexes }) => indexes)).toEqual([[0], [1, 3], [2]]);
  });

  test.prop([fc.constantFrom(...entityTypes), fc.nat(), fc.nat(), fc.jsonValue()])(
    'whatever is built is a filter of the contract',
    (type, fieldAt, opAt, value) => {
      const fields = filterFields(type);
      const field = fields[fieldAt % fields.length] as (typeof fields)[number];
      const operators = operatorsOf(field);
      const op = operators[opAt % operators.length] ?? 'is';
      for (const built of buildFilters(field, { op, value: value as never }) ?? [])
        expect(filterSchema.safeParse(built).success).toBe(true);
    },
  );
});
