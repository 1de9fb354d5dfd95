import { fc } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import type { EntityRecord } from '#shared/contract/record.ts';
import type { Filter, Sort } from '#shared/contract/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import { refused } from '#test/support/refusal.ts';
import { makeTemplate, testWorkspace, withWorkspace } from '#test/support/workspace.ts';
import type { Client } from '#test/support/workspace.ts';
import { lawRuns } from '#test/support/law-runs.ts';

const disciplines = ['software', 'ground', null, 'électrique'];

/** Sixty teams with gaps, ties and odd names; every seventh is deleted. */
const template = await makeTemplate(async (workspace) => {
  const ada = workspace.as();
  for (const id of ['u1', 'u2'])
    await ada.entities.create({ type: 'university', id, data: { name: id === 'u1' ? 'Zeta' : 'alpha' } });
  await ada.entities.create({ type: 'project', id: 'p1', data: { name: 'Orbit', university_id: 'u1' } });
  const teams = Array.from({ length: 60 }, (_, index) => {
    const data: Record<string, Json> = {
      name: `${['Avionics', 'avionics', 'Énergie', '100 %', 'a_b'][index % 5]} ${index % 9}`,
      university_id: ['u1', 'u2', null][index % 3] ?? null,
      discipline: disciplines[index % 4] ?? null,
      size: 1 + ((index * 7) % 13),
      experience: index % 6 === 0 ? null : index,
    };
    if (index % 2) data['project_id'] = 'p1';
    if (index % 5 === 0) data['description'] = index % 10 ? 'some text' : '';
    return ada.entities.create({ type: 'team', id: `t${String(index).padStart(2, '0')}`, data });
  });
  await Promise.all(teams);
  for (let index = 0; index < 60; index += 7)
    await ada.entities.remove({ type: 'team', id: `t${String(index).padStart(2, '0')}` });
});

const live = async (client: Client): Promise<EntityRecord[]> =>
  (await client.entities.list({ type: 'team', limit: 1000 })).rows;
const field = ({ payload }: EntityRecord, name: string): Json =>
  (payload as Record<string, Json>)[name] ?? null;

async function matching(filter: Filter): Promise<{ found: string[]; rows: EntityRecord[] }> {
  const ada = (await testWorkspace({ template })).as();
  const { rows, matched } = await ada.entities.list({ type: 'team', filters: [filter], limit: 1000 });
  expect(matched).toBe(rows.length);
  return { found: rows.map(({ id }) => id).toSorted(), rows: await live(ada) };
}

