import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { defaultsOf, fieldsOf } from '#shared/domain/entities.ts';
import type { Field } from '#shared/domain/entities.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { isCustomName } from '#shared/domain/custom-fields.ts';
import { idPrefix } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { isReferenceKind, canTarget, titlesKey } from '#shared/domain/references.ts';
import { vocabulary } from '#shared/domain/vocabulary.ts';
import type { CsvDelimiter, ListFormat } from '#shared/contract/export-list.ts';
import { sheetTypes } from '#shared/contract/sheets.ts';
import type { SheetType } from '#shared/contract/sheets.ts';
import { headingsByField } from '#core/model/interchange/heading-words.ts';
import { awaitResult } from '#renderer/api/stream.ts';
import { columnsOf } from '#renderer/features/records/columns.ts';
import { exportColumns, fileName } from '#renderer/features/export/exportList.tsx';
import { say, speak } from '#renderer/i18n/setup.ts';
import { fieldName, typeNames } from '#renderer/text/names.ts';
import { withWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';

/** What others refer to comes first. */
const order: readonly SheetType[] = [
  'university',
  'project',
  'organisation',
  'team',
  'faculty',
  'student',
  'outcome',
  'interface',
  'contact',
];

interface Made {
  type: SheetType;
  id: string;
  data: JsonObject;
}

const sign = fc.constantFrom(
  '=',
  '+',
  '-',
  '@',
  "'",
  '"',
  ',',
  ';',
  '{',
  '[',
  '.',
  '?',
  '\ufffd',
  'é',
  'ß',
  '🚀',
  'a',
  'b',
  '7',
);
const line = fc.string({ unit: sign, minLength: 1, maxLength: 8 });
const lines = fc.array(line, { minLength: 1, maxLength: 3 }).map((all) => all.join('\n'));
const notes = fc.oneof(
  fc.dictionary(line, fc.oneof(line, fc.integer(), fc.boolean(), fc.constant(null), fc.array(line))),
  fc.array(fc.integer(), { maxLength: 3 }),
  line.filter((text) => !/^[[{]/.test(text)),
);

const ratings = fc.dictionary(line, fc.oneof(line, fc.constant(null)));

/** A value that a field can hold, or undefined for none. */
function valueFor(field: Field, type: SheetType, ids: readonly Made[]): fc.Arbitrary<Json | undefined> {
  const { kind, key, list, min = -1e6, max = 1e9, whole, to } = field;
  const none = fc.constant(undefined);
  if (kind === 'boolean') return fc.boolean();
  if (kind === 'choice')
    return fc.oneof(fc.constantFrom(...(list ? vocabulary[list] : [])), fc.constant('Zzyzx 7'));
  if (key === 'factor_values') return fc.oneof(none, ratings);
  if (kind === 'json') return fc.oneof(none, notes);
  if (kind === 'longtext') return fc.oneof(none, lines);
  if (kind === 'reference') {
    const fitting = ids.filter((one) => one.type === to).map(({ id }) => id);
    return fitting.length === 0 ? none : fc.oneof(none, fc.constantFrom(...fitting));
  }
  if (kind === 'references') {
    const fitting = ids.filter((one) => canTarget(to, one.type)).map(({ id }) => id);
    return fitting.length === 0 ? none : fc.oneof(none, fc.subarray(fitting, { minLength: 1 }));
  }
  if (kind === 'text') return fc.oneof(none, line);
  if (kind === 'url') return fc.oneof(none, fc.constantFrom('https://example.org/a?b=1', 'see the wiki'));
  if (kind === 'date') return fc.oneof(none, fc.constantFrom('2026-03-01', '1999-12-31'));
  const number = whole
    ? fc.integer({ min: Math.ceil(min), max: Math.min(max, 1e9) })
    : fc.double({ min: Math.max(0, min), max, noNaN: true }).map((value) => value + 0);
  // A link says what is lost on it by its bond, where no column does.
  return type === 'interface' || key in defaultsOf[type] ? number : fc.oneof(none, number);
}

/** Three records of each type that refer to each other, each with a name of its own. */
function records(): fc.Arbitrary<Made[]> {
  const add = (type: SheetType, made: readonly Made[]): fc.Arbitrary<Made[]> => {
    const one = (index: number): fc.Arbitrary<Made> => {
      const ends = made.filter((other) => ['team', 'faculty', 'project'].includes(other.type));
      const given = Object.fromEntries(
        fieldsOf(type).map((field) => [field.key, valueFor(field, type, made)]),
      );
      return fc.record({ ...given, suffix: line }).map(({ suffix, ...values }) => {
        const data: Record<string, Json> = {};
        for (const [key, value] of Object.entries(values)) if (value !== undefined) data[key] = value as Json;
        if (type === 'interface') {
          data.from = ends[index]?.id ?? '';
          data.to = ends[(index * 2 + 3) % ends.length]?.id ?? '';
        } else if ('name' in given) data.name = `${index === 1 ? '=' : ''}${type} ${index} ${suffix}`;
        return { type, id: `${idPrefix[type]}_${index}`, data };
      });
    };
    return fc.tuple(one(0), one(1), one(2)).map((more) => [...made, ...more]);
  };
  return order.reduce<fc.Arbitrary<Made[]>>(
    (before, type) => before.chain((made) => add(type, made)),
    fc.constant([]),
  );
}
async function fill(workspace: TestWorkspace, made: readonly Made[]): Promise<void> {
  // They are queued in this order and share a commit.
  await Promise.all(made.map(({ type, id, data }) => workspace.as().entities.create({ type, id, data })));
}

/** The records of a type by what their fields say, what they refer to by its name. */
async function stateOf(workspace: TestWorkspace, type: EntityType): Promise<string[]> {
  const { rows } = await workspace.as().entities.list({ type, limit: 1000 });
  const said = rows.map(({ payload, derived }) =>
    fieldsOf(type).map(({ key, kind }) => {
      const title = derived[titlesKey({ key, kind })];
      return [key, (isReferenceKind({ kind }) ? (title ?? payload[key]) : payload[key]) ?? null];
    }),
  );
  return said.map((one) => JSON.stringify(one)).toSorted();
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** Names for own fields that stand for a field of the type, or for what a list shows besides, in either language. */
function misleading(type: SheetType): string[] {
  const fields = fieldsOf(type).map(({ key }) => key);
  const shown = columnsOf(type, true).map(({ label }) => label);
  const words = fields.flatMap((key) => headingsByField[key] ?? []);
  return [...new Set([...words.map(capital), ...shown])].filter((name) => isCustomName(type, name));
}

/** A text for each own field. */
const said = (own: readonly string[]): JsonObject =>
  Object.fromEntries(own.map((name) => [name, `Said of ${name}`]));

const quietly = (): void => {};

interface How {
  format: ListFormat;
  /** Of CSV; a comma where nothing is said. */
  sign?: CsvDelimiter;
  ids: boolean;
}

/** Exports every column of a list as the window does. */
async function exported(
  workspace: TestWorkspace,
  type: SheetType,
  { format, sign, ids }: How,
  only?: readonly string[],
): Promise<string> {
  const path = join(workspace.folder, '..', fileName('My view', format, new Date(2026, 10, 20)));
  const words = {
    yes: say('common:yes').toLowerCase(),
    no: say('common:no').toLowerCase(),
    sheet: typeNames(type),
    zone: 'Europe/Berlin',
    ours: say('transfer:export.ours'),
    own: say('transfer:export.own'),
  };
  const grant = workspace.core.grants.issue(path, 'write');
  const own = await workspace.as().entities.customFields({ type });
  const all = columnsOf(type, false, own).filter(({ key }) => only?.includes(key) ?? true);
  const columns = exportColumns(all, ids);
  await awaitResult(
    workspace.as().transfer.exportList({ grant, format, sign, type, columns, words }),
    quietly,
  );
  return path;
}

/** Reads a list back as FRAMES proposes to; of the columns these become own fields. */
async function readBack(
  workspace: TestWorkspace,
  path: string,
  type: SheetType,
  own: readonly string[] = [],
  matching: 'ask' | 'update' = 'ask',
) {
  const { transfer } = workspace.as();
  const source = { grant: workspace.core.grants.issue(path, 'read') };
  const view = await awaitResult(transfer.readSheet({ source }), quietly);
  expect(view.type, path).toBe(type);
  const columns = view.guesses[type] ?? [];
  const kept = columns.flatMap((target) => (target.to === 'own' ? [target.name] : []));
  expect(kept.toSorted()).toEqual([...own].toSorted());
  const choices = { type, columns, matching };
  const preview = await awaitResult(transfer.previewSheet({ source, choices }), quietly);
  const asked = { source, choices, sha256: preview.sha256, backup: false };
  await awaitResult(transfer.importSheet(asked), quietly);
  return preview;
}

const formats: readonly ListFormat[] = ['csv', 'xlsx'];

describe('a list with custom fields', () => {
  it('gives their figures back as figures from a file with semicolons', async () => {
    await withWorkspace(undefined, async (workspace) => {
      const own = { Budget: 3.5, Room: '1,2', Version: '3.5' };
      await workspace.as().entities.create({ type: 'team', data: { name: 'Radio', size: 3, ...own } });
      const path = await exported(workspace, 'team', { format: 'csv', sign: ';', ids: true });
      await withWorkspace(undefined, async (empty) => {
        await readBack(empty, path, 'team', Object.keys(own));
        const team = empty.as();
        expect((await team.entities.list({ type: 'team' })).rows[0]?.payload).toMatchObject({
          ...own,
          Room: 1.2,
          Version: 3.5,
        });
        expect(await team.entities.customFields({ type: 'team' })).toMatchObject([
          { name: 'Budget', kind: 'number' },
          { name: 'Room', kind: 'number' },
          { name: 'Version', kind: 'number' },
        ]);
      });
    });
  });

  it.each<[string, How]>([
    ['CSV', { format: 'csv', ids: true }],
    ['CSV with semicolons', { format: 'csv', sign: ';', ids: true }],
    ['XLSX', { format: 'xlsx', ids: false }],
  ])('changes nothing where its %s comes back untouched', async (_, how) => {
    await withWorkspace(undefined, async (workspace) => {
      const teams = [
        {
          name: 'Radio',
          Founded: 2018,
          Budget: -3.25,
          Tiny: 1e-9,
          Flown: true,
          Code: '007',
          Since: '2024-10-01',
        },
        { name: 'Power', Founded: 2015, Budget: 12.5, Tiny: 3e22, Flown: false, Code: '12', Tags: ['a', 1] },
      ];
      for (const data of teams) await workspace.as().entities.create({ type: 'team', data });
      const path = await exported(workspace, 'team', how);
      const own = ['Founded', 'Budget', 'Tiny', 'Flown', 'Code', 'Since', 'Tags'];
      const preview = await readBack(workspace, path, 'team', own, 'update');
      expect(preview).toMatchObject({ creates: 0, updates: 0, unchanged: 2, changed_fields: [] });
    });
  });
});

describe('a list with a custom field named like a declared one', () => {
  it.each(['en', 'de'])('returns it also if the field has no column, in %s', async (language) => {
    await speak(language);
    onTestFinished(() => speak('en'));
    await withWorkspace(undefined, async (workspace) => {
      const label = fieldName('university_id');
      await workspace.as().entities.create({ type: 'team', data: { name: 'Radio', [label]: 'x' } });
      const path = await exported(workspace, 'team', { format: 'csv', ids: true }, ['name', `own:${label}`]);
      await readBack(workspace, path, 'team', [label], 'update');
      const [team] = (await workspace.as().entities.list({ type: 'team' })).rows;
      expect(team?.payload[label]).toBe('x');
      expect(team?.payload.university_id ?? null).toBeNull();
    });
  });
});

describe.each(['en', 'de'])('a list that FRAMES has exported, in %s', (language) => {
  beforeAll(() => speak(language));
  afterAll(() => speak('en'));

  it('has every column of a field or of FRAMES itself', () => {
    expect([...order].toSorted()).toEqual([...sheetTypes].toSorted());
  });

  it.each<[string, Omit<How, 'ids'>]>([
    ['CSV with commas', { format: 'csv' }],
    ['CSV with semicolons', { format: 'csv', sign: ';' }],
    ['XLSX', { format: 'xlsx' }],
  ])('gives the same values when its %s is read into an empty workspace, by itself', async (_, how) => {
    const alone = fc.constantFrom(...order.filter((type) => type !== 'interface' && type !== 'contact'));
    await fc.assert(
      fc.asyncProperty(records(), alone, fc.boolean(), async (made, type, ids) => {
        await withWorkspace(undefined, async (workspace) => {
          await fill(workspace, made);
          const path = await exported(workspace, type, { ...how, ids });
          await withWorkspace(undefined, async (empty) => {
            await readBack(empty, path, type);
            expect(await stateOf(empty, type)).toHaveLength(3);
            expect(await stateOf(empty, type)).toEqual(await stateOf(workspace, type));
          });
          const again = await exported(workspace, type, { ...how, ids: true });
          expect(await readBack(workspace, again, type)).toMatchObject({
            creates: 0,
            updates: 0,
            unchanged: 3,
          });
        });
      }),
      { numRuns: 4 },
    );
  });

  it.each(formats)(
    'gives back own fields that are called as a field of ours may be, as %s',
    async (format) => {
      const alone = fc.constantFrom(...order.filter((type) => type !== 'interface' && type !== 'contact'));
      await fc.assert(
        fc.asyncProperty(
          records(),
          alone.chain((type) => {
            const headings = misleading(type);
            // An export has at most 200 columns.
            const maxLength = Math.min(headings.length, 100);
            return fc.tuple(fc.constant(type), fc.subarray(headings, { minLength: 3, maxLength }));
          }),
          fc.boolean(),
          async (made, [type, own], ids) => {
            await withWorkspace(undefined, async (workspace) => {
              await fill(
                workspace,
                made.map((one) => ({
                  ...one,
                  data: one.type === type ? { ...one.data, ...said(own) } : one.data,
                })),
              );
              const path = await exported(workspace, type, { format, ids });
              const preview = await readBack(workspace, path, type, own, 'update');
              // Outcomes without ids cannot be told from new ones.
              const found = ids || type !== 'outcome';
              expect(preview).toMatchObject(found ? { unchanged: 3, creates: 0 } : { creates: 3 });
              await withWorkspace(undefined, async (empty) => {
                const whole = await exported(workspace, type, { format, ids: true });
                await readBack(empty, whole, type, own);
                expect(await stateOf(empty, type)).toEqual(await stateOf(workspace, type));
              });
            });
          },
        ),
        { numRuns: 3, endOnFailure: true },
      );
    },
  );

  it.each(formats)('returns all lists, one after the other, as %s', async (format) => {
    await fc.assert(
      fc.asyncProperty(records(), fc.boolean(), async (made, ids) => {
        await withWorkspace(undefined, async (workspace) => {
          await fill(workspace, made);
          await withWorkspace(undefined, async (empty) => {
            for (const type of order)
              await readBack(empty, await exported(workspace, type, { format, ids }), type);
            for (const type of order)
              expect(await stateOf(empty, type)).toEqual(await stateOf(workspace, type));
            expect(await empty.verify()).toMatchObject({ ok: true });
          });
        });
      }),
      { numRuns: 2, endOnFailure: true },
    );
  });
});
