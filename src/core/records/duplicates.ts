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
import { matchContents } from './match-contents.ts';
import { countSets } from './merge-values.ts';
import { referencesTo } from './merge.ts';

interface Row {
  row: number;
  id: string;
  title: string;
  university: string | null;
}

type Pair = DuplicatePairs['pairs'][number];

const minLikeness = 0.85;
/** Likeness of names that differ only in a known way; below 1, so that equal names come first. */
const knownLikeness = { otherOrder: 0.95, initials: 0.9, acronym: 0.9 };
/** Maximum number of names of a block that later names are compared with. */
const maxBlockNames = 60;

/** Numbers and single letters distinguish names: Optics 1 and Optics 2, Team A and Team B. */
const marksOf = (name: string): string =>
  name
    .split(' ')
    .filter((word) => word.length === 1 || /\p{N}/u.test(word))
    .join(' ');

interface Entry {
  row: Row;
  name: string;
  /** The words of a person's name; empty for other types. */
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
  if (words.toSorted().join(' ') === otherWords.toSorted().join(' ')) return knownLikeness.otherOrder;
  if (canBeSamePerson(words, otherWords)) return knownLikeness.initials;
  return marksOf(name) === marksOf(otherName) ? editSimilarity(name, otherName) : 0;
}

function nameLikeness(entry: Entry, otherEntry: Entry): number {
  if (shareAcronym(entry.row.title, otherEntry.row.title)) return knownLikeness.acronym;
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

/** Names are only compared within a block: of one university, with the same beginning, end, initials, or words in any order. */
function blockKeys({ row, name, words }: Entry, type: EntityType): string[] {
  const part = isPerson(type) ? name : distinctivePart(name);
  const wholeName = isPerson(type)
    ? `words ${words.toSorted().join(' ')}`
    : `initials ${initialsOf(row.title)}`;
  return [`begin ${part.slice(0, 4)}`, `end ${part.slice(-5)}`, wholeName].map(
    (key) => `${row.university ?? ''} ${key}`,
  );
}

/** The pairs of one type. Yields the number of records done. */
function* pairsOf(db: ReadHandle, type: EntityType): Generator<number, FoundPair[], void> {
  const university = type === 'university' ? 'NULL' : 'university_id';
  const sql = `SELECT rowid AS row, id, coalesce(name, '') AS title, ${university} AS university FROM ${tableOf[type]}
    WHERE ${visibleCondition()}`;
  const blocks = new Map<string, Entry[]>();
  const pairs: FoundPair[] = [];
  let done = 0;
  for (const rows of readPages<Row>(db, sql))
    for (const row of rows) {
      if (++done % 50 === 0) yield done;
      const words = isPerson(type) ? personWords(row.title) : [];
      const name = isPerson(type) ? words.join(' ') : plainHeading(row.title);
      if (name === '') continue;
      const entry = { row, name, words };
      const ownBlocks = blockKeys(entry, type).map((key) => {
        const block = blocks.get(key) ?? [];
        blocks.set(key, block);
        return block;
      });
      for (const other of new Set(ownBlocks.flat())) {
        const likeness = isPerson(type) ? personLikeness(words, other.words) : nameLikeness(entry, other);
        if (likeness < minLikeness) continue;
        pairs.push({ type, one: other.row, other: row, likeness });
      }
      for (const block of ownBlocks) if (block.length < maxBlockNames) block.push(entry);
    }
  return pairs;
}

const byLikeness = (a: FoundPair, b: FoundPair): number =>
  b.likeness - a.likeness || compareNames(a.one.title, b.one.title);

/** The numbers of records that match in two universities; null if none do. Yields the number of records read. */
function* matchUniversities(
  db: ReadHandle,
  { one, other }: FoundPair,
): Generator<number, Pair['contents'], void> {
  const universities = { type: 'university', keep: one.id, others: [other.id] } as const;
  const { sets, ambiguous } = yield* matchContents(db, universities);
  const count = ambiguous.reduce((sum, name) => sum + name.count, 0);
  return sets.length === 0 ? null : { ...countSets([universities, ...sets]), ambiguous: count };
}

/** Pairs of possible duplicates: universities first, then the most similar. Yields the number of records visited. */
export function* findDuplicates(
  db: ReadHandle,
  { type, limit }: { type?: EntityType | undefined; limit: number },
): Generator<number, DuplicatePairs, void> {
  const pairs: FoundPair[] = [];
  const contents = new Map<FoundPair, Pair['contents']>();
  const types = type === undefined || type === 'university' ? [] : (['university'] as const);
  for (const nameType of type === undefined ? entityTypes : [...types, type]) {
    // Repairs with the same name can be for different records.
    if (nameField(nameType) === null || nameType === 'repair') continue;
    for (const pair of (yield* pairsOf(db, nameType)).toSorted(byLikeness)) {
      if (nameType === 'university') {
        const matched = contents.size < limit ? yield* matchUniversities(db, pair) : null;
        contents.set(pair, matched);
        if (type !== undefined && type !== 'university' && !matched?.before[tableOf[type]]) continue;
      }
      pairs.push(pair);
    }
  }
  const rank = (pair: FoundPair): number => Number(pair.type !== 'university');
  pairs.sort((a, b) => rank(a) - rank(b) || byLikeness(a, b));
  const result: Pair[] = [];
  for (const pair of pairs.slice(0, limit)) {
    const { type: pairType, one, other, likeness } = pair;
    const [firstRecord, secondRecord] = [one, other].map(({ id, title, university }) => ({
      id,
      title,
      university,
      dependants: countDependants(db, pairType, id),
    })) as [Pair['one'], Pair['one']];
    const found = { type: pairType, one: firstRecord, other: secondRecord, likeness };
    result.push({ ...found, contents: contents.get(pair) ?? null });
    yield result.length;
  }
  return { pairs: result, count: pairs.length };
}
