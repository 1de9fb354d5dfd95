import { isUtf8 } from 'node:buffer';
import type { SheetChoices, SheetProblem } from '#shared/contract/sheets.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import { asWindows1252 } from '../../kernel/files/read-file.ts';
import { plain } from '../../model/interchange/headings.ts';
import { listedLines } from './limits.ts';
import type { ReferencedRecords } from './reference.ts';
import type { Gathered, RowProblems } from './row-problems.ts';
import type { Cell } from './table.ts';
import { closeness, distinctive } from './words.ts';

/** What a text says whose UTF-8 was read as windows-1252 ("MÃ¼ller"), or null where it is no such text. */
export function ungarbled(text: string): string | null {
  if (!/[\u00c2-\u00f4]/.test(text)) return null;
  const bytes = asWindows1252(text);
  if (bytes === null || !isUtf8(bytes)) return null;
  const original = bytes.toString('utf8');
  return /^[\p{L}\p{M}\p{N}\p{P}\p{S}\s]+$/u.test(original) && /\p{L}{2}/u.test(original) ? original : null;
}

/** What a text may be: a name, a value of a custom field that may be one, or prose. */
export type Wording = 'name' | 'any' | 'prose';

const lostInName = /(?:^|[("„“'’-])\?+\p{Ll}|\p{L}\?+\p{Ll}/u;
const lostInAny = /^(?:\?+\p{Ll}{2,}|\p{Lu}\p{Ll}*\?+\p{Ll}+)/u;
/** Characters of addresses, formulas and figures, where a question mark is one. */
const noWord = /[:/=&@#%<>\p{N}]|\p{L}\.\p{L}/u;
const mostWords = 8;

/** Whether letters were most likely lost before the text came here: "?ukasz" in names, or "�" anywhere. */
export function hasLostLetters(text: string, wording: Wording): boolean {
  if (text.includes('\ufffd') || (wording === 'name' && /^\?{2,}(?:\s+\?{2,})+$/.test(text.trim())))
    return true;
  if (wording === 'prose' || !text.includes('?')) return false;
  const words = text.trim().split(/\s+/, mostWords + 1);
  const lost = wording === 'name' ? lostInName : lostInAny;
  return words.length <= mostWords && words.some((word) => !noWord.test(word) && lost.test(word));
}

/** The problem of a cell whose letters are lost or garbled; undefined where nothing is odd. */
export function lettersLost(
  cell: Cell,
  wording: Wording,
): { code: 'lost_letters'; action: 'kept' } | undefined {
  if (typeof cell !== 'string') return undefined;
  const lost = hasLostLetters(cell, wording) || ungarbled(cell) !== null;
  return lost ? { code: 'lost_letters', action: 'kept' } : undefined;
}

/** A name that the import would create, with the problems of the rows that hold it. */
interface NewName {
  column: number;
  title: string;
  key: string;
  count: number;
  problems: Gathered[];
}

/** Of names that begin alike so many are compared with each other. */
const mostCompared = 60;

const digitsOf = (name: string): string => name.replaceAll(/\D/g, '');

/** Whether two names are probably two spellings of one: a letter differs, or only a word that many names have. */
export function areAlike(one: string, other: string): boolean {
  if (digitsOf(one) !== digitsOf(other)) return false;
  return distinctive(one) === distinctive(other) || areOneSlipApart(one.split(' '), other.split(' '));
}

/** Whether one long word of them differs, and that by a slip. */
function areOneSlipApart(words: readonly string[], others: readonly string[]): boolean {
  if (words.length !== others.length) return false;
  const differing = words.flatMap((word, at) => (word === others[at] ? [] : [[word, others[at] ?? '']]));
  const [[word = '', other = ''] = []] = differing;
  return differing.length === 1 && Math.min(word.length, other.length) >= 5 && closeness(word, other) >= 0.75;
}

/**
 * Flags names that would be created although they look damaged, or although another new name of the column is nearly the same: the
 * one that fewer rows hold. Names that the person confirmed are left alone. Yields names done.
 */
export function* flagDoubtfulNames(
  { type, values, missing }: Pick<SheetChoices, 'type' | 'values' | 'missing'>,
  problems: RowProblems,
  along: ReferencedRecords,
): Generator<number, void, void> {
  const confirmed = new Set(
    values
      .filter(({ create, value, becomes }) => create && becomes === value)
      .map(({ column, value }) => `${column} ${plain(value)}`),
  );
  const names = new Map<string, NewName>();
  for (const problem of problems.all()) {
    const { code, column, field, value, count } = problem;
    const to = field === null ? undefined : fieldOf(type, field)?.to;
    if (code !== 'reference_created' || column === null || to === undefined || to === 'any') continue;
    const key = plain(value);
    const isConfirmed = confirmed.has(`${column} ${key}`);
    if (missing[field ?? ''] !== 'create' && !isConfirmed && lettersLost(value, 'name'))
      Object.assign(problem, { code: 'lost_letters' });
    if (key === '' || along.isGiven(to, key)) continue;
    const known = names.get(`${column} ${key}`);
    if (known) {
      known.count += count;
      known.problems.push(problem);
    } else names.set(`${column} ${key}`, { column, title: value, key, count, problems: [problem] });
  }
  // Names that may be one begin with the same distinctive word, or end alike.
  const groups = new Map<string, NewName[]>();
  let done = 0;
  for (const name of [...names.values()].toSorted((a, b) => b.count - a.count)) {
    const keys = [`b${distinctive(name.key).slice(0, 5)}`, `e${name.key.slice(-5)}`];
    const neighbours = keys.map((key) => groups.get(`${name.column} ${key}`) ?? []);
    keys.forEach((key, at) => groups.set(`${name.column} ${key}`, neighbours[at] ?? []));
    const near = confirmed.has(`${name.column} ${name.key}`)
      ? undefined
      : neighbours.flat().find((other) => areAlike(name.key, other.key));
    if (near) for (const problem of name.problems) Object.assign(problem, alike(near));
    for (const group of neighbours) if (group.length < mostCompared) group.push(name);
    if (++done % 50 === 0) yield done;
  }
}

function alike({ title, count, problems }: NewName): Pick<Gathered, 'code' | 'near'> {
  const lines = problems.flatMap((problem) => problem.lines).toSorted((a, b) => a - b);
  const near: SheetProblem['suggestions'] = [
    { value: title, label: title, rows: count, lines: lines.slice(0, listedLines) },
  ];
  return { code: 'reference_alike', near };
}
