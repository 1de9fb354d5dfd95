import type { MergedContents } from '#shared/contract/merge.ts';
import { fieldOf, fieldsOf } from '#shared/domain/entities.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { compareText, sortKey } from '#shared/domain/sort-key.ts';
import { isReferenceKind, replaceIds } from '#shared/domain/references.ts';
import { entityTypes, tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { locateIn, locateRecord } from '../log/records/locate.ts';
import { readTitle } from '../model/titles.ts';
import { redirectOf } from './match-contents.ts';
import type { MatchedContents, MergeSet, Redirect } from './match-contents.ts';

/** The merged payload that stays and the payload of the other record, with redirected references, by the id of the other. */
export type SetPayloads = Map<string, { kept: JsonObject; other: JsonObject }>;

type Pair = MergedContents['pairs'][number];

export const asList = (value: Json | undefined): readonly Json[] =>
  Array.isArray(value) ? (value as readonly Json[]) : [];

const hasValue = (value: Json | undefined): value is Json =>
  value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);

/** The payload of the record that stays, with values of the others where it has none. */
export function mergePayloads(
  kept: JsonObject,
  others: readonly JsonObject[],
  { unitesLists }: { unitesLists: boolean },
): JsonObject {
  const payload: Record<string, Json> = { ...kept };
  for (const other of others)
    for (const [field, value] of Object.entries(other)) {
      const keptValue = payload[field];
      if (hasValue(value) && !hasValue(keptValue)) payload[field] = value;
      else if (unitesLists && Array.isArray(keptValue)) payload[field] = uniteLists(keptValue, value);
    }
  // A student's own team is not one of the others.
  const { team_id: team, other_team_ids: otherTeams } = payload;
  if (typeof team === 'string' && Array.isArray(otherTeams))
    payload.other_team_ids = (otherTeams as readonly Json[]).filter((id) => id !== team);
  return payload;
}

function uniteLists(kept: Json, other: Json): Json {
  const keptItems = asList(kept);
  return [
    ...keptItems,
    ...asList(other).filter((item) => !keptItems.some((keptItem) => jsonEqual(keptItem, item))),
  ];
}

/** The payload with the ids of kept records in place of those of merged ones. */
export function redirectFields(type: EntityType, payload: JsonObject, redirect: Redirect): JsonObject {
  const fields = fieldsOf(type).filter(isReferenceKind);
  const changed = fields.flatMap(({ key, kind }): [string, Json][] => {
    const value = payload[key];
    if (kind === 'references')
      return asList(value).some((id) => redirect(id) !== id)
        ? [[key, replaceIds(asList(value), redirect)]]
        : [];
    return typeof value === 'string' && redirect(value) !== value ? [[key, redirect(value)]] : [];
  });
  return changed.length === 0 ? payload : { ...payload, ...Object.fromEntries(changed) };
}

/** The counts of the merge, and its pairs with the values that are lost. `sets` begin with the universities. Yields the pairs done. */
export function* reportContents(
  db: ReadHandle,
  sets: readonly MergeSet[],
  { excluded, ambiguous }: MatchedContents,
  payloads: SetPayloads,
): Generator<number, MergedContents, void> {
  const pairs: Pair[] = [];
  const redirect = redirectOf(sets);
  for (const [list, included] of [
    [sets, true],
    [excluded, false],
  ] as const)
    for (const { type, keep, others } of list)
      for (const id of others) {
        const [stored, otherStored] = [keep, id].map((one) => locateIn(db, type, one)?.payload ?? {}) as [
          JsonObject,
          JsonObject,
        ];
        const { kept, other } = payloads.get(id) ?? {
          kept: redirectFields(type, stored, redirect),
          other: redirectFields(type, otherStored, redirect),
        };
        pairs.push({
          type,
          keep: { id: keep, title: readTitle(db, type, stored) },
          other: { id, title: readTitle(db, type, otherStored) },
          included,
          differences: differencesOf(db, type, kept, other),
        });
        yield pairs.length;
      }
  // The order does not depend on `except`, so that a pair stays in its place when it is left out.
  const rank = ({ type, differences }: Pair): number =>
    (differences.length > 0 ? 0 : entityTypes.length) + entityTypes.indexOf(type);
  const ordered = pairs
    .map((pair) => ({ pair, rank: rank(pair), key: sortKey(pair.keep.title) }))
    .sort((a, b) => a.rank - b.rank || compareText(a.key, b.key));
  return { ...countSets(sets), pairs: ordered.map(({ pair }) => pair), ambiguous };
}

/** The number of records of the sets by table, before and after they are merged. */
export function countSets(sets: readonly MergeSet[]): Pick<MergedContents, 'before' | 'after'> {
  const [before, after]: Record<string, number>[] = [{}, {}] as const;
  for (const { type, others } of sets) {
    const table = tableOf[type];
    before[table] = (before[table] ?? 0) + others.length + 1;
    after[table] = (after[table] ?? 0) + 1;
  }
  return { before, after };
}

/** Values of the other record that the kept one does not take over. Lists are united. */
function differencesOf(
  db: ReadHandle,
  type: EntityType,
  kept: JsonObject,
  other: JsonObject,
): Pair['differences'] {
  return Object.entries(other).flatMap(([field, dropped]) => {
    const value = kept[field];
    const isUnited = Array.isArray(value) && Array.isArray(dropped);
    if (isUnited || !hasValue(dropped) || !hasValue(value) || jsonEqual(value, dropped)) return [];
    const shown = (one: Json): Json =>
      fieldOf(type, field)?.kind === 'reference' && typeof one === 'string' ? titleById(db, one) : one;
    return [{ field, kept: shown(value), dropped: shown(dropped) }];
  });
}

function titleById(db: ReadHandle, id: string): string {
  const record = locateRecord(db, id);
  return record ? readTitle(db, record.type, record.payload) : id;
}
