import { fc } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import type { Filter, Sort } from '#shared/contract/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import { defaultSort } from '#shared/domain/order.ts';
import { compareCustomNames, isCustomName, customKindOf } from '#shared/domain/custom-fields.ts';
import type { CustomField, CustomKind } from '#shared/domain/custom-fields.ts';
import { tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { visibleCondition } from '#core/kernel/db/schema.ts';
import { orderExpression, whereExpression } from '#core/model/filters.ts';
import { makeTemplate, testWorkspace, withWorkspace } from '#test/support/workspace.ts';
import type { Client, TestWorkspace } from '#test/support/workspace.ts';
import { lawRuns } from '#test/support/law-runs.ts';

const names = ['Avionics', 'avionics', 'Énergie', '100 %', 'a_b', 'Ärger', 'zeta', 'Øst', 'ost', 'Öst', ''];
const disciplines = ['software', 'ground', null, 'électrique', ''];

/** Own fields as files bring them: words, figures as numbers and as text, yes and no, all of them in one field, lists. */
const costs = [1200, '12.50', 'n/a', '007', true, 1200.5, '', ['a', 1]];

/** Days, and what stands among them. */
const starts = ['2024-01-15', '2024-02-30', '1 Sep 2024', '2023-05-01', '45292', 'Fall 2024', ''];

const template = await makeTemplate(async (workspace) => {
  const ada = workspace.as();
  for (const [id, name] of [
    ['u1', 'Zeta'],
    ['u2', 'alpha'],
    ['u3', 'Älpler'],
  ] as const)
    await ada.entities.create({ type: 'university', id, data: { name } });
  for (let index = 0; index < 24; index += 1) await makeTeam(ada, index);
  for (let index = 0; index < 20; index += 1) await makeLink(ada, index);
});

function ownOf(index: number): Record<string, Json> {
  return {
    ...(index % 3 === 0 ? {} : { Phase: ['Build', 'build', 'Éclair', 'Test'][index % 4] as string }),
    ...(index % 4 === 1 ? {} : { Cost: costs[index % costs.length] as Json }),
    ...(index % 7 === 2 ? {} : { Start: starts[index % starts.length] as string }),
    ...(index % 5 === 0 ? { Flown: index % 2 === 0, 'a "b" \\ c': index } : {}),
  };
}

function makeTeam(client: Client, index: number): Promise<unknown> {
  const data = {
    name: `${names[index % 10] as string} ${index % 4}`,
    university_id: ['u1', 'u2', 'u3', null][index % 4] ?? null,
    discipline: disciplines[index % 5] ?? null,
    size: 1 + ((index * 7) % 5),
    experience: index % 6 === 0 ? null : index % 3,
    ...ownOf(index),
    ...(index % 5 === 0 ? { description: index % 10 ? 'Some text' : '' } : {}),
  };
  return client.entities.create({ type: 'team', id: `t${index}`, data });
}

function makeLink(client: Client, index: number): Promise<unknown> {
  const [from, to] = [`t${index % 24}`, `t${(index * 5 + 1) % 24}`];
  const data = {
    from,
    to: from === to ? 'u1' : to,
    energy_loss: (index * 13) % 40,
    bond_type: 'codified-strong',
  };
  return client.entities.create({ type: 'interface', id: `l${index}`, data });
}

const value = fc.oneof(
  fc.constantFrom(
    'software',
    'ground',
    'u1',
    'u2',
    't3',
    'Avionics 1',
    'a',
    'é',
    '%',
    '',
    '3',
    '12.5',
    'Build',
    'n/a',
    '007',
    '2024-01-01',
    '2024-02-30',
  ),
  fc.integer({ min: 0, max: 6 }),
  fc.constantFrom(1200, 12.5),
  fc.boolean(),
);
const teamField = fc.constantFrom(
  'name',
  'university_id',
  'discipline',
  'size',
  'experience',
  'description',
  'created_at',
  'project_id',
  'id',
  'own:Phase',
  'own:Cost',
  'own:Flown',
  'own:Start',
  'own:a "b" \\ c',
  'own:nobody has it',
);
const linkField = fc.constantFrom('from', 'to', 'energy_loss', 'bond_type', 'updated_at');
const filterOf = (field: fc.Arbitrary<string>): fc.Arbitrary<Filter> =>
  fc.oneof(
    fc.record({ field, op: fc.constantFrom('empty' as const, 'not_empty' as const) }),
    fc.record({ field, op: fc.constantFrom('is' as const, 'is_not' as const), value: fc.option(value) }),
    fc.record({ field, op: fc.constantFrom('contains' as const, 'gte' as const, 'lte' as const), value }),
    fc.record({ field, op: fc.constant('in' as const), value: fc.array(value, { maxLength: 3 }) }),
  );
const question = fc
  .constantFrom(['team', teamField] as const, ['interface', linkField] as const)
  .chain(([type, field]) =>
    fc.record({
      type: fc.constant<EntityType>(type),
      filters: fc.array(filterOf(field), { maxLength: 2 }),
      search: fc.constantFrom('', 'a', 'AVI', 'é 1', 'zeta', 'a_', '100 %'),
      sort: fc.array(fc.record({ field, direction: fc.constantFrom('asc' as const, 'desc' as const) }), {
        maxLength: 3,
      }),
    }),
  );
type Question = typeof question extends fc.Arbitrary<infer Q> ? Q : never;

/** Something that changes what the answer is; `k` says which record. */
const deed = fc.record({
  kind: fc.constantFrom(
    'rename',
    'resize',
    'remove',
    'restore',
    'create',
    'link',
    'elsewhere',
    'own',
    'no-own',
    'rename-university',
    'remove-university',
    'restore-university',
  ),
  k: fc.nat({ max: 23 }),
});

async function act(workspace: TestWorkspace, { kind, k }: { kind: string; k: number }): Promise<void> {
  const ada = workspace.as();
  const id = `t${k}`;
  const quietly = (work: Promise<unknown>): Promise<unknown> => work.catch(() => undefined);
  if (kind === 'rename')
    await quietly(
      ada.entities.update({ type: 'team', id, data: { name: `${names[k % 10] as string} new` } }),
    );
  if (kind === 'resize')
    await quietly(ada.entities.update({ type: 'team', id, data: { size: k + 1 }, unset: ['experience'] }));
  if (kind === 'own') await quietly(ada.entities.update({ type: 'team', id, data: ownOf(k + 7) }));
  if (kind === 'no-own') await quietly(ada.entities.update({ type: 'team', id, unset: ['Cost', 'Phase'] }));
  if (kind === 'remove') await quietly(ada.entities.remove({ type: 'team', id }));
  if (kind === 'restore') await quietly(ada.entities.restore({ type: 'team', id }));
  if (kind === 'create')
    await ada.entities.create({ type: 'team', data: { name: 'Brand new', size: k + 1 } });
  if (kind === 'link')
    await quietly(ada.entities.create({ type: 'interface', data: { from: id, to: 'u2' } }));
  if (kind === 'rename-university')
    await quietly(ada.entities.update({ type: 'university', id: 'u1', data: { name: `Uni ${k}` } }));
  const university = { type: 'university' as const, id: `u${(k % 3) + 1}` };
  if (kind === 'remove-university')
    await quietly(ada.entities.remove({ ...university, with_contents: true }));
  if (kind === 'restore-university') await quietly(ada.entities.restore(university));
  if (kind === 'elsewhere') {
    const other = await workspace.another();
    await quietly(other.client(other.session()).entities.update({ type: 'team', id, data: { size: 40 } }));
  }
}

function sqliteOrder(workspace: TestWorkspace, type: EntityType, sort: readonly Sort[]): number[] {
  const { read, names: index } = workspace.core.services;
  index.refresh();
  const order = orderExpression(type, sort.length > 0 ? sort : defaultSort(type));
  return read.column(
    `SELECT r.rowid FROM ${tableOf[type]} r WHERE ${visibleCondition('r')} ORDER BY ${order}`,
  );
}

function sqliteMatching(workspace: TestWorkspace, { type, filters, search }: Question): number[] {
  const { read, names: index } = workspace.core.services;
  index.refresh();
  const where = whereExpression(type, { filters, search, deleted: 'without' }, () => null);
  return read.column(
    `SELECT r.rowid FROM ${tableOf[type]} r WHERE ${where.sql} ORDER BY r.rowid`,
    where.parameters,
  );
}

/** The own fields of the live teams, looked for in every one of them. */
async function ownThere(workspace: TestWorkspace): Promise<CustomField[]> {
  const { rows } = await workspace.as().entities.list({ type: 'team', limit: 1000 });
  const kinds = new Map<string, CustomKind[]>();
  for (const { payload } of rows) {
    for (const [name, value] of Object.entries(payload)) {
      const kind = isCustomName('team', name) ? customKindOf(value) : null;
      if (kind !== null) kinds.set(name, [...(kinds.get(name) ?? []), kind]);
    }
  }
  return [...kinds]
    .map(([name, all]): CustomField => {
      const [first = 'text'] = all;
      if (all.includes('json')) return { name, kind: 'json' };
      if (all.every((kind) => kind === first)) return { name, kind: first };
      // Mostly days: a word among them does not make the field a text.
      return { name, kind: all.filter((kind) => kind === 'date').length * 2 > all.length ? 'date' : 'text' };
    })
    .toSorted((a, b) => compareCustomNames(a.name, b.name));
}

test('the columns answer as SQLite does, whatever was changed in between and by whom', async () => {
  expect.hasAssertions();
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(question, fc.array(deed, { maxLength: 3 })), { minLength: 1, maxLength: 6 }),
      (story) =>
        withWorkspace(template, async (workspace) => {
          const { columns } = workspace.core.services;
          for (const [asked, deeds] of story) {
            const sort = asked.sort.length > 0 ? asked.sort : defaultSort(asked.type);
            // Where the columns have no answer, SQLite is asked anyway.
            const oracle = sqliteOrder(workspace, asked.type, sort);
            expect(columns.orderedRows(asked.type, sort) ?? oracle).toEqual(oracle);
            const matching = sqliteMatching(workspace, asked);
            expect(columns.matchingRows(asked) ?? matching).toEqual(matching);
            expect(columns.customFields('team')).toEqual(await ownThere(workspace));
            for (const one of deeds) await act(workspace, one);
          }
        }),
    ),
    { numRuns: lawRuns(60) },
  );
});

