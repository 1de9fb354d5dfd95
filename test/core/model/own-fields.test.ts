import { fc, test } from '@fast-check/vitest';
import { beforeEach, describe, expect, it } from 'vitest';
import { fieldExpression } from '#core/model/filters.ts';
import { shapeExpression, displayExpression } from '#core/model/custom-fields.ts';
import type { Json } from '#shared/domain/json.ts';
import { isCustomName, customKindOf, customFieldKey, customSortValue } from '#shared/domain/custom-fields.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { Client, TestWorkspace } from '#test/support/workspace.ts';
import { codePoint } from '#test/support/code-points.ts';

const rows = [
  { id: 't1', name: 'Power', Phase: 'Build', Budget: 900, Room: '12', Flown: true, links: 'none' },
  { id: 't2', name: 'Radio', Phase: 'test', Budget: 1200, Room: '101', Flown: false },
  { id: 't3', name: 'Thermal', Phase: 'Archive', Budget: 80.5, Room: '9' },
  { id: 't4', name: 'Payload' },
];

const template = await makeTemplate(async (workspace) => {
  for (const { id, ...data } of rows) await workspace.as().entities.create({ type: 'team', id, data });
});

let workspace: TestWorkspace;
let ada: Client;
beforeEach(async () => {
  workspace = await testWorkspace({ template });
  ada = workspace.as();
});

const ids = async (asked: object): Promise<string[]> =>
  (await ada.entities.list({ type: 'team', ...asked })).rows.map(({ id }) => id);
const sorted = (field: string, direction: 'asc' | 'desc' = 'asc') => ids({ sort: [{ field, direction }] });

const names = fc
  .oneof(
    fc.string({ unit: codePoint }),
    fc.constantFrom('a "b"', 'a\\b', "a'b", '$.x', '[0]', 'a.b', '\n', 'ü🛰', '"'),
  )
  .filter((name) => isCustomName('team', name));
const plainValues = fc.oneof(
  fc.string({ unit: codePoint }).filter((text) => text.isWellFormed() && !text.includes('\0')),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer().map(String),
  fc.boolean(),
  fc.constantFrom(null, '007', '-0', '12.50', '', '9007199254740993'),
);

test.prop([names, plainValues])('SQLite reads a custom field of any name as we do', (name, value) => {
  const { read } = workspace.core.services;
  const payload = JSON.stringify({ name: 'Power', [name]: value, size: 3 });
  const get = (expression: string): unknown =>
    read.get<{ value: unknown }>(`SELECT ${expression} AS value FROM (SELECT ? AS payload) r`, [payload])
      ?.value;
  const field = customFieldKey(name);
  expect(get(fieldExpression('team', field))).toEqual(zeroed(customSortValue(value)));
  expect(get(displayExpression('team', field) ?? '')).toEqual(
    typeof value === 'boolean' ? String(value) : zeroed(customSortValue(value)),
  );
  const kind = customKindOf(value);
  const shape = get(shapeExpression('team'));
  expect(shape).toEqual(kind === null ? null : JSON.stringify([[name, kind]]));
});

/** SQLite knows no -0. */
const zeroed = (value: Json): Json => (value === 0 ? 0 : value);

