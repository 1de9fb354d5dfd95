import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MergedRecords } from '#shared/contract/merge.ts';
import { referencedIds } from '#shared/domain/references.ts';
import { entityTypes } from '#shared/domain/types.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { exportTo, importFile, stateOf, verified } from '#test/core/transfer/workspace.ts';
import { bringText } from '#test/core/transfer/sheet/support.ts';
import { refused } from '#test/support/refusal.ts';
import { sampleTemplate } from '#test/support/sample.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { hashTables } from '#test/support/table-hash.ts';
import { testWorkspace } from '#test/support/workspace.ts';
import type { Client, TestWorkspace } from '#test/support/workspace.ts';

const teams = ['Avionics', 'Thermal', 'Optics 1'];
const people = Array.from({ length: 15 }, (_, at) => `Person ${String.fromCodePoint(65 + at)}`);

/** What each device imports: 3 teams, 15 students and 11 links of one university. */
async function importRoster(client: Client): Promise<void> {
  await client.entities.create({
    type: 'university',
    id: undefined,
    data: { name: 'North State University' },
  });
  const rows = (lines: readonly string[]): string => `${lines.join('\n')}\n`;
  await bringText(
    { client },
    rows([
      'Team\tUniversity\tDiscipline',
      ...teams.map((name) => `${name}\tNorth State University\tsoftware`),
    ]),
    { type: 'team' },
  );
  await bringText(
    { client },
    rows([
      'Student\tTeam\tUniversity\tE-Mail',
      ...people.map((name, at) => `${name}\t${teams[at % 3]}\tNorth State University\t${at}@north.edu`),
    ]),
    { type: 'student' },
  );
  const ids = new Map([...(await stateOf({ client }))].map(([id, { payload }]) => [payload['name'], id]));
  for (let at = 0; at < 11; at++)
    await client.entities.create({
      type: 'interface',
      data: {
        from: ids.get(people[at] ?? '') ?? '',
        to: ids.get(people[at + 1] ?? '') ?? '',
        bond_type: 'codified-moderate',
        bearers: [ids.get(people[at] ?? '') ?? ''],
      },
    });
}

async function universityIds(client: Client): Promise<[string, string]> {
  const { rows } = await client.entities.list({ type: 'university' });
  return rows.map(({ id }) => id).toSorted() as [string, string];
}

/** A workspace with the roster of two devices: its own, and that of the other by its export. */
async function doubledWorkspace(): Promise<TestWorkspace> {
  const [workspace, other] = [await testWorkspace({ seed: 3 }), await testWorkspace({ seed: 900 })];
  await importRoster(workspace.as());
  await importRoster(other.as());
  const path = join(workspace.folder, '..', 'other.json');
  await exportTo({ core: other.core, client: other.as() }, path);
  await importFile({ core: workspace.core, client: workspace.as() }, path, {
    force: true,
    options: { universities: 'new' },
  });
  return workspace;
}

const counts = async (client: Client): Promise<Record<string, number>> => {
  const result: Record<string, number> = {};
  for (const { type } of (await stateOf({ client })).values()) result[type] = (result[type] ?? 0) + 1;
  return result;
};

const merge = async (
  client: Client,
  input: Partial<Parameters<Client['entities']['merge']>[0]> = {},
): Promise<MergedRecords> => {
  const [keep, other] = await universityIds(client);
  return resultOf(
    await client.entities.merge({ type: 'university', keep, others: [other], contents: true, ...input }),
  );
};

/** The records without their ids, so that two devices can be compared. */
async function namedState(client: Client): Promise<unknown[]> {
  const state = await stateOf({ client });
  const title = (id: unknown): unknown => state.get(String(id))?.payload['name'] ?? id;
  return [...state.values()]
    .map(({ type, payload }) =>
      JSON.stringify([
        entityTypes.indexOf(type),
        Object.entries(payload)
          .map(([field, value]) => [field, Array.isArray(value) ? value.map(title) : title(value)])
          .toSorted(([a], [b]) => String(a).localeCompare(String(b))),
      ]),
    )
    .toSorted();
}

const before = { universities: 2, teams: 6, students: 30, interfaces: 22 };
const after = { universities: 1, teams: 3, students: 15, interfaces: 11 };

