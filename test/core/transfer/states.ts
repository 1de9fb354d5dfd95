import fc from 'fast-check';
import { fieldsOf } from '#shared/domain/entities.ts';
import type { Field } from '#shared/domain/entities.ts';
import { recordId } from '#shared/domain/field.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { entityTypes } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { canBeEnd } from '#shared/domain/references.ts';
import { vocabulary } from '#shared/domain/vocabulary.ts';
import { canTarget } from '#shared/domain/references.ts';
import { computedFields } from '#shared/domain/check-payload.ts';

export interface Stored {
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
    case 'date':
    case 'url':
    case 'longtext':
      return field.required ? text(300).map((value) => value.trim() || 'name') : fc.option(text(300));
    case 'reference':
      return fc.constant(null);
    case 'references':
      return fc.constantFrom(null, []);
    case 'json':
      if (field.key === 'meta') return anyJson;
      if (field.key === 'factor_values')
        return fc.constantFrom(null, {}, { bond_strength: 'weak', other: null });
      if (field.key === 'file')
        return fc.constantFrom(null, {
          sha256: 'a'.repeat(64),
          name: 'a.pdf',
          bytes: 5,
          media_type: 'application/pdf',
        });
      if (field.key.startsWith('area_')) return fc.constantFrom(null, {}, { 'src/adcs': 'Attitude' });
      return fc.constantFrom(null, []);
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
    const required = new Set(fields.filter((field) => field.required).map(({ key }) => key));
    const kept = list
      .filter(([key, , there]) => there || required.has(key))
      .map(([key, value]) => [key, value] as const);
    return Object.fromEntries([...kept, ...unknown.filter(([key]) => !known.has(key))]);
  });
}

const ids = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .filter((id) => recordId.safeParse(id).success);

/** A whole state: records of every type, references among them, interfaces between them. */
export const states = fc
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
  const ends = records.filter(({ type }) => canBeEnd(type));
  const pick = ({ to, required }: Field): string | null => {
    const found = records.filter((record) => canTarget(to, record.type));
    const isEmpty = found.length === 0 || (!required && roll() % 3 === 0);
    return isEmpty ? null : (found[roll() % found.length]?.id ?? null);
  };
  const listsIn = ({ type }: Stored): JsonObject => {
    const lists = fieldsOf(type).filter(({ kind }) => kind === 'references' && roll() % 2 === 0);
    const named = ({ to }: Field) => records.filter((one) => canTarget(to, one.type) && roll() % 2 === 0);
    return Object.fromEntries(lists.map((field) => [field.key, named(field).map(({ id }) => id)]));
  };
  return records.flatMap((record): Stored[] => {
    if (record.type === 'interface') {
      if (ends.length < 2) return [];
      const from = roll() % ends.length;
      const to = (from + 1 + (roll() % (ends.length - 1))) % ends.length;
      return [
        {
          ...record,
          payload: {
            ...record.payload,
            ...listsIn(record),
            from: ends[from]?.id as string,
            to: ends[to]?.id as string,
          },
        },
      ];
    }
    const references = fieldsOf(record.type).filter(({ kind, to }) => kind === 'reference' && to !== 'any');
    const set = references.map((field) => [field.key, pick(field)] as const);
    if (references.some(({ required }, at) => required && set[at]?.[1] === null)) return [];
    return [{ ...record, payload: { ...record.payload, ...Object.fromEntries(set), ...listsIn(record) } }];
  });
}

export const sorted = (records: readonly Readonly<Stored>[]): [string, EntityType, string][] =>
  records
    .map(({ type, id, payload }): [string, EntityType, string] => [id, type, canonical(payload)])
    .toSorted(([one], [other]) => (one < other ? -1 : 1));

/** JSON with keys in order, as text: equality that sees `__proto__` keys too. */
function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`)
    .toSorted()
    .join()}}`;
}