test('the most frequent requests of lists are answered by the columns, not by SQLite', async () => {
  const { columns } = (await testWorkspace({ template })).core.services;
  const filters: Filter[] = [
    { field: 'discipline', op: 'is', value: 'software' },
    { field: 'size', op: 'gte', value: 2 },
    { field: 'university_id', op: 'in', value: ['u1', 'u2'] },
    { field: 'own:Cost', op: 'gte', value: 12 },
  ];
  expect(columns.matchingRows({ type: 'team', filters, search: 'a' })).not.toBeNull();
  expect(columns.orderedRows('team', [{ field: 'university_id', direction: 'desc' }])).not.toBeNull();
  expect(columns.orderedRows('team', [{ field: 'own:Phase', direction: 'asc' }])).not.toBeNull();
  expect(columns.orderedRows('interface', [{ field: 'from', direction: 'asc' }])).not.toBeNull();
});

test('reading ahead reads every column that lists show, and changes no answer', async () => {
  const workspace = await testWorkspace({ template });
  const steps = [...workspace.core.warmUp()];
  expect(steps.length).toBeGreaterThan(30);
  const { columns } = workspace.core.services;
  const sort: Sort[] = [{ field: 'size', direction: 'desc' }];
  expect(columns.orderedRows('team', sort)).toEqual(sqliteOrder(workspace, 'team', sort));
});

test('an unknown field is refused by name', async () => {
  const { columns } = (await testWorkspace({ template })).core.services;
  const filters: Filter[] = [{ field: 'no_such', op: 'empty' }];
  expect(() => columns.matchingRows({ type: 'team', filters, search: '' })).toThrow(/no_such/);
  expect(() => columns.orderedRows('team', [{ field: 'no_such', direction: 'asc' }])).toThrow(/no_such/);
});

test('empty values come last in both directions, in the columns and in SQLite', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  const fields = ['discipline', 'university_id', 'experience', 'description', 'own:Phase', 'own:Cost'];
  for (const field of fields) {
    for (const direction of ['asc', 'desc'] as const) {
      const sort = [{ field, direction }];
      const { rows } = await ada.entities.list({ type: 'team', sort, limit: 100 });
      const empty = rows.map(({ payload }) =>
        ['', null].includes((payload[field.replace('own:', '')] ?? '') as ''),
      );
      expect(empty).toContain(true);
      expect(empty, `${field} ${direction}`).toEqual(empty.toSorted((a, b) => Number(a) - Number(b)));
      expect(workspace.core.services.columns.orderedRows('team', sort)).toEqual(
        sqliteOrder(workspace, 'team', sort),
      );
    }
  }
});