test('a roster that two devices imported is proposed and merged as one change, and proposed no more', async () => {
  const workspace = await doubledWorkspace();
  const client = workspace.as();
  expect(await counts(client)).toEqual({ university: 2, team: 6, student: 30, interface: 22 });
  const hash = hashTables(workspace.files.live);
  const doubled = await stateOf({ client });
  const { pairs, count } = await client.entities.duplicates({});
  expect({ count, contents: pairs[0]?.contents }).toEqual({
    count: 1,
    contents: { before, after, ambiguous: 0 },
  });
  expect((await client.entities.duplicates({ type: 'student' })).pairs).toMatchObject([
    { type: 'university' },
  ]);
  const preview = await merge(client, { dry: true });
  expect(preview).toMatchObject({ op_id: null, problems: [], contents: { before, after, ambiguous: [] } });
  expect(preview.contents?.pairs).toHaveLength(30);
  expect(preview.contents?.pairs.flatMap(({ differences }) => differences)).toEqual([]);
  expect(hashTables(workspace.files.live)).toBe(hash);

  const merged = await merge(client, { seen: preview.head });
  expect(merged.op_id).not.toBeNull();
  const single = await testWorkspace({ seed: 40 });
  await importRoster(single.as());
  expect(await namedState(client)).toEqual(await namedState(single.as()));
  expect((await verified({ client })).ok).toBe(true);
  expect(await client.entities.duplicates({})).toEqual({ pairs: [], count: 0 });

  await client.history.undo({});
  expect(await stateOf({ client })).toEqual(doubled);
  expect((await verified({ client })).ok).toBe(true);
});

test('the sample has no universities to merge', async () => {
  const client = (await testWorkspace({ template: await sampleTemplate() })).as();
  const { pairs } = await client.entities.duplicates({});
  expect(pairs.filter(({ contents }) => contents !== null)).toEqual([]);
});

/** Two universities with a team each, and what a test adds to them. */
async function twoUniversities(): Promise<{ workspace: TestWorkspace; client: Client }> {
  const workspace = await testWorkspace();
  const client = workspace.as();
  for (const side of ['a', 'b']) {
    await client.entities.create({ type: 'university', id: side, data: { name: 'North State' } });
    await client.entities.create({
      type: 'team',
      id: `${side}-team`,
      data: { name: 'Avionics', university_id: side },
    });
  }
  return { workspace, client };
}

const student = (client: Client, id: string, data: JsonObject) =>
  client.entities.create({
    type: 'student',
    id,
    data: { name: 'Ada Novak', university_id: id.charAt(0), team_id: `${id.charAt(0)}-team`, ...data },
  });

const idsOf = async (client: Client, type: 'student' | 'interface'): Promise<string[]> =>
  (await client.entities.list({ type })).rows.map(({ id }) => id).toSorted();

test('people of one name on a side are not merged, and stay proposals of their own', async () => {
  const { client } = await twoUniversities();
  for (const id of ['a1', 'a2', 'b1', 'b2']) await student(client, id, {});
  const { contents } = await merge(client);
  expect(contents).toMatchObject({
    after: { universities: 1, teams: 1 },
    ambiguous: [{ type: 'student', title: 'Ada Novak', count: 4 }],
  });
  expect(await idsOf(client, 'student')).toEqual(['a1', 'a2', 'b1', 'b2']);
  const teamsOfStudents = (await client.entities.list({ type: 'student' })).rows.map(
    ({ payload }) => payload.team_id,
  );
  expect(new Set(teamsOfStudents)).toEqual(new Set(['a-team']));
  expect((await client.entities.duplicates({})).count).toBe(6);
});

