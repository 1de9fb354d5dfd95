import { describe, expect, test } from 'vitest';
import { limitValues, parseFilter, parseJsonObject, parseSort, parseTime } from '#cli/args/values.ts';
import { UsageError } from '#cli/output/errors.ts';

describe('a filter', () => {
  test.each([
    ['lifecycle=outgoing', { field: 'lifecycle', op: 'is', value: 'outgoing' }],
    ['lifecycle!=outgoing', { field: 'lifecycle', op: 'is_not', value: 'outgoing' }],
    ['name~flight = fun', { field: 'name', op: 'contains', value: 'flight = fun' }],
    ['size>=3', { field: 'size', op: 'gte', value: 3 }],
    ['size<=3.5', { field: 'size', op: 'lte', value: 3.5 }],
    ['size=4', { field: 'size', op: 'is', value: 4 }],
    ['name=4', { field: 'name', op: 'is', value: '4' }],
    ['created_at>=2026-01-01', { field: 'created_at', op: 'gte', value: '2026-01-01' }],
    ['project_id=', { field: 'project_id', op: 'empty' }],
    ['project_id!=', { field: 'project_id', op: 'not_empty' }],
  ])('%s', (given, filter) => {
    expect(parseFilter('team', given)).toEqual(filter);
  });

  test('for yes or no takes the words for it', () => {
    expect(parseFilter('student', 'active=yes').value).toBe(true);
    expect(parseFilter('student', 'active=false').value).toBe(false);
    expect(() => parseFilter('student', 'active=perhaps')).toThrow('must be true or false');
  });

  test.each(['', 'size', '=3', 'size<3', '~x', 'size=many', 'size>='])('%j is refused', (given) => {
    expect(() => parseFilter('team', given)).toThrow(UsageError);
  });
});

test('a sort names fields and directions', () => {
  expect(parseSort('name')).toEqual([{ field: 'name', direction: 'asc' }]);
  expect(parseSort('size:desc, name:asc')).toEqual([
    { field: 'size', direction: 'desc' },
    { field: 'name', direction: 'asc' },
  ]);
  for (const given of ['', 'name:up', 'name:asc:desc', 'name,'])
    expect(() => parseSort(given)).toThrow(UsageError);
  expect(() => limitValues([1, 2, 3], 2, '--sort')).toThrow('--sort can be given at most 2 times');
});

test('data is a JSON object', () => {
  expect(parseJsonObject(undefined, '--data')).toEqual({});
  expect(parseJsonObject('{"name": "A", "meta": {"x": [1]}}', '--data')).toEqual({
    name: 'A',
    meta: { x: [1] },
  });
  for (const given of ['', '{', '[]', '"text"', 'null', '3'])
    expect(() => parseJsonObject(given, '--data')).toThrow(UsageError);
});

test('a time without zone is UTC, and starts at the beginning of the given unit', () => {
  expect(parseTime(undefined, '--from', 'start')).toBeUndefined();
  expect(parseTime('2026-11-20', '--from', 'start')).toBe('2026-11-20T00:00:00.000Z');
  expect(parseTime('2026-11-20 08:30', '--from', 'start')).toBe('2026-11-20T08:30:00.000Z');
  expect(parseTime('2026-11-20T08:30:00+02:00', '--from', 'start')).toBe('2026-11-20T06:30:00.000Z');
  for (const given of ['yesterday', '2026-13-01', '20.11.2026', '2026']) {
    expect(() => parseTime(given, '--from', 'start')).toThrow(UsageError);
  }
});

test('an end time includes the whole given unit', () => {
  const until = (given: string) => parseTime(given, '--until', 'end');
  expect(until('2026-11-20')).toBe('2026-11-20T23:59:59.999Z');
  expect(until('2026-11-20T08:30')).toBe('2026-11-20T08:30:59.999Z');
  expect(until('2026-11-20 08:30+02:00')).toBe('2026-11-20T06:30:59.999Z');
  expect(until('2026-11-20T08:30:12Z')).toBe('2026-11-20T08:30:12.999Z');
  expect(until('2026-11-20T08:30:12.5')).toBe('2026-11-20T08:30:12.500Z');
});
