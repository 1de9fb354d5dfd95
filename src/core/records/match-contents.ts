import { areaKey } from '#shared/domain/fold.ts';
import { appendTo } from '#shared/domain/append-to.ts';
import type { MergedContents } from '#shared/contract/merge.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import { isIdentifier, isPlainValue, isSameIdentifier, provesIdentity } from '#shared/domain/identifiers.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { isPerson, personKey } from '#shared/domain/person-name.ts';
import { titleOf } from '#shared/domain/title.ts';
import { tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { visibleCondition } from '../kernel/db/schema.ts';
import { readPages } from '../model/read-pages.ts';

/** Records to merge into `keep`. */
export interface MergeSet {
  type: EntityType;
  keep: string;
  others: readonly string[];
}

export interface MatchedContents {
  sets: MergeSet[];
  /** Matching records that the caller leaves out. */
  excluded: MergeSet[];
  ambiguous: MergedContents['ambiguous'];
}

const contentTypes = ['project', 'organisation', 'team', 'faculty', 'student'] as const;

/** Maximum number of people with the same name in a university; above it, none of them is matched. */
const maxSameName = 50;

interface Content {
  id: string;
  title: string;
  payload: JsonObject;
}

export interface LinkRow {
  id: string;
  payload: string;
}

/** Returns the id of the kept record for that of a merged one; other values stay. */
export type Redirect = (id: Json | undefined) => Json;

export function redirectOf(sets: readonly MergeSet[]): Redirect {
  const keptIds = new Map<Json | undefined, string>(
    sets.flatMap(({ keep, others }) => others.map((id) => [id, keep] as const)),
  );
  return (id) => keptIds.get(id) ?? id ?? null;
}

/** The visible links with an end among the records of the sets. */
export function linksOf(db: ReadHandle, sets: readonly MergeSet[]): LinkRow[] {
  const ids = JSON.stringify(sets.flatMap(({ keep, others }) => [keep, ...others]));
  const inIds = 'IN (SELECT value FROM json_each(:ids))';
  const sql = `SELECT id, payload FROM interfaces WHERE from_id ${inIds} AND ${visibleCondition()}
    UNION SELECT id, payload FROM interfaces WHERE to_id ${inIds} AND ${visibleCondition()} ORDER BY id`;
  return db.all<LinkRow>(sql, { ids });
}

/**
 * Matches the records of universities by name, people also by e-mail address or number, and links by their ends and kind. A name that
 * several records of one side share is ambiguous and matches nothing. Yields the number of records read.
 */
export function* matchContents(
  db: ReadHandle,
  universities: MergeSet,
  except: ReadonlySet<string> = new Set(),
): Generator<number, MatchedContents, void> {
  const ids = [universities.keep, ...universities.others];
  const matched: MatchedContents = { sets: [], excluded: [], ambiguous: [] };
  let done = 0;
  for (const type of contentTypes) {
    const matcher = new NameMatcher(type, except, matched);
    for (const university of ids) {
      const byName = new Map<string, Content[]>();
      const sql = `SELECT rowid AS row, id, payload FROM ${tableOf[type]} WHERE university_id = :university AND ${visibleCondition()}`;
      for (const rows of readPages<LinkRow>(db, sql, { university })) {
        for (const row of rows) {
          const payload = JSON.parse(row.payload) as JsonObject;
          const title = titleOf(type, payload);
          const key = isPerson(type) ? personKey(title) : areaKey(title);
          if (key !== '') appendTo(byName, key, { id: row.id, title, payload });
        }
        yield (done += rows.length);
      }
      matcher.addUniversity(byName);
    }
    matched.sets.push(...matcher.sets());
  }
  matchLinks(db, universities, matched, except);
  yield done + 1;
  return matched;
}

/** Matches the records of one type with those of the universities before. */
class NameMatcher {
  readonly #type: EntityType;
  readonly #except: ReadonlySet<string>;
  readonly #matched: MatchedContents;
  /** The records that stay, by name. */
  readonly #kept = new Map<string, Content[]>();
  readonly #otherIds = new Map<string, string[]>();

  constructor(type: EntityType, except: ReadonlySet<string>, matched: MatchedContents) {
    this.#type = type;
    this.#except = except;
    this.#matched = matched;
  }

  sets(): MergeSet[] {
    return [...this.#otherIds].map(([keep, others]) => ({ type: this.#type, keep, others }));
  }

  addUniversity(byName: ReadonlyMap<string, readonly Content[]>): void {
    for (const [name, records] of byName) {
      const kept = this.#kept.get(name) ?? [];
      const pairs = this.#pairsOf(kept, records);
      const staying = new Set(records);
      for (const [keep, other] of pairs) {
        if (this.#except.has(other.id)) {
          this.#matched.excluded.push({ type: this.#type, keep: keep.id, others: [other.id] });
          // It stays, but does not take part: the pairs of further universities do not depend on it.
          staying.delete(other);
          continue;
        }
        staying.delete(other);
        appendTo(this.#otherIds, keep.id, other.id);
      }
      const [keptLeft, left] = [kept.length - pairs.length, records.length - pairs.length];
      if (keptLeft > 0 && left > 0)
        this.#matched.ambiguous.push({
          type: this.#type,
          title: records[0]?.title ?? '',
          count: keptLeft + left,
        });
      this.#kept.set(name, [...kept, ...staying]);
    }
  }

  #pairsOf(kept: readonly Content[], records: readonly Content[]): (readonly [Content, Content])[] {
    const [one, other] = [kept[0], records[0]];
    if (!one || !other) return [];
    if (kept.length === 1 && records.length === 1) {
      const { shared, differing } = isPerson(this.#type)
        ? compareIdentifiers(this.#type, one, other)
        : noIdentifiers;
      return shared === 0 && differing > 0 ? [] : [[one, other]];
    }
    if (!isPerson(this.#type) || kept.length > maxSameName || records.length > maxSameName) return [];
    const candidates = records.flatMap((record) =>
      kept.flatMap((keptRecord): (readonly [Content, Content])[] => {
        const { shared, differing } = compareIdentifiers(this.#type, keptRecord, record);
        return shared > 0 && differing === 0 ? [[keptRecord, record]] : [];
      }),
    );
    const count = (record: Content): number => candidates.filter((pair) => pair.includes(record)).length;
    return candidates.filter((pair) => pair.every((record) => count(record) === 1));
  }
}

const noIdentifiers = { shared: 0, differing: 0 };

/** The numbers of e-mail addresses and numbers that two people share, and in which they differ. */
function compareIdentifiers(type: EntityType, one: Content, other: Content): typeof noIdentifiers {
  let [shared, differing] = [0, 0];
  for (const [field, value] of Object.entries(one.payload)) {
    const otherValue = other.payload[field];
    if (fieldOf(type, field) || !isIdentifier(value) || !isPlainValue(otherValue)) continue;
    if (!isSameIdentifier(value, otherValue)) differing += Number(isIdentifier(otherValue));
    else if (provesIdentity(value)) shared += 1;
  }
  return { shared, differing };
}

/** Adds the links that connect the same records with the same kind after the merge. Two of one side are ambiguous and stay. */
function matchLinks(
  db: ReadHandle,
  universities: MergeSet,
  { sets, excluded }: MatchedContents,
  except: ReadonlySet<string>,
): void {
  const allSets = [universities, ...sets];
  const redirect = redirectOf(allSets);
  const links = new Map<string, { id: string; ends: string; isMoved: boolean }[]>();
  for (const { id, payload } of linksOf(db, allSets)) {
    const { from: oldFrom, to: oldTo, interface_type: kind = null } = JSON.parse(payload) as JsonObject;
    const [from, to] = [redirect(oldFrom), redirect(oldTo)];
    if (from === to) continue;
    const ends = JSON.stringify([oldFrom, oldTo]);
    appendTo(links, JSON.stringify([from, to, kind]), {
      id,
      ends,
      isMoved: from !== oldFrom || to !== oldTo,
    });
  }
  for (const sameLinks of links.values()) {
    if (sameLinks.length === 1 || new Set(sameLinks.map(({ ends }) => ends)).size < sameLinks.length)
      continue;
    const [first, ...others] = sameLinks.toSorted((a, b) => Number(a.isMoved) - Number(b.isMoved));
    if (!first) continue;
    const isExcluded = ({ id }: { id: string }): boolean => except.has(id);
    const pair = { type: 'interface', keep: first.id } as const;
    const merged = others.filter((link) => !isExcluded(link)).map(({ id }) => id);
    if (merged.length > 0) sets.push({ ...pair, others: merged });
    for (const { id } of others.filter(isExcluded)) excluded.push({ ...pair, others: [id] });
  }
}
