import { fc } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { makeTemplate, withWorkspace } from '#test/support/workspace.ts';
import { lawRuns } from '#test/support/law-runs.ts';

const template = await makeTemplate(() => Promise.resolve());

/** As dictionaries order letters, without their marks and case, and numbers by their value. */
const { compare } = new Intl.Collator('en', { sensitivity: 'base', numeric: true });
const name = fc
  .tuple(
    fc.constantFrom(
      'Zoe',
      'Zoë',
      'Ömer',
      'Otto',
      'Øyvind',
      'Søren',
      'Stefan',
      'Łukas',
      'Maß',
      'Mast',
      'zeta',
    ),
    fc.string({ unit: fc.constantFrom(...Array.from('aÄöøzZßé')), maxLength: 2 }),
    fc.constantFrom('', '', '1', '9', '10', '010', '2b', '2b10', '2b9', '123456789', '98765432109876543210'),
  )
  .map((parts) => parts.join(''));

function expectOrder(names: readonly string[]): void {
  for (const [index, one] of names.slice(1).entries())
    expect(compare(names[index] ?? '', one)).toBeLessThanOrEqual(0);
}

test('a list by name has dictionary order, and its first rows equal those of the whole', async () => {
  expect.hasAssertions();
  await fc.assert(
    fc.asyncProperty(
      fc.array(name, { minLength: 2, maxLength: 14 }),
      fc.constantFrom('asc' as const, 'desc' as const),
      fc.integer({ min: 1, max: 10 }),
      (names, direction, limit) =>
        withWorkspace(template, async (workspace) => {
          const ada = workspace.as();
          for (const one of names) await ada.entities.create({ type: 'team', data: { name: one } });
          const asked = { type: 'team' as const, sort: [{ field: 'name', direction }] };
          const titles = (page: { rows: { id: string; title: string }[] }) =>
            page.rows.map(({ id, title }) => `${title} ${id}`);
          // Before the whole order is known, from the index; after a second page, from what is kept.
          const first = titles(await ada.entities.list({ ...asked, limit }));
          const rest = titles(await ada.entities.list({ ...asked, offset: limit, limit: 100 }));
          const whole = titles(await ada.entities.list({ ...asked, limit: 100 }));
          expect([...first, ...rest]).toEqual(whole);
          const shown = whole.map((line) => line.split(' ')[0] ?? '');
          expectOrder(direction === 'asc' ? shown : shown.toReversed());
          const { groups } = await ada.entities.groups({ type: 'team', by: 'name', limit: 100 });
          const called = groups.map(({ value }) => (typeof value === 'string' ? value : ''));
          expectOrder(called);
          expect(new Set(called)).toEqual(new Set(shown));
        }),
    ),
    { numRuns: lawRuns(25) },
  );
});