describe('filters', () => {
  const cases: [Filter, (record: EntityRecord) => boolean][] = [
    [{ field: 'discipline', op: 'is', value: 'software' }, (one) => field(one, 'discipline') === 'software'],
    [
      { field: 'discipline', op: 'is_not', value: 'software' },
      (one) => field(one, 'discipline') !== 'software',
    ],
    [{ field: 'discipline', op: 'is', value: null }, (one) => field(one, 'discipline') === null],
    [{ field: 'discipline', op: 'is_not', value: null }, (one) => field(one, 'discipline') !== null],
    [
      { field: 'discipline', op: 'in', value: ['ground', 'électrique'] },
      (one) => ['ground', 'électrique'].some((value) => value === field(one, 'discipline')),
    ],
    [{ field: 'discipline', op: 'in', value: [] }, () => false],
    [{ field: 'size', op: 'in', value: [] }, () => false],
    [
      { field: 'discipline', op: 'contains', value: 'ELECTR' },
      (one) => field(one, 'discipline') === 'électrique',
    ],
    [{ field: 'size', op: 'gte', value: 7 }, (one) => Number(field(one, 'size')) >= 7],
    [{ field: 'size', op: 'lte', value: 3 }, (one) => Number(field(one, 'size')) <= 3],
    [{ field: 'experience', op: 'empty' }, (one) => field(one, 'experience') === null],
    [{ field: 'experience', op: 'not_empty' }, (one) => field(one, 'experience') !== null],
    [{ field: 'description', op: 'empty' }, (one) => (field(one, 'description') ?? '') === ''],
    [{ field: 'description', op: 'not_empty' }, (one) => field(one, 'description') === 'some text'],
    [{ field: 'university_id', op: 'is', value: 'u2' }, (one) => one.university_id === 'u2'],
    [{ field: 'university_id', op: 'contains', value: 'ALPH' }, (one) => one.university_id === 'u2'],
    [{ field: 'project_id', op: 'contains', value: 'orb' }, (one) => field(one, 'project_id') === 'p1'],
    [{ field: 'id', op: 'in', value: ['t01', 't02', 't07'] }, (one) => ['t01', 't02'].includes(one.id)],
    [{ field: 'name', op: 'contains', value: '%' }, (one) => one.title.includes('%')],
    [{ field: 'name', op: 'contains', value: '％' }, (one) => one.title.includes('%')],
    [{ field: 'name', op: 'contains', value: '_' }, (one) => one.title.includes('_')],
    [{ field: 'name', op: 'contains', value: 'ENERGIE' }, (one) => one.title.startsWith('Énergie')],
  ];
  test.each(cases)('%j', async (filter, keeps) => {
    const { found, rows } = await matching(filter);
    expect(found).toEqual(
      rows
        .filter(keeps)
        .map(({ id }) => id)
        .toSorted(),
    );
  });

  test('a moment is compared as text', async () => {
    const ada = (await testWorkspace({ template })).as();
    const [, second] = (await live(ada)).toSorted((a, b) => (a.created_at < b.created_at ? -1 : 1));
    const filters: Filter[] = [{ field: 'created_at', op: 'lte', value: second?.created_at ?? '' }];
    expect((await ada.entities.list({ type: 'team', filters })).matched).toBe(2);
  });

  test('yes and no are found as such', async () => {
    const ada = (await testWorkspace({ template })).as();
    await ada.entities.create({ type: 'project', data: { name: 'Shared', is_collaborative: true } });
    const found = await ada.entities.list({
      type: 'project',
      filters: [{ field: 'is_collaborative', op: 'is', value: true }],
    });
    expect(found.rows.map(({ title }) => title)).toEqual(['Shared']);
  });
});

describe('search', () => {
  test.each([
    ['avionics', 24],
    ['AVIONICS 3', 24],
    ['energie', 12],
    ['%', 12],
    ['nothing of the kind', 0],
  ])('%s', async (search, most) => {
    const ada = (await testWorkspace({ template })).as();
    const { rows, matched } = await ada.entities.list({ type: 'team', search, limit: 1000 });
    const words = search.toLowerCase().split(' ');
    const plain = (title: string): string => title.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
    const expected = (await live(ada)).filter(({ title }) =>
      words.every((word) => plain(title).includes(word)),
    );
    expect(rows.map(({ id }) => id).toSorted()).toEqual(expected.map(({ id }) => id).toSorted());
    expect(matched).toBe(expected.length);
    expect(matched).toBeLessThanOrEqual(most);
  });
});

/** What a sort compares, and how: numbers, then text without regard to the case of a to z; nothing last, both ways. */
function compare(left: Json, right: Json, sign: number): number {
  if (left === null || right === null) return Number(left === null) - Number(right === null);
  return sign * compareHeld(left, right);
}

function compareHeld(left: Json, right: Json): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  const plain = (value: Json): Buffer =>
    Buffer.from(`${value as string | number}`.replaceAll(/[A-Z]/g, (sign) => sign.toLowerCase()));
  return Buffer.compare(plain(left), plain(right));
}

const keyOf: Record<string, (record: EntityRecord) => Json> = {
  name: ({ title }) => title,
  size: (one) => field(one, 'size'),
  experience: (one) => field(one, 'experience'),
  discipline: (one) => field(one, 'discipline'),
  description: (one) => field(one, 'description'),
  created_at: ({ created_at }) => created_at,
  id: ({ id }) => id,
  university_id: ({ derived }) => derived['university_title'] ?? null,
  project_id: ({ derived }) => derived['project_title'] ?? null,
};

