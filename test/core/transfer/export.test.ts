import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldsOf } from '#shared/domain/entities.ts';
import type { Field } from '#shared/domain/entities.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { nameField } from '#shared/domain/title.ts';
import { entityTypes } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { vocabulary } from '#shared/domain/vocabulary.ts';
import { computedFields } from '#core/entities/validate.ts';
import { toLegacy } from '#core/transfer/legacy.ts';
import { exported, plan, told } from './support.ts';

interface Stored {
  type: EntityType;
  id: string;
  payload: JsonObject;
}

const anyJson = fc.jsonValue({ maxDepth: 4, stringUnit: 'grapheme' }) as fc.Arbitrary<Json>;
const text = (max: number) =>
  fc.string({ unit: 'grapheme', maxLength: 20 }).filter((value) => value.length <= max);

/** A value that the field may hold: what the schema of records allows. */
function valueOf(field: Field): fc.Arbitrary<Json> {
  switch (field.kind) {
    case 'number': {
      const range = { min: field.min ?? -1e6, max: field.max ?? 1e6 };
      const numbers = field.whole ? fc.integer(range) : fc.double({ ...range, noNaN: true });
      return fc.option(numbers.map((value) => value + 0));
    }
    case 'boolean':
      return fc.option(fc.boolean());
    case 'choice':
      return fc.option(fc.oneof(text(300), fc.constantFrom(...vocabulary[field.list ?? 'role'])));
    case 'text':
    case 'longtext':
      return field.required ? text(300).map((value) => value.trim() || 'name') : fc.option(text(300));
    case 'reference':
      return fc.constant(null);
    case 'json':
      return field.key === 'meta' ? anyJson : fc.constantFrom(null, []);
  }
}

const keysThatMeanSomething = fc.constantFrom(
  'duration',
  'interfaceType',
  'bondType',
  'energyLoss',
  'from_entity',
  'to_entity',
  'frames_verbatim',
  'imported_values',
  '__proto__',
  'constructor',
  'created_at',
  'updated_at',
  'interface_type',
  'duration_months',
  'toString',
  '',
);
const unknownFields = fc.array(
  fc.tuple(fc.oneof(keysThatMeanSomething, fc.string({ unit: 'grapheme', maxLength: 8 })), anyJson),
  { maxLength: 6 },
);

/** A payload that core would accept, with fields that it does not know. */
function payloadFor(type: EntityType): fc.Arbitrary<JsonObject> {
  const fields = fieldsOf(type).filter((field) => field.to !== 'any');
  const known = new Set([
    ...fieldsOf(type).map(({ key }) => key),
    ...(computedFields[type] ?? []),
    'id',
    'university_id',
  ]);
  const declared = fc.tuple(
    ...fields.map((field) => fc.tuple(fc.constant(field.key), valueOf(field), fc.boolean())),
  );
  return fc.tuple(declared, unknownFields).map(([list, unknown]) => {
    const required = nameField(type);
    const kept = list
      .filter(([key, , there]) => there || key === required)
      .map(([key, value]) => [key, value] as const);
    return Object.fromEntries([...kept, ...unknown.filter(([key]) => !known.has(key))]) as JsonObject;
  });
}

const ids = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .filter((id) => !/[\u0000-\u001f\u007f]/.test(id) && id.isWellFormed());

/** A whole state: records of every type, references among them, interfaces between them. */
const states = fc
  .uniqueArray(fc.oneof(ids, fc.constantFrom('__proto__', '5', 'constructor', 'Uni_D_team')), {
    minLength: 1,
    maxLength: 14,
  })
  .chain((all) =>
    fc.tuple(
      ...all.map((id) =>
        fc
          .constantFrom(...entityTypes)
          .chain((type) => payloadFor(type).map((payload) => ({ type, id, payload }))),
      ),
    ),
  )
  .chain((records) => fc.tuple(fc.constant(records), fc.infiniteStream(fc.nat())))
  .map(([records, dice]): Stored[] => connect(records, () => dice.next().value as number));

