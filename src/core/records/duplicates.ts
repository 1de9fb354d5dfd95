import { compareNames } from '#shared/domain/sort-key.ts';
import type { DuplicatePairs } from '#shared/contract/merge.ts';
import { isPerson, personWords, canBeSamePerson } from '#shared/domain/person-name.ts';
import { nameField } from '#shared/domain/title.ts';
import { entityTypes, tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { visibleCondition } from '../kernel/db/schema.ts';
import { computedColumnsOf } from '../model/filters.ts';
import { plainHeading } from '../model/interchange/headings.ts';
import { readPages } from '../model/read-pages.ts';
import { editSimilarity, distinctivePart, initialsOf, shareAcronym } from '../model/interchange/likeness.ts';
import { referencesTo } from './merge.ts';

interface Row {
  row: number;
  id: string;
  title: string;
  university: string | null;
}

type Pair = DuplicatePairs['pairs'][number];

const minLikeness = 0.85;
/** At most this many names are kept of each group that a name is compared with. */
const maxCompared = 60;

/** Numbers and single letters distinguish names: Optics 1 and Optics 2, Team A and Team B. */
const marksOf = (name: string): string =>
  name
    .split(' ')
    .filter((word) => word.length === 1 || /\p{N}/u.test(word))
    .join(' ');

interface Entry {
  row: Row;
  name: string;
  words: readonly string[];
}

interface FoundPair {
  type: EntityType;
  one: Row;
  other: Row;
  likeness: number;
}

/** How similar the names of two people are: equal but for the word order, with initials, or with a typing error. */
function personLikeness(words: readonly string[], otherWords: readonly string[]): number {
  const [name, otherName] = [words.join(' '), otherWords.join(' ')];
  if (name === otherName) return 1;
  if (words.toSorted().join(' ') === otherWords.toSorted().join(' ')) return 0.95;
  if (canBeSamePerson(words, otherWords)) return 0.9;
  return marksOf(name) === marksOf(otherName) ? editSimilarity(name, otherName) : 0;
}

function likenessOf(entry: Entry, otherEntry: Entry): number {
  if (shareAcronym(entry.row.title, otherEntry.row.title)) return 0.9;
  if (marksOf(entry.name) !== marksOf(otherEntry.name)) return 0;
  const [part, otherPart] = [distinctivePart(entry.name), distinctivePart(otherEntry.name)];
  return part === otherPart ? 1 : editSimilarity(part, otherPart);
}

/** The number of links and references of visible records to a record. */
function countDependants(db: ReadHandle, type: EntityType, id: string): Pair['one']['dependants'] {
  const count = (sql: string): number =>
    db.get<{ n: number }>(`SELECT count(*) AS n FROM ${sql}`, { id })?.n ?? 0;
  const links = count(`interfaces WHERE (from_id = :id OR to_id = :id) AND ${visibleCondition()}`);
  const records = referencesTo(type).map(({ type: otherType, field, isList }) => {
    const column = computedColumnsOf(otherType).includes(field) ? field : `payload ->> '$.${field}'`;
    const condition = isList ? `instr(payload ->> '$.${field}', json_quote(:id))` : `${column} = :id`;
    return count(`${tableOf[otherType]} WHERE ${condition} AND ${visibleCondition()}`);
  });
  return { links, records: records.reduce((sum, number) => sum + number, 0) };
}

/** Pairs of one type. Compares names of one university that share their beginning, end, initials or words. Yields the records done. */
function* pairsOf(db: ReadHandle, type: EntityType): Generator<number, FoundPair[], void> {
  const university = type === 'university' ? 'NULL' : 'university_id';
  const sql = `SELECT rowid AS row, id, coalesce(name, '') AS title, ${university} AS university FROM ${tableOf[type]}
    WHERE ${visibleCondition()}`;
  const groups = new Map<string, Entry[]>();
  const pairs: FoundPair[] = [];
  let done = 0;
  for (const rows of readPages<Row>(db, sql))
    for (const row of rows) {
      if (++done % 50 === 0) yield done;
      const words = isPerson(type) ? personWords(row.title) : [];
      const name = isPerson(type) ? words.join(' ') : plainHeading(row.title);
      if (name === '') continue;
      const part = isPerson(type) ? name : distinctivePart(name);
      const thirdKey = isPerson(type) ? `s${words.toSorted().join(' ')}` : `i${initialsOf(row.title)}`;
      const neighbourGroups = [`b${part.slice(0, 4)}`, `e${part.slice(-5)}`, thirdKey].map((keyPart) => {
        const key = `${row.university ?? ''} ${keyPart}`;
        const group = groups.get(key) ?? [];
        groups.set(key, group);
        return group;
      });
      const entry = { row, name, words };
      for (const other of new Set(neighbourGroups.flat())) {
        const likeness = isPerson(type) ? personLikeness(words, other.words) : likenessOf(entry, other);
        if (likeness < minLikeness) continue;
        pairs.push({ type, one: other.row, other: row, likeness });
      }
      for (const group of neighbourGroups) if (group.length < maxCompared) group.push(entry);
    }
  return pairs;
}

/** Pairs of possible duplicates, most similar first. Yields the number of records visited. */
export function* findDuplicates(
  db: ReadHandle,
  { type, limit }: { type?: EntityType | undefined; limit: number },
): Generator<number, DuplicatePairs, void> {
  const pairs: FoundPair[] = [];
  for (const nameType of type === undefined ? entityTypes : [type])
    // Repairs with the same name can be for different records.
    if (nameField(nameType) !== null && nameType !== 'repair') pairs.push(...(yield* pairsOf(db, nameType)));
  pairs.sort((a, b) => b.likeness - a.likeness || compareNames(a.one.title, b.one.title));
  const result: Pair[] = [];
  for (const { type: pairType, one, other, likeness } of pairs.slice(0, limit)) {
    const [firstRecord, secondRecord] = [one, other].map(({ id, title, university }) => ({
      id,
      title,
      university,
      dependants: countDependants(db, pairType, id),
    })) as [Pair['one'], Pair['one']];
    result.push({ type: pairType, one: firstRecord, other: secondRecord, likeness });
    yield result.length;
  }
  return { pairs: result, count: pairs.length };
}
