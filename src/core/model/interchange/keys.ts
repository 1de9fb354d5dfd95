import type { Json, JsonObject } from '#shared/domain/json.ts';
import { entityTypes, tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { computedFields } from '#shared/domain/check-payload.ts';

/** The lists that a file may have, by the name of their table. */
export const sections: ReadonlyMap<string, EntityType> = new Map(
  entityTypes.map((type) => [tableOf[type], type]),
);

/** In this order records are written: what others refer to comes first. */
export const writeOrder: readonly EntityType[] = [
  ...entityTypes.filter((type) => type !== 'interface'),
  'interface',
];

/** The lists of the original's file in its order; our own exports always have them, and the others when there are any. */
export const originalLists: readonly EntityType[] = ['team', 'faculty', 'project', 'interface'];
export const furtherLists: readonly EntityType[] = entityTypes.filter(
  (type) => !originalLists.includes(type),
);

/** Fields that are known by another name in files: the names, the file's own first, and ours. */
const spellings: Partial<
  Record<EntityType, readonly (readonly [legacy: readonly string[], ours: string])[]>
> = {
  interface: [
    [['from', 'from_entity'], 'from'],
    [['to', 'to_entity'], 'to'],
    [['interfaceType', 'interface_type'], 'interface_type'],
    [['bondType', 'bond_type'], 'bond_type'],
    [['energyLoss', 'energy_loss'], 'energy_loss'],
  ],
};

/** The original's field of a project, in years or months nobody says. */
export const durationKey = 'duration';

/** Fields under this key are the payload's under their own names, whatever else a file would read into them. */
export const verbatimKey = 'frames_verbatim';

/** A file whose durations are all at most so many means years. */
export const longestInYears = 10;

/** Says in our own files that losses are per cent, where every one of them would be taken for a fraction, and durations years. */
export const unitsKey = 'frames_units';

/** What it says where all is as FRAMES keeps it. */
export const ourUnits = { losses: 'percent' };

/** What could not be read as its field's kind is kept in this field of the payload, by the name it had. */
export const asideKey = 'imported_values';

export interface KeyTable {
  /** Ours by the file's; keys that are not here are ours already. */
  toOurs: ReadonlyMap<string, string>;
  /** The file's by ours; keys that are not here are the file's already. */
  toFile: ReadonlyMap<string, string>;
  /** Of two spellings of one field the one with the smaller rank counts. */
  rank: (key: string) => number;
  /** What is computed when reading and never stored. */
  computed: ReadonlySet<string>;
  /** Keys that a file's reader would take for something else than a field of that very name. */
  reserved: ReadonlySet<string>;
}

function tableFor(type: EntityType): KeyTable {
  const known = spellings[type] ?? [];
  const toOurs = new Map(known.flatMap(([files, ours]) => files.map((file) => [file, ours] as const)));
  const ranks = new Map(known.flatMap(([files]) => files.map((file, rank) => [file, rank] as const)));
  const ownNames = new Set(known.map(([, ours]) => ours));
  const reserved = new Set([verbatimKey, ...[...toOurs.keys()].filter((key) => !ownNames.has(key))]);
  if (type === 'project') reserved.add(durationKey);
  return {
    toOurs,
    toFile: new Map(known.map(([files, ours]) => [ours, files[0] as string])),
    rank: (key) => ranks.get(key) ?? 0,
    computed: new Set(computedFields[type] ?? []),
    reserved,
  };
}

/** How each type's fields are called in files. */
export const keyTables: Readonly<Record<EntityType, KeyTable>> = Object.fromEntries(
  entityTypes.map((type) => [type, tableFor(type)]),
) as Record<EntityType, KeyTable>;

/**
 * A record as frames-json has it: its id first, then its fields, those of an interface in the original's spelling
 * (`interfaceType`). A field whose name a reader would take for something else, such as one that is called `interfaceType` in
 * the payload itself or a project's `duration`, goes into an object `frames_verbatim`, so that reading gives the same payload.
 */
export function toLegacy(type: EntityType, id: string, payload: JsonObject): JsonObject {
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

/** As `toLegacy`, in the shape of the original program: the duration of a project is in years. */
export function toOriginal(type: EntityType, id: string, payload: JsonObject): JsonObject {
  const { duration_months: months, ...others } = payload;
  if (type !== 'project' || months === undefined) return toLegacy(type, id, payload);
  return { ...toLegacy(type, id, others), [durationKey]: typeof months === 'number' ? months / 12 : months };
}
