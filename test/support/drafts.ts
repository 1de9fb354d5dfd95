import { fc } from '@fast-check/vitest';
import { fieldsOf } from '#shared/domain/entities.ts';
import type { Field } from '#shared/domain/entities.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { onlyTargetType, targetTypes } from '#shared/domain/references.ts';
import { entityTypes } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { vocabulary } from '#shared/domain/vocabulary.ts';
import { codePoint } from './code-points.ts';

/** A value that a test will give a field: as it is, or the ids of some records that are there by then. */
export type DraftValue =
  | { json: Json }
  | { to: EntityType | 'any'; pick: number }
  | { to: EntityType; picks: readonly number[] };
export type Draft = readonly (readonly [field: string, value: DraftValue])[];

const json = (value: Json): DraftValue => ({ json: value });
const words = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom('Avionics', 'Ground station', 'Łukasz', 'naïve % _ \\', '→', '0', 'x'),
  },
  {
    weight: 1,
    arbitrary: fc
      .string({ unit: codePoint, minLength: 1, maxLength: 12 })
      .filter((text) => text.trim() !== ''),
  },
);
const anyJson = fc.jsonValue({ maxDepth: 2 }).map((value) => value as Json);
const pick = fc.nat({ max: 1000 });

function numberFor({ min, max, whole }: Field): fc.Arbitrary<number> {
  const low = min ?? -1000;
  const high = max ?? low + 500;
  if (whole) return fc.integer({ min: low, max: high });
  return fc.double({ min: low, max: high, noNaN: true, noDefaultInfinity: true });
}

const listed: Readonly<Record<string, Json>> = {
  factor_values: { bond_strength: 'weak', knowledge_type: null },
  values: [
    { value: 'codified', contribution: 0.1 },
    { value: 'institutional', contribution: 0.4, note: null },
  ],
  factors: [{ factor: 'bond_strength', weight: 1, enabled: true }],
};

/** A value that the field's schema accepts. */
function valueFor(field: Field): fc.Arbitrary<DraftValue> {
  const { kind, to, list, key, required } = field;
  if (kind === 'references') {
    const types = targetTypes(to, []);
    const picks = fc.uniqueArray(pick, { maxLength: 3 });
    return fc.oneof(fc.record({ to: fc.constantFrom(...types), picks }), fc.constant(json(null)));
  }
  if (kind === 'reference') {
    const named = pick.map((number): DraftValue => ({
      to: onlyTargetType(to) ?? (to === 'any' ? 'any' : 'student'),
      pick: number,
    }));
    return required ? named : fc.oneof({ weight: 3, arbitrary: named }, fc.constant(json(null)));
  }
  if (key in listed) return fc.constant(json(listed[key] ?? null));
  if (kind === 'json') return anyJson.map(json);
  const value: fc.Arbitrary<Json> =
    kind === 'number'
      ? numberFor(field)
      : kind === 'boolean'
        ? fc.boolean()
        : kind === 'choice' && list
          ? fc.constantFrom<Json[]>(...vocabulary[list], 'of another list')
          : words;
  return required
    ? value.map(json)
    : fc.oneof({ weight: 5, arbitrary: value.map(json) }, fc.constant(json(null)));
}

/** Fields that no schema knows: they must survive everything. */
const unknownField = fc.tuple(
  fc.constantFrom('x_note', '1', '10', 'émoji 🚀', 'a.b', 'constructor', ' '),
  anyJson.map(json),
);

/** The data of a new record: what is required, and some of the rest. */
export function newDraft(type: EntityType): fc.Arbitrary<Draft> {
  const fields = fieldsOf(type);
  const required = fc.tuple(
    ...fields.filter((one) => one.required).map((one) => fc.tuple(fc.constant(one.key), valueFor(one))),
  );
  return fc.tuple(required, changeDraft(type)).map(([needed, more]) => [...more, ...needed]);
}

/** Some fields of a record, each once. */
export function changeDraft(type: EntityType): fc.Arbitrary<Draft> {
  const known = fieldsOf(type).map((field) => fc.tuple(fc.constant(field.key), valueFor(field)));
  const field = fc.oneof({ weight: 5, arbitrary: fc.oneof(...known) }, unknownField);
  return fc.uniqueArray(field, { maxLength: 4, selector: ([key]) => key });
}

/** Names of fields to remove. */
export function unsetDraft(type: EntityType): fc.Arbitrary<string[]> {
  const known = fieldsOf(type).map(({ key }) => key);
  return fc.uniqueArray(fc.constantFrom(...known, 'x_note', '1'), { maxLength: 2 });
}

/** Types as often as they matter for what can go wrong between records. */
export const someType: fc.Arbitrary<EntityType> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom<EntityType[]>('team', 'student', 'project', 'interface', 'university'),
  },
  { weight: 1, arbitrary: fc.constantFrom(...entityTypes) },
);

/** Turns a draft into data once it is known what records there are. */
export function settle(
  draft: Draft,
  idOf: (to: EntityType | 'any', pick: number) => string | null,
): JsonObject {
  const valueFrom = (value: DraftValue): Json => {
    if ('json' in value) return value.json;
    if ('pick' in value) return idOf(value.to, value.pick);
    const ids = value.picks.map((one) => idOf(value.to, one)).filter((id) => id !== null);
    return [...new Set(ids)];
  };
  return Object.fromEntries(draft.map(([field, value]) => [field, valueFrom(value)] as const));
}

const few = fc.constantFrom('imp-1', 'imp-2', 'imp-3', 'team-a', 'team-b', 'nowhere');
const someFields = {
  discipline: fc.constantFrom('software', 'odd'),
  size: fc.nat({ max: 9 }),
  project_id: fc.constantFrom('project-a', 'imp-9'),
};

/** A legacy file with records of few ids, so that importing again meets what is there, and with references that may dangle. */
export const importedFile: fc.Arbitrary<JsonObject> = fc.record({
  teams: fc.array(
    fc.record({ id: few, name: words, university_id: fc.constantFrom('uni-a', null), ...someFields }),
    { maxLength: 3 },
  ),
  faculty: fc.constant([]),
  projects: fc.array(
    fc.record({ id: fc.constantFrom('imp-9', 'project-a'), name: words, duration: fc.nat({ max: 40 }) }),
    { maxLength: 2 },
  ),
  interfaces: fc.array(
    fc.record({
      id: fc.constantFrom('imp-l1', 'link'),
      from: few,
      to: few,
      bondType: fc.constantFrom('fragile-temporary', 'new bond'),
    }),
    { maxLength: 2 },
  ),
});
