import type { Json, JsonObject } from './json.ts';
import { isJsonObject, jsonEqual, jsonObjectIn, textIn } from './json.ts';

export const evidenceKinds = ['opened', 'merged', 'closed', 'commit', 'failed', 'passed'] as const;

/** What a webhook says about a task. */
export interface EvidenceFact {
  task: string;
  /** Unique in its source, such as a commit. */
  ref: string;
  kind: (typeof evidenceKinds)[number];
  url: string | null;
  /** ISO 8601 in UTC by the clock of the sender; '' if unknown. */
  at: string;
}

/** Kinds that can happen again: the latest time counts, for the others the earliest. */
const repeatedKinds: readonly string[] = ['closed', 'failed', 'passed'];

/** A total order of statements about one fact, so that their order of arrival does not matter. */
function isBetter(one: JsonObject, other: JsonObject): boolean {
  const [time, otherTime] = [textIn(one['at']), textIn(other['at'])];
  if (time === otherTime) return textIn(one['url']) > textIn(other['url']);
  if (time === '' || otherTime === '') return otherTime === '';
  return repeatedKinds.includes(textIn(one['kind'])) === time > otherTime;
}

const keyOf = (item: Json): string => {
  if (!isJsonObject(item)) return JSON.stringify(item);
  const { source = null, ref = null, kind = null } = item;
  return JSON.stringify([source, ref, kind]);
};
const sortKey = (item: Json): string => `${textIn(jsonObjectIn(item)['at'])} ${keyOf(item)}`;

type Items = ReadonlyMap<string, Json>;
const itemsOf = (list: Json | undefined): Map<string, Json> =>
  new Map(Array.isArray(list) ? list.map((item: Json) => [keyOf(item), item]) : []);
const listOf = (items: Items): Json[] =>
  [...items.values()].toSorted((left, right) => (sortKey(left) < sortKey(right) ? -1 : 1));

/** One item of two with the same key: the better fact, and what people added to either. Of two values of a field the greater one counts. */
function joinItems(one: Json, other: Json): Json {
  const [left, right] = [jsonObjectIn(one), jsonObjectIn(other)];
  const textFor = (item: JsonObject, field: string): string => JSON.stringify(item[field] ?? null);
  const fields = Object.keys({ ...left, ...right });
  const joined = fields.map((field) => [
    field,
    (textFor(left, field) > textFor(right, field) ? left : right)[field] ?? null,
  ]);
  const { url = null, at = '' } = isBetter(left, right) ? left : right;
  return { ...(Object.fromEntries(joined) as JsonObject), url, at };
}

const joinOrKeep = (our: Json | undefined, their: Json | undefined): Json | undefined =>
  our === undefined || their === undefined ? (our ?? their) : joinItems(our, their);

/**
 * Merges two lists of evidence that were changed since `base`, item by item, so that the order of concurrent changes does not matter. An item
 * that one side removed and the other changed stays.
 */
export function mergeEvidenceLists(
  base: Json | undefined,
  ours: Json | undefined,
  theirs: Json | undefined,
): Json[] {
  const sides = [base, ours, theirs].map(itemsOf);
  const merged = new Map<string, Json>();
  for (const key of new Set(sides.flatMap((items) => [...items.keys()]))) {
    const [was, our, their] = sides.map((items) => items.get(key));
    const changed = jsonEqual(was, our) ? their : joinOrKeep(our, their);
    const item = jsonEqual(was, their) ? our : changed;
    if (item !== undefined) merged.set(key, item);
  }
  return listOf(merged);
}

/**
 * The evidence of a task with facts of a source, or null if nothing changes. Any order and repetition of the facts gives the same list. What
 * people added to an item stays, such as that they dismissed it.
 */
export function mergeEvidence(
  stored: readonly Json[],
  source: string,
  facts: readonly EvidenceFact[],
): Json[] | null {
  const items = itemsOf(stored);
  let isChanged = false;
  for (const fact of facts) {
    const { ref, kind, url, at } = fact;
    const key = keyOf({ source, ref, kind });
    const known = items.get(key);
    if (known !== undefined && !isBetter({ kind, url, at }, jsonObjectIn(known))) continue;
    items.set(key, { source, ref, kind, ...jsonObjectIn(known), url, at });
    isChanged = true;
  }
  return isChanged ? listOf(items) : null;
}
