import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shippedSample } from '#core/sample/fill.ts';
import { root } from '#scripts/lib/paths.ts';
import { generateSample, sampleJson, sampleMoment, sampleTotal } from '#scripts/sample/generate.ts';
import type { SampleRecord } from '#core/sample/fill.ts';
import { fieldsOf, payloadSchemas } from '#shared/domain/entities.ts';
import { recordId } from '#shared/domain/field.ts';
import { studentStatus } from '#shared/domain/students.ts';
import { entityTypes, idPrefix } from '#shared/domain/types.ts';
import { canTarget } from '#shared/domain/references.ts';
import { vocabulary } from '#shared/domain/vocabulary.ts';

const now = Date.UTC(2026, 10, 20);
const small = (seed: number): SampleRecord[] => [...generateSample({ size: 'small', seed, now })];
const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });
const values = (records: readonly SampleRecord[], type: string, field: string): Set<unknown> =>
  new Set(records.filter((record) => record.type === type).map(({ payload }) => payload[field]));

/** What is wrong with a sequence of records: payloads, ids, order, references. */
function faultsOf(records: Iterable<SampleRecord>): string[] {
  const faults: string[] = [];
  const types = new Map<string, string>();
  const pairs = new Set<string>();
  for (const { type, id, payload } of records) {
    const parsed = payloadSchemas[type].safeParse(payload);
    if (!parsed.success) faults.push(`${id}: ${parsed.error.message}`);
    if (!recordId.safeParse(id).success || !id.startsWith(`${idPrefix[type]}_`)) faults.push(`${id}: id`);
    if (types.has(id)) faults.push(`${id}: twice`);
    types.set(id, type);
    for (const field of fieldsOf(type)) {
      const target = payload[field.key];
      if (field.kind !== 'reference' || typeof target !== 'string') continue;
      const found = types.get(target);
      if (!found) faults.push(`${id}.${field.key}: ${target} does not come before`);
      else if (!canTarget(field.to, found)) faults.push(`${id}.${field.key}: is a ${found}`);
    }
    for (const field of fieldsOf(type)) {
      const value = payload[field.key];
      if (!field.list || value == null) continue;
      if (!(vocabulary[field.list] as readonly unknown[]).includes(value)) faults.push(`${id}: ${field.key}`);
    }
    if (type === 'interface') {
      const [from, to] = [payload['from'] as string, payload['to'] as string];
      const pair = from < to ? `${from} ${to}` : `${to} ${from}`;
      if (pairs.has(pair)) faults.push(`${id}: joins a pair a second time`);
      pairs.add(pair);
    }
  }
  return faults;
}

describe('the small sample', () => {
  test('is whole and in order for any seed', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        expect(faultsOf(small(seed))).toEqual([]);
      }),
    );
  });

  test('is the same for the same seed, and another for another', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        expect(small(seed)).toEqual(small(seed));
        expect(small(seed)).not.toEqual(small(seed + 1));
      }),
      { numRuns: 20 },
    );
  });

  test('has eight universities and shows every state there is', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const records = small(seed);
        expect(records).toHaveLength(sampleTotal('small'));
        expect(new Set(records.map(({ type }) => type))).toEqual(
          new Set(entityTypes.filter((type) => !['organisation', 'repository', 'task'].includes(type))),
        );
        expect(records.filter(({ type }) => type === 'university')).toHaveLength(8);
        expect(values(records, 'team', 'lifecycle')).toEqual(new Set(vocabulary.lifecycle));
        expect(values(records, 'team', 'discipline')).toEqual(new Set(vocabulary.discipline));
        expect(values(records, 'interface', 'bond_type')).toEqual(new Set(vocabulary.bond_type));
        expect(values(records, 'interface', 'interface_type')).toEqual(new Set(vocabulary.interface_type));
        const terms = values(records, 'student', 'terms_remaining');
        expect(terms).toEqual(new Set([0, 1, 2, 3, 4, 5, 6]));
        expect(new Set([...terms].map(studentStatus))).toEqual(new Set(vocabulary.lifecycle));
        const shared = records.filter(({ payload }) => payload['is_collaborative'] === true);
        expect(shared.map(({ payload }) => payload['university_id'])).toEqual([null, null]);
      }),
    );
  });

  test('a team’s size is its number of members', () => {
    const records = small(1);
    for (const team of records.filter(({ type }) => type === 'team')) {
      const members = records.filter(({ payload }) => payload['team_id'] === team.id);
      expect(members).toHaveLength(team.payload['size'] as number);
    }
  });

  test('has links across universities', () => {
    const records = small(1);
    const home = new Map(records.map(({ id, payload }) => [id, payload['university_id']]));
    const across = records.filter(
      ({ type, payload }) =>
        type === 'interface' && home.get(payload['from'] as string) !== home.get(payload['to'] as string),
    );
    expect(across.length).toBeGreaterThan(10);
  });

  test('leaves no blank to fill in its texts, and names no person in an id', () => {
    const records = small(7);
    expect(JSON.stringify(records)).not.toMatch(/\{\w+\}|undefined/);
    const people = records.filter(({ type }) => type === 'student' || type === 'faculty');
    expect(people.filter(({ id }) => !/^(stud|fac)_[a-z-]+-\d+$/.test(id))).toEqual([]);
  });

  test('holds the baseline of the energy model', () => {
    const records = small(1);
    const contribution = (factor: string, value: string): number => {
      const record = records.find(({ payload }) => payload['factor_name'] === factor);
      const list = record?.payload['values'] as { value: string; contribution: number }[];
      return list.find((item) => item.value === value)?.contribution ?? Number.NaN;
    };
    expect(contribution('knowledge_type', 'codified') + contribution('bond_strength', 'strong')).toBeCloseTo(
      0.15,
    );
    expect(
      contribution('knowledge_type', 'codified') + contribution('bond_strength', 'moderate'),
    ).toBeCloseTo(0.3);
    const weak = contribution('knowledge_type', 'institutional') + contribution('bond_strength', 'weak');
    expect(weak).toBeCloseTo(0.75);
    expect(weak + contribution('temporal_alignment', 'misaligned')).toBeCloseTo(1);
    const baselines = records.filter(({ payload }) => payload['is_baseline'] === true);
    expect(baselines.map(({ payload }) => payload['is_active'])).toEqual([true]);
  });
});

describe('the large sample', () => {
  test('has a hundred thousand records, whole and in order, with varied names', () => {
    const people = new Set<unknown>();
    const teams = new Set<unknown>();
    let count = 0;
    const watched = function* (): Generator<SampleRecord, void, void> {
      for (const record of generateSample({ size: '100k', seed: 3, now })) {
        count += 1;
        if (record.type === 'student') people.add(record.payload['name']);
        if (record.type === 'team') teams.add(record.payload['name']);
        yield record;
      }
    };
    expect(faultsOf(watched())).toEqual([]);
    expect(count).toBe(100_000);
    expect(sampleTotal('100k')).toBe(100_000);
    expect(people.size).toBeGreaterThan(20_000);
    expect(teams.size).toBeGreaterThan(2_000);
  });
});

test('the committed sample equals the output of "npm run sample"', () => {
  const committed = readFileSync(join(root, 'resources/sample/small.json'), 'utf8');
  expect(sampleJson({ size: 'small', seed: 1, now: sampleMoment })).toBe(committed);
  expect(shippedSample()).toMatchObject({ size: 'small', seed: 1, total: sampleTotal('small') });
  expect(shippedSample().records).toEqual([...generateSample({ size: 'small', seed: 1, now: sampleMoment })]);
});
