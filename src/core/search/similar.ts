import type { MeaningHit, SimilarRecord } from '#shared/contract/search.ts';
import { compareNames } from '#shared/domain/sort-key.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { findRecord } from '../model/queries.ts';
import type { Services } from '../model/services.ts';
import { excerptOf } from './excerpt.ts';
import { searchWords } from './find.ts';
import { hitRecord, titleOf } from './hit-record.ts';
import type { RecordRow } from './hit-record.ts';
import { isNameOfPerson } from './meaning/embeddable.ts';
import { indexBytes } from './index-file.ts';
import { findByMeaning, vectorsOf } from './meaning/find.ts';
import { meaningIndex } from './meaning/meaning-index.ts';
import type { MeaningIndex } from './meaning/meaning-index.ts';
import { passagesOf } from './passages.ts';
import type { Passage } from './passages.ts';
import { searchIndex } from './search-index.ts';
import type { SearchIndex } from './search-index.ts';

/** English and German words that say nothing about a subject, folded by `foldText`. */
const stopWords: ReadonlySet<string> = new Set(
  `a about above after again against all also although always am among an and any are as at be because been before being below between both but by can
cannot could did do does doing done down during each either else even ever every few first for from further get gets give given gives goes got had has
have having he her here hers him his how however i if in into is it its itself just keep keeps kept know known knows last least less let like made
make makes many may me might more most much must my need needs never next no nobody none nor not nothing now of off often on once one only or other
others our out over own per perhaps put rather said same say says see seen shall she should since so some somebody something still such take taken
takes than that the their them then there these they thing things this those though through till to together too two under until up upon us use used
uses very was way we well went were what when where whether which while who whom whose why will with within without would yet you your
aber alle allem allen aller alles als also am an andere anderen anderer anderes auch auf aus bei beim bereits bin bis bist da dabei damit danach dann
daran darauf darf das dass dazu dein dem den denn der deren des deshalb dessen die dies diese diesem diesen dieser dieses doch dort du durch durfen
ein eine einem einen einer eines einige einmal er erst es etwa etwas euch fur ganz gegen gibt haben hat hatte hatten her hier hin hinter ich ihm ihn
ihnen ihr ihre ihrem ihren ihrer im immer in indem ins ist ja jede jedem jeden jeder jedes jedoch jener jetzt kann kein keine keinem keinen keiner
konnen konnte mal man manche mehr mein mich mir mit muss mussen nach nachdem nicht nichts nie noch nun nur ob oder ohne schon sehr sein seine seinem
seinen seiner seit selbst sich sie sind so sobald solche soll sollen sollte sondern sonst uber um und uns unser unter vom von vor wahrend war waren
warum was weil weiter welche welchem welchen welcher wenn wer werden wie wieder will wir wird wo wurde wurden zu zum zur zwar zwischen`.split(
    /\s+/,
  ),
);

/** The maximal number of a record's rarest words that are searched, and of passages of each. */
const maxWords = 20;
const maxPassages = 500;
const threeLetters = /\p{L}.*\p{L}.*\p{L}/u;
/** A word in more than this share of passages is too common to compare. */
const maxPassageShare = 0.03;

/** The first hits by words, which the hits by meaning do not repeat. */
const maxHitsByWords = 10;

interface Row extends RecordRow {
  id: number;
}

interface SimilarHit extends Row {
  score: number;
  shared: string[];
  passageWeights: Map<number, number>;
}

/** Names and addresses of people say nothing about a subject. */
const isComparable =
  (type: EntityType) =>
  (passage: Passage): boolean =>
    !isNameOfPerson(type, passage) && !/\S@\S/.test(passage.text);

/**
 * Records that share rare words with a record, most similar first. A shared word counts ln(passages / passages with the word): the inverse
 * document frequency of Spärck Jones (1972), "A statistical interpretation of term specificity". Throws NOT_FOUND.
 */