function connect(records: readonly Stored[], roll: () => number): Stored[] {
  const ends = records.filter(({ type }) => type !== 'interface');
  const pick = (type: EntityType): string | null => {
    const found = records.filter((record) => record.type === type);
    return found.length === 0 || roll() % 3 === 0 ? null : (found[roll() % found.length]?.id ?? null);
  };
  return records.flatMap((record): Stored[] => {
    if (record.type === 'interface') {
      if (ends.length < 2) return [];
      const from = roll() % ends.length;
      const to = (from + 1 + (roll() % (ends.length - 1))) % ends.length;
      return [
        {
          ...record,
          payload: { ...record.payload, from: ends[from]?.id as string, to: ends[to]?.id as string },
        },
      ];
    }
    const references = fieldsOf(record.type).filter(({ kind, to }) => kind === 'reference' && to !== 'any');
    const set = references.map(({ key, to }) => [key, pick(to as EntityType)] as const);
    return [{ ...record, payload: { ...record.payload, ...Object.fromEntries(set) } }];
  });
}

const sorted = (records: readonly Stored[]): [string, EntityType, string][] =>
  records
    .map(({ type, id, payload }): [string, EntityType, string] => [id, type, canonical(payload)])
    .toSorted(([one], [other]) => (one < other ? -1 : 1));

/** JSON with keys in order, as text: equality that sees `__proto__` keys too. */
function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, item]) => `${JSON.stringify(key)}:${canonical(item as Json)}`)
    .toSorted()
    .join()}}`;
}

describe('export and import', () => {
  it('are each other’s inverse for any state that core accepts', () => {
    fc.assert(
      fc.property(states, (state) => {
        const prepared = plan(exported(state));
        expect(sorted(prepared.records as Stored[])).toEqual(sorted(state));
        expect(prepared.problems.counts.duration_unit_guessed).toBeUndefined();
        expect(told(prepared).filter(({ action }) => action !== 'kept')).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('bring over a state that is there already without a change', () => {
    fc.assert(
      fc.property(states, (state) => {
        const workspace = Object.fromEntries(
          state.map(({ type, id, payload }) => [id, { type, deleted: false, payload }]),
        );
        const prepared = plan(exported(state), { workspace });
        expect(prepared.records.every(({ effect }) => effect === 'unchanged')).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('give the same file again', () => {
    fc.assert(
      fc.property(states, (state) => {
        const once = exported(state.toSorted(({ id: one }, { id: other }) => (one < other ? -1 : 1)));
        const again = plan(once).records.toSorted(({ id: one }, { id: other }) => (one < other ? -1 : 1));
        expect(sorted(plan(exported(again)).records as Stored[])).toEqual(
          sorted(plan(once).records as Stored[]),
        );
      }),
      { numRuns: 50 },
    );
  });
});

describe('toLegacy', () => {
  it('writes an interface in the original spelling', () => {
    const payload = {
      from: 'a',
      to: 'b',
      interface_type: 'team-to-team',
      bond_type: 'codified-strong',
      energy_loss: 5,
      note: 'x',
    };
    expect(toLegacy('interface', 'i', payload)).toEqual({
      id: 'i',
      from: 'a',
      to: 'b',
      interfaceType: 'team-to-team',
      bondType: 'codified-strong',
      energyLoss: 5,
      note: 'x',
    });
  });

  it('writes months as months', () => {
    expect(toLegacy('project', 'p', { name: 'P', duration_months: 36 })).toEqual({
      id: 'p',
      name: 'P',
      duration_months: 36,
    });
  });

  it('puts fields that a reader would mistake under frames_verbatim', () => {
    expect(toLegacy('project', 'p', { name: 'P', duration: 3, frames_verbatim: 1 })).toEqual({
      id: 'p',
      name: 'P',
      frames_verbatim: { duration: 3, frames_verbatim: 1 },
    });
    expect(toLegacy('team', 't', { duration: 3 })).toEqual({ id: 't', duration: 3 });
  });
});

describe('the exported file', () => {
  it('always has the original’s four lists, in its order, and no other that is empty', () => {
    expect(exported([])).toBe(
      '{\n  "teams": [],\n  "faculty": [],\n  "projects": [],\n  "interfaces": []\n}\n',
    );
    const document = JSON.parse(
      exported([
        { type: 'student', id: 's', payload: { name: 'S' } },
        { type: 'faculty', id: 'f', payload: { name: 'F' } },
      ]),
    ) as object;
    expect(Object.keys(document)).toEqual(['teams', 'faculty', 'projects', 'interfaces', 'students']);
  });
});
