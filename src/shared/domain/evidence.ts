import type { Json, JsonObject } from './json.ts';
import { jsonObjectIn, textIn } from './json.ts';

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
function isBetter(one: EvidenceFact, other: JsonObject): boolean {
  const at = textIn(other['at']);
  if (one.at === at) return (one.url ?? '') > textIn(other['url']);
  if (one.at === '' || at === '') return at === '';
  return repeatedKinds.includes(one.kind) === one.at > at;
}

const keyOf = (item: Json): string => {
  const { source = null, ref = null, kind = null } = jsonObjectIn(item);
  return JSON.stringify([source, ref, kind]);
};
const sortKey = (item: Json): string => `${textIn(jsonObjectIn(item)['at'])} ${keyOf(item)}`;

/**
 * The evidence of a task with facts of a source, or null if nothing changes. Any order and repetition of the facts gives the same list. What
 * people added to an item stays, such as that they dismissed it.
 */
export function mergeEvidence(
  stored: readonly Json[],
  source: string,
  facts: readonly EvidenceFact[],
): Json[] | null {
  const items = new Map(stored.map((item) => [keyOf(item), item]));
  let isChanged = false;
  for (const fact of facts) {
    const { ref, kind, url, at } = fact;
    const key = keyOf({ source, ref, kind });
    const known = items.get(key);
    if (known !== undefined && !isBetter(fact, jsonObjectIn(known))) continue;
    items.set(key, { source, ref, kind, ...jsonObjectIn(known), url, at });
    isChanged = true;
  }
  return isChanged
    ? [...items.values()].toSorted((left, right) => (sortKey(left) < sortKey(right) ? -1 : 1))
    : null;
}