export function* findSimilar(
  index: SearchIndex,
  services: Pick<Services, 'read' | 'names' | 'files'>,
  id: string,
): Generator<number, SimilarRecord[], void> {
  const { type, payload } = findRecord(services.read, id);
  yield* index.catchUp();
  services.names.refresh();
  const { db } = index;
  const passageCount = db.get<{ n: number }>('SELECT count(*) AS n FROM passages')?.n ?? 0;
  const ownWords = searchWords(
    passagesOf(services.files, type, payload)
      .filter(isComparable(type))
      .map(({ text }) => text)
      .join(' '),
  ).filter((word) => !stopWords.has(word));
  const hits = new Map<string, SimilarHit>();
  for (const { term, doc } of findRareWords(index, ownWords, passageCount)) {
    const rows = db.all<Row>(
      `SELECT id, record, type, university FROM passages WHERE id IN (SELECT rowid FROM titles WHERE titles MATCH :query
        UNION ALL SELECT rowid FROM bodies WHERE bodies MATCH :query) ORDER BY id LIMIT ${maxPassages}`,
      { query: `"${term}"` },
    );
    const weight = Math.log(passageCount / doc);
    for (const row of rows) {
      if (row.record === id) continue;
      const hit: SimilarHit = hits.get(row.record) ?? {
        ...row,
        score: 0,
        shared: [],
        passageWeights: new Map(),
      };
      hit.passageWeights.set(row.id, (hit.passageWeights.get(row.id) ?? 0) + weight);
      if (hit.shared.at(-1) !== term) {
        hit.score += weight;
        hit.shared.push(term);
      }
      hits.set(row.record, hit);
    }
  }
  return [...hits.values()]
    .map((row) => ({ row, title: titleOf(services, row) }))
    .toSorted(
      (a, b) =>
        b.row.score - a.row.score || compareNames(a.title, b.title) || (a.row.record < b.row.record ? -1 : 1),
    )
    .map(({ row: { shared, passageWeights: passages, ...row } }) => ({
      ...hitRecord(services, row),
      shared,
      ...bestPassage(index, passages, shared),
    }));
}

/** The rarest of the words that other passages have too; `doc` is their number of passages. */
function findRareWords(
  { db }: SearchIndex,
  words: readonly string[],
  passageCount: number,
): { term: string; doc: number }[] {
  const query = `SELECT term, sum(doc) AS doc FROM vocabulary WHERE term IN (SELECT value FROM json_each(?))
    GROUP BY term HAVING sum(doc) > 1 ORDER BY doc, term LIMIT ?`;
  const maxDocs = Math.max(2, maxPassageShare * passageCount);
  return db
    .all<{ term: string; doc: number }>(query, [JSON.stringify(words), maxWords])
    .filter(({ term, doc }) => doc <= maxDocs && threeLetters.test(term));
}

/** The passage with the most shared words, which are marked. */
function bestPassage(
  { db }: SearchIndex,
  weights: ReadonlyMap<number, number>,
  shared: readonly string[],
): Pick<SimilarRecord, 'field' | 'page' | 'excerpt'> {
  const [best] = [...weights].toSorted(([a, aWeight], [b, bWeight]) => bWeight - aWeight || a - b);
  const row = db.get<{ field: string; page: number | null; text: string }>(
    'SELECT field, page, text FROM passages WHERE id = ?',
    [best?.[0] ?? 0],
  );
  if (!row) throw new Error('a passage that was just found is missing');
  return { field: row.field, page: row.page, excerpt: excerptOf(row.text, shared, true) };
}

/** Hits by words, cut to `limit`, and other records by meaning, or null without a trained model. */
export function* similarRecords(
  index: SearchIndex,
  meaning: MeaningIndex | null,
  services: Pick<Services, 'read' | 'names' | 'files'>,
  { id, limit }: { id: string; limit: number },
): Generator<number, { hits: SimilarRecord[]; byMeaning: MeaningHit[] | null }, void> {
  const hits = yield* findSimilar(index, services, id);
  if (meaning?.isTrained !== true) return { hits: hits.slice(0, limit), byMeaning: null };
  const excludedIds = new Set([id, ...hits.slice(0, maxHitsByWords).map((hit) => hit.id)]);
  const request = { vectors: vectorsOf(index, id), excludedIds, words: [] };
  const byMeaning = yield* findByMeaning(index, meaning, services, request);
  const meaningIds = new Set(byMeaning.map((hit) => hit.id));
  return { hits: hits.filter((hit) => !meaningIds.has(hit.id)).slice(0, limit), byMeaning };
}

/** Ids of the records with the texts nearest to those of a record; empty without a trained model. Creates no index. */
export function* findSimilarIds(services: Services, id: string): Generator<number, string[], void> {
  const meaning = indexBytes(services.files) ? meaningIndex(services) : null;
  if (meaning?.isTrained !== true) return [];
  const index = searchIndex(services);
  yield* index.catchUp();
  const request = { vectors: vectorsOf(index, id), excludedIds: new Set([id]), words: [] };
  const hits = yield* findByMeaning(index, meaning, services, request);
  return hits.map((hit) => hit.id);
}
