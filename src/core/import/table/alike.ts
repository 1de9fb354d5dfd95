import type { SheetChoices, SheetProblem } from '#shared/contract/sheets.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { listedLines } from './limits.ts';
import { isOfLetters, mayBeOne, nearKeys, nearName } from './near-names.ts';
import type { NearName } from './near-names.ts';
import type { Named, Present } from './present.ts';
import type { Along } from './reference.ts';
import type { Gathered, RowProblems } from './row.ts';
import { plain } from '../../interchange/headings.ts';

/**
 * Comparisons that one table may take, of names that have a word in common and of names of which only a few letters are the same; and
 * names with one key in common beyond which that key tells nothing.
 */
const mostComparisons = { words: 50_000, letters: 20_000 };
const mostOfOneKey = 60;
/** How many other names are told of one, and of how many names of the workspace it is looked for. */
const told = 2;
const mostPresent = 20_000;
/** Names looked at between two pauses, and comparisons. */
const piece = 200;
const pieceOfComparisons = 50;

/** A name that rows say and that is made along, with the rows that say it. */
interface Said {
  type: EntityType;
  column: number;
  title: string;
  name: NearName;
  count: number;
  problems: Gathered[];
  /** What it may be in other words. */
  like: SheetProblem['suggestions'];
}

export interface AlikeSources {
  problems: RowProblems;
  present: Present;
  along: Along;
}

/**
 * Finds names that are made along although another name of the table, or a record that is here, is nearly the same, and makes each a
 * thing to look at: the one that fewer rows say. Names whose ids the table gives, and of which the person said that they are right,
 * are no question. Yields names done.
 */
export function* markAlike(
  choices: Pick<SheetChoices, 'type' | 'values' | 'missing'>,
  { problems, present, along }: AlikeSources,
): Generator<number, void, void> {
  const said = [...namesIn(problems, choices, along)].toSorted((a, b) => b.count - a.count);
  if (said.length === 0) return;
  const right = new Set(
    choices.values
      .filter(({ create, value, becomes }) => create && becomes === value)
      .map(({ column, value }) => `${column} ${plain(value)}`),
  );
  const isRight = ({ column, title }: Said): boolean => right.has(`${column} ${plain(title)}`);
  const budget = { ...mostComparisons };
  const byKey = new Map<string, Said[]>();
  let compared = 0;
  for (const [at, one] of said.entries()) {
    const { under, sought } = nearKeys(one.name);
    if (!isRight(one)) {
      for (const other of candidates(sought, one.column, byKey, budget)) {
        if (one.like.length >= told) break;
        if (++compared % pieceOfComparisons === 0) yield at;
        if (mayBeOne(one.name, other.name))
          one.like.push({ value: other.title, label: other.title, rows: other.count, lines: linesOf(other) });
      }
    }
    for (const key of under) push(byKey, `${key} ${one.column}`, one);
    if (at % piece === piece - 1) yield at;
  }
  yield* likePresent(
    said.filter((one) => !isRight(one) && choices.missing[fieldKey(one)] !== 'create'),
    byKey,
    present,
    budget,
  );
  for (const { problems: all, like } of said) {
    if (like.length === 0) continue;
    for (const problem of all) Object.assign(problem, { code: 'reference_alike', near: like });
  }
}

/** The first rows that say it, under whatever writing. */
const linesOf = ({ problems }: Said): number[] =>
  problems
    .flatMap(({ lines }) => lines)
    .toSorted((a, b) => a - b)
    .slice(0, listedLines);

const fieldKey = ({ problems: [first] }: Said): string => first?.field ?? '';

/** Every name that is made along, under whatever writing rows say it. */
function namesIn(problems: RowProblems, { type }: Pick<SheetChoices, 'type'>, along: Along): Iterable<Said> {
  const found = new Map<string, Said>();
  for (const problem of problems.all()) {
    const { code, column, field, value, count } = problem;
    const to = field === null ? undefined : fieldOf(type, field)?.to;
    if (code !== 'reference_created' || column === null || to === undefined || to === 'any') continue;
    const name = plain(value);
    if (name === '' || along.isGiven(to, name)) continue;
    const key = `${column} ${name}`;
    const known = found.get(key);
    if (known) {
      known.count += count;
      known.problems.push(problem);
    } else {
      const one = { type: to, column, title: value, name: nearName(name), count, like: [] };
      found.set(key, { ...one, problems: [problem] });
    }
  }
  return found.values();
}

type Budget = Record<keyof typeof mostComparisons, number>;

/** Names that have a key in common with one, as far as there is time to compare them. */
function* candidates(
  keys: readonly string[],
  column: number,
  byKey: ReadonlyMap<string, readonly Said[]>,
  budget: Budget,
): Generator<Said> {
  const seen = new Set<Said>();
  for (const key of keys) {
    const all = byKey.get(`${key} ${column}`) ?? [];
    const kind = isOfLetters(key) ? 'letters' : 'words';
    if (all.length >= mostOfOneKey) continue;
    for (const one of all) {
      if (seen.has(one) || budget[kind]-- <= 0) continue;
      seen.add(one);
      yield one;
    }
  }
}

/** Compares what is here with the names that come along. */
function* likePresent(
  said: readonly Said[],
  byKey: ReadonlyMap<string, readonly Said[]>,
  present: Present,
  budget: Budget,
): Generator<number, void, void> {
  const asked = new Set(said);
  const columns = new Map(said.map(({ column, type }) => [column, type]));
  for (const [column, type] of columns) {
    let [at, compared] = [0, 0];
    for (const [title, [named]] of present.titles(type)) {
      if (++at > mostPresent || budget.words <= 0) break;
      if (at % piece === 0) yield at;
      if (!named) continue;
      const name = nearName(title);
      for (const one of candidates(nearKeys(name).sought, column, byKey, budget)) {
        if (!asked.has(one) || one.like.length >= told) continue;
        if (++compared % pieceOfComparisons === 0) yield at;
        if (mayBeOne(one.name, name)) one.like.push(hereAs(named, present));
      }
    }
  }
}

const hereAs = (named: Named, present: Present) => ({ value: named.id, label: present.label(named) });

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const found = map.get(key);
  if (!found) map.set(key, [value]);
  else if (found.length < mostOfOneKey) found.push(value);
}
