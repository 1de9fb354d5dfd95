import type { Json, JsonObject } from '#shared/domain/json.ts';
import { entityTypes, tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { computedFields } from '#shared/domain/check-payload.ts';

export const typesBySection: ReadonlyMap<string, EntityType> = new Map(
  entityTypes.map((type) => [tableOf[type], type]),
);

/** The order in which records are written: referenced types first. */
export const writeOrder: readonly EntityType[] = [
  ...entityTypes.filter((type) => type !== 'interface'),
  'interface',
];

/** The lists of the original program's file, in its order. Our exports always have these, and the others if not empty. */
export const originalLists: readonly EntityType[] = ['team', 'faculty', 'project', 'interface'];
export const otherLists: readonly EntityType[] = entityTypes.filter((type) => !originalLists.includes(type));

/** Fields with other names in files: the file's names, preferred first, and ours. */
const spellings: Partial<
  Record<EntityType, readonly (readonly [fileKeys: readonly string[], ours: string])[]>
> = {
  interface: [
    [['from', 'from_entity'], 'from'],
    [['to', 'to_entity'], 'to'],
    [['interfaceType', 'interface_type'], 'interface_type'],
    [['bondType', 'bond_type'], 'bond_type'],
    [['energyLoss', 'energy_loss'], 'energy_loss'],
  ],
};

/** The original program's field of a project; years or months, without saying which. */
export const durationKey = 'duration';

/** Fields under this key go into the payload under their own names, without interpretation. */
export const verbatimKey = 'frames_verbatim';

/** If no duration in a file is longer than this, its unit is years. */
export const maxDurationYears = 10;

/** The key by which our own files state that losses are per cent, even if all look like fractions, and that durations are years. */
export const unitsKey = 'frames_units';

/** The value of `unitsKey` in a file in our own units. */
export const ourUnits = { losses: 'percent' };

/** Values that do not fit the kind of their field are stored in this field, under their original name. */
export const unfitValuesKey = 'imported_values';

export interface KeyTable {
  /** Our key by the file's key; both are the same for a key that is not listed. */
  toOurs: ReadonlyMap<string, string>;
  /** The file's key by ours; both are the same for a key that is not listed. */
  toFile: ReadonlyMap<string, string>;
  /** Of two spellings of one field, the one with the smaller rank counts. */
  rank: (key: string) => number;
  /** Derived values, never stored. */
  computed: ReadonlySet<string>;
  /** Keys that a reader of the file would take for another field. */
  reserved: ReadonlySet<string>;
}

function keyTableFor(type: EntityType): KeyTable {
  const fieldSpellings = spellings[type] ?? [];
  const toOurs = new Map(
    fieldSpellings.flatMap(([fileKeys, ours]) => fileKeys.map((fileKey) => [fileKey, ours] as const)),
  );
  const ranks = new Map(
    fieldSpellings.flatMap(([fileKeys]) => fileKeys.map((fileKey, rank) => [fileKey, rank] as const)),
  );
  const ourKeys = new Set(fieldSpellings.map(([, ours]) => ours));
  const reserved = new Set([verbatimKey, ...[...toOurs.keys()].filter((key) => !ourKeys.has(key))]);
  if (type === 'project') reserved.add(durationKey);
  return {
    toOurs,
    toFile: new Map(fieldSpellings.map(([fileKeys, ours]) => [ours, fileKeys[0] as string])),
    rank: (key) => ranks.get(key) ?? 0,
    computed: new Set(computedFields[type] ?? []),
    reserved,
  };
}

export const keyTables: Readonly<Record<EntityType, KeyTable>> = Object.fromEntries(
  entityTypes.map((type) => [type, keyTableFor(type)]),
) as Record<EntityType, KeyTable>;

/**
 * A record in frames-json form: the id first, then its fields, those of an interface in the original program's spelling (`interfaceType`).
 * Fields that a reader would take for another field go into an object `frames_verbatim`, so that reading gives the same payload.
 */
export function toFramesJson(type: EntityType, id: string, payload: JsonObject): JsonObject {
  const { toFile, reserved } = keyTables[type];
  const fields: [string, Json][] = [['id', id]];
  const verbatim: [string, Json][] = [];
  for (const [key, value] of Object.entries(payload)) {
    if (reserved.has(key)) verbatim.push([key, value]);
    else fields.push([toFile.get(key) ?? key, value]);
  }
  if (verbatim.length > 0) fields.push([verbatimKey, Object.fromEntries(verbatim)]);
  return Object.fromEntries(fields);
}

/** Like `toFramesJson`, in the original program's form: the duration of a project is in years. */
export function toOriginal(type: EntityType, id: string, payload: JsonObject): JsonObject {
  const { duration_months: months, ...otherFields } = payload;
  if (type !== 'project' || months === undefined) return toFramesJson(type, id, payload);
  return {
    ...toFramesJson(type, id, otherFields),
    [durationKey]: typeof months === 'number' ? months / 12 : months,
  };
}