describe('sorting', () => {
  test.each(Object.keys(keyOf))('by %s, both ways', async (name) => {
    const ada = (await testWorkspace({ template })).as();
    const key = keyOf[name] as (record: EntityRecord) => Json;
    for (const [direction, sign] of [
      ['asc', 1],
      ['desc', -1],
    ] as const) {
      const { rows } = await ada.entities.list({
        type: 'team',
        sort: [{ field: name, direction }],
        limit: 1000,
      });
      // Empty text is nothing too.
      const keys = rows.map((row) => (key(row) === '' ? null : key(row)));
      expect(keys, direction).toEqual(keys.toSorted((a, b) => compare(a, b, sign)));
    }
  });

  test('without a sort they are sorted by name', async () => {
    const ada = (await testWorkspace({ template })).as();
    const titles = (await live(ada)).map(({ title }) => title);
    expect(titles).toEqual(titles.toSorted(compareHeld));
  });

  test('an unknown field is refused by its name', async () => {
    const ada = (await testWorkspace({ template })).as();
    const sort: Sort[] = [{ field: 'nope', direction: 'asc' }];
    expect((await refused('INVALID', ada.entities.list({ type: 'team', sort }))).data.issues[0]?.path).toBe(
      'nope',
    );
  });
});

test('a middle page is correct, also as the first request of the list', async () => {
  const ada = (await testWorkspace({ template })).as();
  const { rows, offset } = await ada.entities.list({ type: 'team', offset: 20, limit: 5 });
  expect(offset).toBe(20);
  expect(rows.map(({ id }) => id)).toEqual((await live(ada)).slice(20, 25).map(({ id }) => id));
});

test('any page is a slice of the whole list, whatever the filters and sorts', async () => {
  const sort = fc.array(
    fc.record({
      field: fc.constantFrom(...Object.keys(keyOf)),
      direction: fc.constantFrom<Sort['direction'][]>('asc', 'desc'),
    }),
    { maxLength: 3 },
  );
  const filters = fc.constantFrom<Filter[][]>(
    [],
    [{ field: 'size', op: 'gte', value: 5 }],
    [{ field: 'discipline', op: 'empty' }],
  );
  const wanted = fc.record({
    sort,
    filters,
    search: fc.constantFrom('', 'a'),
    deleted: fc.constantFrom<('without' | 'only' | 'with')[]>('without', 'only', 'with'),
    offset: fc.nat({ max: 70 }),
    limit: fc.nat({ max: 30 }),
  });
  await withWorkspace(template, async (workspace) => {
    const ada = workspace.as();
    await fc.assert(
      fc.asyncProperty(wanted, async ({ offset, limit, ...list }) => {
        const whole = await ada.entities.list({ type: 'team', ...list, limit: 1000 });
        const page = await ada.entities.list({ type: 'team', ...list, offset, limit });
        expect(page.rows).toEqual(whole.rows.slice(offset, offset + limit));
        expect(page).toMatchObject({ matched: whole.rows.length, total: whole.total, offset });
      }),
      { numRuns: lawRuns(120) },
    );
  });
});

describe('counts', () => {
  test('live and deleted records are distinguished', async () => {
    const ada = (await testWorkspace({ template })).as();
    const sizes = await Promise.all(
      (['without', 'only', 'with'] as const).map(async (deleted) =>
        ada.entities.list({ type: 'team', deleted, limit: 0 }),
      ),
    );
    expect(sizes.map(({ matched }) => matched)).toEqual([51, 9, 60]);
    expect(sizes.every(({ rows }) => rows.length === 0)).toBe(true);
    expect((await ada.entities.counts({})).teams).toBe(51);
    expect((await ada.entities.counts({ deleted: 'only' })).teams).toBe(9);
    expect(await ada.entities.counts({})).toMatchObject({ universities: 2, projects: 1, students: 0 });
  });

  test('a list is counted again after every change, also by others', async () => {
    const workspace = await testWorkspace({ template });
    const other = await workspace.another();
    const count = async (): Promise<number> =>
      (await workspace.as().entities.list({ type: 'team', offset: 3 })).matched;
    expect(await count()).toBe(51);
    await other.client(other.session()).entities.remove({ type: 'team', id: 't01' });
    expect(await count()).toBe(50);
    await workspace.as().entities.create({ type: 'team', data: { name: 'New' } });
    expect(await count()).toBe(51);
  });

  test('the values of a field come with their counts, most frequent first', async () => {
    const ada = (await testWorkspace({ template })).as();
    const rows = await live(ada);
    const values = await ada.entities.values({ type: 'team', field: 'discipline' });
    expect(values.reduce((sum, { count }) => sum + count, 0)).toBe(rows.length);
    for (const { value, count } of values)
      expect(rows.filter((one) => field(one, 'discipline') === value)).toHaveLength(count);
    expect(values.map(({ count }) => count)).toEqual(
      values.map(({ count }) => count).toSorted((a, b) => b - a),
    );
  });
});
