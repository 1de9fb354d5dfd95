import type { Json, JsonObject } from './json.ts';
import { isJsonObject, jsonEqual, textIn } from './json.ts';

/** What a delivery says about a task. */
export interface EvidenceFact {
  task: string;
  /** Unique in its source, such as a commit. */
  ref: string;
  kind: 'opened' | 'merged' | 'closed' | 'commit' | 'failed' | 'passed';
  url: string | null;
  /** ISO 8601 in UTC by the clock of the sender; '' if unknown. */
  at: string;
}

/** Kinds that can happen again: the latest time counts, for the others the earliest. */
const repeatedKinds: readonly string[] = ['closed', 'failed', 'passed'];

/** A total order of statements about one fact, so that their order of arrival does not matter. */
function isBetter(one: JsonObject, other: JsonObject): boolean {
  const [at, otherAt] = [textIn(one['at']), textIn(other['at'])];
  if (at === otherAt) return textIn(one['url']) > textIn(other['url']);
  if (at === '' || otherAt === '') return otherAt === '';
  return repeatedKinds.includes(textIn(one['kind'])) === at > otherAt;
}

const keyOf = (item: Json): string =>
  isJsonObject(item)
    ? JSON.stringify([textIn(item['source']), textIn(item['ref']), textIn(item['kind'])])
    : JSON.stringify(item);

const sortKey = (item: Json): string => `${isJsonObject(item) ? textIn(item['at']) : ''} ${keyOf(item)}`;

/**
 * The evidence of a task with facts of a source. Any order and repetition of the facts gives the same list. What people added to an item
 * stays, such as that they dismissed it. Returns null if nothing changes.
 */
export function mergeEvidence(
  stored: readonly Json[],
  source: string,
  facts: readonly EvidenceFact[],
): Json[] | null {
  const items = new Map(stored.map((item) => [keyOf(item), item]));
  for (const { ref, kind, url, at } of facts) {
    const fact = { source, ref, kind, url, at };
    const known = items.get(keyOf(fact));
    if (known === undefined) items.set(keyOf(fact), fact);
    else if (isJsonObject(known) && isBetter(fact, known)) items.set(keyOf(fact), { ...known, url, at });
  }
  const isChanged =
    stored.length !== items.size || stored.some((item) => !jsonEqual(item, items.get(keyOf(item))));
  if (!isChanged) return null;
  return [...items.values()].toSorted((left, right) => (sortKey(left) < sortKey(right) ? -1 : 1));
}