test('people of one name are told apart by e-mail address or number, also with one on each side', async () => {
  const { client } = await twoUniversities();
  await student(client, 'a1', { Email: 'ada@north.edu' });
  await student(client, 'a2', { Email: 'novak@north.edu' });
  await student(client, 'b1', { Email: 'novak@north.edu' });
  await student(client, 'b2', { Email: 'ada@north.edu' });
  await student(client, 'a3', { name: 'Ben Krog', Number: 1234 });
  await student(client, 'b3', { name: 'Ben Krog', Number: 9999 });
  const { contents } = await merge(client);
  const pairs = contents?.pairs.filter(({ type }) => type === 'student') ?? [];
  expect(pairs.map(({ keep, other }) => [keep.id, other.id])).toEqual([
    ['a2', 'b1'],
    ['a1', 'b2'],
  ]);
  expect(contents?.ambiguous).toEqual([{ type: 'student', title: 'Ben Krog', count: 2 }]);
  expect(await idsOf(client, 'student')).toEqual(['a1', 'a2', 'a3', 'b3']);
});

test('kept values stay, missing ones are filled, lists are united, and each lost value is listed', async () => {
  const { client } = await twoUniversities();
  await client.entities.create({ type: 'team', id: 'a-x', data: { name: 'Power', university_id: 'a' } });
  await client.entities.create({ type: 'team', id: 'b-x', data: { name: 'Optics', university_id: 'b' } });
  await student(client, 'a1', { terms_remaining: 3, other_team_ids: ['a-x'] });
  await student(client, 'b1', {
    terms_remaining: 5,
    expertise_area: 'RF',
    other_team_ids: ['b-x'],
    team_id: 'b-x',
  });
  await student(client, 'a2', { name: 'Ben Krog' });
  await student(client, 'b2', { name: 'Krog, Ben' });
  for (const side of ['a', 'b'])
    await client.entities.create({
      type: 'interface',
      id: `${side}-link`,
      data: { from: `${side}1`, to: `${side}2`, energy_loss: side === 'a' ? 5 : 60, bearers: [`${side}2`] },
    });
  const loose = { name: 'Notes', university_id: 'b', record_ids: ['b-link', 'b1'] };
  await client.entities.create({ type: 'document', id: 'd', data: loose });
  const { contents } = await merge(client);
  expect(contents?.pairs.filter(({ differences }) => differences.length > 0)).toMatchObject([
    {
      other: { id: 'b1' },
      differences: [
        { field: 'team_id', kept: 'Avionics', dropped: 'Optics' },
        { field: 'terms_remaining', kept: 3, dropped: 5 },
      ].toSorted((a, b) => a.field.localeCompare(b.field)),
    },
    { other: { id: 'b2' }, differences: [{ field: 'name', kept: 'Ben Krog', dropped: 'Krog, Ben' }] },
    { other: { id: 'b-link' }, differences: [{ field: 'energy_loss', kept: 5, dropped: 60 }] },
  ]);
  const { payload } = await client.entities.get({ type: 'student', id: 'a1' });
  expect(payload).toMatchObject({
    terms_remaining: 3,
    expertise_area: 'RF',
    team_id: 'a-team',
    other_team_ids: ['a-x', 'b-x'],
  });
  expect(await idsOf(client, 'interface')).toEqual(['a-link']);
  const document = await client.entities.get({ type: 'document', id: 'd' });
  expect(document.payload).toMatchObject({ university_id: 'a', record_ids: ['a-link', 'a1'] });
});

test('links of another kind or with an end without a match stay, and pairs can be left out', async () => {
  const { client } = await twoUniversities();
  for (const id of ['a1', 'b1', 'a2', 'b2']) await student(client, id, { name: `Person ${id.charAt(1)}` });
  await student(client, 'b3', { name: 'Only here' });
  for (const [id, from, to, interface_type] of [
    ['la', 'a1', 'a-team', 'one'],
    ['lb', 'b1', 'b-team', 'two'],
    ['ma', 'a1', 'a2', 'one'],
    ['mb', 'b1', 'b2', 'one'],
    ['nb', 'b3', 'b1', 'one'],
  ] as const)
    await client.entities.create({ type: 'interface', id, data: { from, to, interface_type } });
  const preview = await merge(client, { dry: true, except: ['b2'] });
  expect(preview.contents?.pairs.filter(({ included }) => !included)).toMatchObject([
    { keep: { id: 'a2' }, other: { id: 'b2' } },
  ]);
  expect(preview.contents?.after).toEqual({ universities: 1, teams: 1, students: 1 });
  await merge(client, { except: ['b2'] });
  expect(await idsOf(client, 'student')).toEqual(['a1', 'a2', 'b2', 'b3']);
  expect(await idsOf(client, 'interface')).toEqual(['la', 'lb', 'ma', 'mb', 'nb']);
  const { payload } = await client.entities.get({ type: 'interface', id: 'nb' });
  expect(payload).toMatchObject({ from: 'b3', to: 'a1' });
});

