import { fc } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import type { Summary } from '#shared/contract/bulk.ts';
import type { Filter } from '#shared/contract/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import { testWorkspace } from '#test/support/workspace.ts';
import { crewTemplate } from './crew.ts';
import { lawRuns } from '#test/support/law-runs.ts';

const template = await crewTemplate();

const numbers = {
  sum: (values: readonly number[]) => values.reduce((a, b) => a + b, 0),
  mean: (values: readonly number[]) => numbers.sum(values) / values.length,
  min: (values: readonly number[]) => Math.min(...values),
  max: (values: readonly number[]) => Math.max(...values),
};
/** Sums in another order differ in the last digits. */
const rounded = (sum: number | null): number | null => sum && Math.round(sum * 1e6) / 1e6;
const fields = ['discipline', 'size', 'experience', 'university_id', 'project_id', 'name'];
const summary: fc.Arbitrary<Summary> = fc.record({
  field: fc.constantFrom('size', 'experience', 'discipline'),
  of: fc.constantFrom('sum', 'mean', 'min', 'max'),
});
const some = fc.array(
  fc.constantFrom<Filter[]>(
    { field: 'discipline', op: 'is', value: 'software' },
    { field: 'size', op: 'gte', value: 6 },
    { field: 'project_id', op: 'contains', value: 'orb' },
  ),
  { maxLength: 2 },
);

/** Letters without their marks and case, as dictionaries have them. */
const words = new Intl.Collator('en', { sensitivity: 'base' });

/** As lists order them: without regard to case and marks, what has none last. */
function byName(a: Json, b: Json): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const text = (value: Json): string => (typeof value === 'string' ? value : '');
  return words.compare(text(a), text(b));
}

test('groups equal the list, counted and summed by hand', async () => {
  const ada = (await testWorkspace({ template })).as();
  await fc.assert(
    fc.asyncProperty(
      fc.option(fc.constantFrom(...fields)),
      some,
      fc.constantFrom('', 'avionics', 'nothing'),
      fc.array(summary, { maxLength: 3 }),
      async (by, filters, search, summaries) => {
        const { rows } = await ada.entities.list({ type: 'team', filters, search, limit: 1000 });
        const expected = new Map<Json, typeof rows>();
        for (const row of rows) {
          const value = by === null ? null : (row.payload[by] ?? null);
          expected.set(value, [...(expected.get(value) ?? []), row]);
        }
        const { groups, total } = await ada.entities.groups({ type: 'team', by, filters, search, summaries });
        // Summaries of no records at all are one group of none.
        if (by === null && rows.length === 0) expected.set(null, []);
        expect(total).toBe(expected.size);
        const called = groups.map(({ value, title }) => title ?? value);
        expect(called).toEqual(called.toSorted(byName));
        const found = new Map(
          groups.map((group) => [group.value, [group.count, ...group.summaries.map(rounded)]]),
        );
        const byHand = [...expected].map(([value, own]) => {
          const sums = summaries.map(({ field, of }) => {
            const values = own.map(({ payload }) => payload[field]).filter((one) => typeof one === 'number');
            return rounded(values.length === 0 ? null : numbers[of](values));
          });
          return [value, [own.length, ...sums]] as const;
        });
        expect(found).toEqual(new Map(byHand));
      },
    ),
    { numRuns: lawRuns(60) },
  );
});

describe('a group', () => {
  test('by a reference is called by its title', async () => {
    const ada = (await testWorkspace({ template })).as();
    const { groups } = await ada.entities.groups({ type: 'team', by: 'university_id' });
    const titles = Object.fromEntries(groups.map(({ value, title }) => [JSON.stringify(value), title]));
    expect(titles).toEqual({ '"u1"': 'Zeta', '"u2"': 'alpha', null: null });
    await ada.entities.update({ type: 'university', id: 'u1', data: { name: 'Omega' } });
    const again = await ada.entities.groups({ type: 'team', by: 'university_id' });
    expect(again.groups.find(({ value }) => value === 'u1')?.title).toBe('Omega');
  });
});
