import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import '#renderer/i18n/setup.ts';
import {
  buildFilter,
  buildFilters,
  chipsOf,
  chipText,
  editedOf,
  editedOperator,
  filterField,
  filterFields,
  filterValueText,
  operatorsOf,
  valuesOf,
  withChip,
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

  it('numbers are numbers, and half a number is no filter yet', () => {
    const size = filterField('team', 'size');
    expect(buildFilter(size, 'gte', ' 2 ')).toEqual({ field: 'size', op: 'gte', value: 2 });
    expect(buildFilter(size, 'gte', '')).toBeNull();
    expect(buildFilter(size, 'gte', 'two')).toBeNull();
  });

  it('emptiness needs no value', () => {
    expect(buildFilter(filterField('team', 'project_id'), 'empty', undefined)).toEqual({
      field: 'project_id',
      op: 'empty',
    });
  });

  it('chips read as a person would say it', () => {
    expect(chip('team', { field: 'size', op: 'gte', value: 2 })).toBe('Size ≥ 2');
    expect(chip('team', { field: 'discipline', op: 'in', value: ['software', 'ground'] })).toBe(
      'Discipline: software, ground',
    );
    expect(chip('interface', { field: 'bond_type', op: 'is', value: 'codified-strong' })).toBe(
      'Bond: codified, strong',
    );
    expect(chip('student', { field: 'active', op: 'is', value: false })).toBe('Active: No');
    expect(chip('team', { field: 'project_id', op: 'empty' })).toBe('Project is empty');
    expect(chip('team', { field: 'mascot', op: 'contains', value: 'cat' })).toBe('mascot contains “cat”');
  });

  it('a filter of one value is edited as a list of values', () => {
    const discipline = filterField('team', 'discipline');
    const filter: Filter = { field: 'discipline', op: 'is', value: 'software' };
    expect(editedOperator(discipline, filter)).toBe('in');
    expect(valuesOf(filter)).toEqual(['software']);
  });

  it('a least and a most of one field are one chip; what is changed keeps its place', () => {
    const [a, least, b, most] = [
      { field: 'name', op: 'empty' },
      { field: 'size', op: 'gte', value: 2 },
      { field: 'role', op: 'empty' },
      { field: 'size', op: 'lte', value: 5 },
    ] as [Filter, Filter, Filter, Filter];
    const all = [a, most, b, least];
    const chips = chipsOf(all);
    expect(chips.map(({ filters }) => filters)).toEqual([[a], [least, most], [b]]);
    const range = chips[1];
    if (!range) throw new Error('no range');
    expect(withChip(all, range, [])).toEqual([a, b]);
    expect(withChip(all, range, [least])).toEqual([a, least, b]);
    const size = filterField('team', 'size');
    expect(editedOf(size, range.filters)).toEqual({ op: 'between', value: [2, 5] });
    expect(buildFilters(size, { op: 'between', value: ['2', 5] })).toEqual([least, most]);
    expect(buildFilters(size, { op: 'between', value: ['', 5] })).toEqual([most]);
    // The wrong way round they mean the same.
    expect(buildFilters(size, { op: 'between', value: ['5', '2'] })).toEqual([least, most]);
    expect(buildFilters(size, { op: 'between', value: ['2', '10'] })).toMatchObject([
      { value: 2 },
      { value: 10 },
    ]);
    const created = filterField('team', 'created_at');
    expect(buildFilters(created, { op: 'between', value: ['2026-02-01', '2025-03-01'] })).toEqual(
      buildFilters(created, { op: 'between', value: ['2025-03-01', '2026-02-01'] }),
    );
    expect(buildFilters(size, { op: 'between', value: undefined })).toBeNull();
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