test('three universities are merged at once', async () => {
  const { client } = await twoUniversities();
  await client.entities.create({ type: 'university', id: 'c', data: { name: 'North State' } });
  await client.entities.create({
    type: 'team',
    id: 'c-team',
    data: { name: 'Avionics', university_id: 'c' },
  });
  await student(client, 'b1', {});
  await student(client, 'c1', {});
  const { contents } = await merge(client, { keep: 'a', others: ['b', 'c'] });
  expect(contents).toMatchObject({
    before: { universities: 3, teams: 3, students: 2 },
    after: { universities: 1, teams: 1, students: 1 },
  });
  const { payload } = await client.entities.get({ type: 'student', id: 'b1' });
  expect(payload).toMatchObject({ university_id: 'a', team_id: 'a-team' });
});

test('an editor of another university is refused, and so is a merge of records that changed meanwhile', async () => {
  const { workspace, client } = await twoUniversities();
  await workspace.as().workspace.createProfile({ name: 'Edi', role: 'editor', university_id: 'a' });
  await refused('FORBIDDEN', merge(workspace.as('Edi')));
  const forbidden = await merge(workspace.as('Edi'), { dry: true });
  expect(forbidden.problems).toMatchObject([{ code: 'forbidden' }]);
  const { head } = await merge(client, { dry: true });
  await client.entities.update({ type: 'team', id: 'b-team', data: { size: 4 } });
  await refused('MOVED_ON', merge(client, { seen: head }));
  expect((await universityIds(client)).length).toBe(2);
});

test('no field names a merged record, each record is merged at most once, and undo restores exactly', async () => {
  const person = fc.record({
    side: fc.constantFrom('a', 'b', 'c'),
    name: fc.constantFrom('Ada', 'Ben', 'Cleo', 'Dan'),
  });
  const people = fc.array(person, { minLength: 2, maxLength: 8 });
  const ends = fc.array(fc.tuple(fc.nat(7), fc.nat(7), fc.constantFrom(5, 60)), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(people, ends, fc.subarray([0, 1, 2, 3, 4, 5]), async (drawn, links, left) => {
      const { workspace, client } = await twoUniversities();
      await client.entities.create({ type: 'university', id: 'c', data: { name: 'North State' } });
      const ids = drawn.map(({ side }, at) => `${side}${at}`);
      for (const [at, { name, side }] of drawn.entries())
        await student(client, `${side}${at}`, { name, team_id: side === 'c' ? 'a-team' : `${side}-team` });
      for (const [at, [one, other, energy_loss]] of links.entries()) {
        const [from, to] = [ids[one % ids.length] ?? '', ids[other % ids.length] ?? ''];
        if (from === to) continue;
        await client.entities.create({
          type: 'interface',
          id: `link-${at}`,
          data: { from, to, energy_loss, bearers: [to] },
        });
        await client.entities.create({
          type: 'comment',
          data: { record_id: `link-${at}`, text: 'x', university_id: null },
        });
      }
      const before = await stateOf({ client });
      const except = left.map((at) => ids[at] ?? '').filter((id) => id !== '');
      const { contents } = await merge(client, { keep: 'a', others: ['b', 'c'], except });
      const after = await stateOf({ client });
      const merged = contents?.pairs.filter(({ included }) => included).map(({ other }) => other.id) ?? [];
      expect(new Set(merged).size).toBe(merged.length);
      const stored = JSON.stringify([...after]);
      for (const id of merged) expect(stored).not.toContain(JSON.stringify(id));
      for (const { payload } of after.values())
        for (const field of ['from', 'to', 'bearers', 'team_id', 'university_id'])
          for (const id of referencedIds(payload[field])) expect(after.has(id)).toBe(true);
      await client.history.undo({});
      expect(await stateOf({ client })).toEqual(before);
      expect((await workspace.verify()).ok).toBe(true);
    }),
    { numRuns: 12 },
  );
});