describe('custom fields', () => {
  it('are found with the kind of their values, by name, and only while a live record has them', async () => {
    expect(await ada.entities.customFields({ type: 'team' })).toEqual([
      { name: 'Budget', kind: 'number' },
      { name: 'Flown', kind: 'boolean' },
      { name: 'links', kind: 'text' },
      { name: 'Phase', kind: 'text' },
      { name: 'Room', kind: 'number' },
    ]);
    expect(await ada.entities.customFields({ type: 'student' })).toEqual([]);
    await ada.entities.remove({ type: 'team', id: 't1' });
    await ada.entities.update({
      type: 'team',
      id: 't2',
      unset: ['Flown'],
      data: { Room: 'B-101', Tags: ['a'] },
    });
    expect(await ada.entities.customFields({ type: 'team' })).toEqual([
      { name: 'Budget', kind: 'number' },
      { name: 'Phase', kind: 'text' },
      { name: 'Room', kind: 'text' },
      { name: 'Tags', kind: 'json' },
    ]);
  });

  it('sort numbers as numbers, also as text, words ignoring case, and empty values last', async () => {
    expect(await sorted('own:Budget')).toEqual(['t3', 't1', 't2', 't4']);
    expect(await sorted('own:Room', 'desc')).toEqual(['t2', 't1', 't3', 't4']);
    expect(await sorted('own:Phase')).toEqual(['t3', 't1', 't2', 't4']);
  });

  it('differ from a declared or derived field of the same name', async () => {
    expect(await ids({ filters: [{ field: 'own:links', op: 'is', value: 'none' }] })).toEqual(['t1']);
    await expect(ids({ filters: [{ field: 'own:name', op: 'not_empty' }] })).rejects.toThrow(/own:name/);
    await expect(sorted('own:')).rejects.toThrow(/own:/);
  });

  it('filter: by literal value, at least, booleans, a part, empty', async () => {
    const found = (op: string, field: string, value?: unknown) =>
      ids({
        filters: [{ field: `own:${field}`, op, ...(value === undefined ? {} : { value }) }],
        sort: [{ field: 'id', direction: 'asc' }],
      });
    expect(await found('is', 'Room', '101')).toEqual(['t2']);
    expect(await found('is', 'Room', 101)).toEqual(['t2']);
    expect(await found('gte', 'Room', 12)).toEqual(['t1', 't2']);
    expect(await found('gte', 'Phase', 12)).toEqual([]);
    expect(await found('contains', 'Room', '1')).toEqual(['t1', 't2']);
    expect(await found('is', 'Flown', false)).toEqual(['t2']);
    expect(await found('in', 'Phase', ['Build', 'test'])).toEqual(['t1', 't2']);
    expect(await found('contains', 'Phase', 'ARCH')).toEqual(['t3']);
    await ada.entities.update({ type: 'team', id: 't3', data: { Room: '0.11' } });
    await ada.entities.update({ type: 'team', id: 't4', data: { Room: '0.10' } });
    expect(await found('contains', 'Room', '0.10')).toEqual(['t4']);
    expect(await found('is', 'Room', '0.10')).toEqual(['t4']);
    expect(
      await ids({ deleted: 'only', filters: [{ field: 'own:Room', op: 'contains', value: '0.10' }] }),
    ).toEqual([]);
    await ada.entities.remove({ type: 'team', id: 't3' });
    expect(
      await ids({ deleted: 'only', filters: [{ field: 'own:Room', op: 'contains', value: '0.10' }] }),
    ).toEqual([]);
    expect(await found('empty', 'Phase')).toEqual(['t4']);
    expect(await found('not_empty', 'gone for long')).toEqual([]);
  });

  it('of days are dates, in the order of the calendar, as long as most values are', async () => {
    const days = { t1: '2025-03-15', t2: '2024-12-01', t3: '2025-01-02' };
    for (const [id, Start] of Object.entries(days))
      await ada.entities.update({ type: 'team', id, data: { Start } });
    const kindOf = async () =>
      (await ada.entities.customFields({ type: 'team' })).find(({ name }) => name === 'Start')?.kind;
    expect(await kindOf()).toBe('date');
    expect(await sorted('own:Start')).toEqual(['t2', 't3', 't1', 't4']);
    const since = { filters: [{ field: 'own:Start', op: 'gte', value: '2025-01-01' }] };
    expect(new Set(await ids(since))).toEqual(new Set(['t1', 't3']));
    await ada.entities.update({ type: 'team', id: 't4', data: { Start: 'soon' } });
    expect(await kindOf()).toBe('date');
    await ada.entities.update({ type: 'team', id: 't3', data: { Start: '45292' } });
    expect(await kindOf()).toBe('text');
  });

  it('list their values, group, and are summarised', async () => {
    expect(await ada.entities.values({ type: 'team', field: 'own:Flown' })).toEqual([
      { value: null, count: 2 },
      { value: false, count: 1 },
      { value: true, count: 1 },
    ]);
    const { groups } = await ada.entities.groups({
      type: 'team',
      by: 'own:Flown',
      summaries: [
        { field: 'own:Budget', of: 'sum' },
        { field: 'own:Room', of: 'max' },
        { field: 'own:Phase', of: 'mean' },
      ],
    });
    expect(groups).toEqual([
      { value: false, title: null, count: 1, summaries: [1200, 101, null] },
      { value: true, title: null, count: 1, summaries: [900, 12, null] },
      { value: null, title: null, count: 2, summaries: [80.5, 9, null] },
    ]);
  });

  it('are edited in many filtered records, in one undoable change', async () => {
    const which = {
      kind: 'matching' as const,
      filters: [{ field: 'own:Budget', op: 'gte' as const, value: 900 }],
    };
    for await (const _ of await ada.entities.setFields({ type: 'team', which, data: { Phase: 'Done' } }));
    expect(await ids({ filters: [{ field: 'own:Phase', op: 'is', value: 'Done' }] })).toEqual(['t1', 't2']);
    await ada.history.undo({});
    expect(await ids({ filters: [{ field: 'own:Phase', op: 'is', value: 'Build' }] })).toEqual(['t1']);
  });

  it('are read ahead in steps; writes in between are not missed', async () => {
    const { columns } = workspace.core.services;
    const steps = columns.warmUp();
    for (let step = 0; step < 30; step += 1) steps.next();
    await ada.entities.update({ type: 'team', id: 't4', data: { Late: 1 } });
    for (const _ of steps);
    const names = (await ada.entities.customFields({ type: 'team' })).map(({ name }) => name);
    expect(names).toEqual(['Budget', 'Flown', 'Late', 'links', 'Phase', 'Room']);
  });
});
