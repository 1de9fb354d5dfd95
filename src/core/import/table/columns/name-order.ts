import type { SheetChoices, SheetPreview } from '#shared/contract/sheets.ts';
import { isTitlePart, splitDegrees } from '#shared/domain/degrees.ts';
import { foldText } from '#shared/domain/fold.ts';
import { givenNameFirst, isPerson, isTitleWord } from '#shared/domain/person-name.ts';
import type { Cells, Mapping } from '../choices.ts';
import { cellText } from '../cell.ts';
import { particles } from './column-values.ts';
import { isGivenName } from './given-names.ts';
import { plainColumn } from './heading-match.ts';
import { hasSeveralFamilyNames, orderOfHeading } from './name-order-headings.ts';
import type { Table } from '../read/table.ts';

/** The order of the names in a column, and what shows it. */
export interface NameOrder {
  order: 'given_first' | 'family_first';
  by: 'choice' | 'heading' | 'values' | null;
  /** Whether most names are written "Falk, Ida"; then the others are in the order of speech. */
  hasCommas: boolean;
  /** Whether people have two family names. */
  hasTwoFamilyNames: boolean;
  /** Names that can be turned, and the first of them. */
  count: number;
  example: string;
  /** Whether a choice about the order makes sense although no name is turned. */
  isOffered: boolean;
}

/** With fewer names of one form, turning them is not worth a choice. */
const leastToTurn = 3;
const comparedRows = 2000;

const isInitial = (word: string): boolean => /^\p{Lu}\.?$/u.test(word);
const isGiven = (word: string): boolean => isInitial(word) || word.split('-').every(isGivenName);
const isCapitals = (word: string): boolean => /\p{Lu}.*\p{Lu}/u.test(word) && word === word.toUpperCase();
const isParticle = (word: string): boolean => particles.has(word.toLowerCase()) || /^['’][stn]$/i.test(word);

interface SplitName {
  titles: string[];
  words: string[];
  /** "(she/her)" at the end. */
  remark: string;
}

/** "Jr." is no title. */
const generation = /^[js]r\.?$/i;

function splitName(name: string): SplitName {
  const [, text = '', remark = ''] = /^(.*?)\s*(\([^()]*\))?$/su.exec(name.trim()) ?? [];
  const words = text.split(/\s+/u).filter((word) => word !== '');
  const isInCapitals = text === text.toUpperCase();
  const titles = words.filter(
    (word) => isTitlePart(word, isInCapitals) || (isTitleWord(word) && !generation.test(word)),
  );
  return { titles, words: words.filter((word) => !titles.includes(word)), remark };
}

/** "Dr. Ida Falk" for "Dr. Falk, Ida"; null for other names, and for two people ("Ida Falk, Jon Rask"). */
function turnAtComma(name: string): string | null {
  if (givenNameFirst(name) === null) return null;
  const [family, given] = name.split(',').map(splitName);
  if (!family || !given) return null;
  const [isWhole, isOther] = [family, given].map(({ words }) => words.length > 1);
  if (isWhole && isOther && isGiven(family.words[0] ?? '') && !isGiven(given.words.at(-1) ?? '')) return null;
  const titles = [...family.titles, ...given.titles];
  return joinWords(...titles, ...given.words, ...family.words, family.remark, given.remark);
}

/** The parts of a name with the titles of the family name first: "Reinhold", "Prof. Dr. Castrop" is "Prof. Dr. Reinhold Castrop". */
export function joinNameParts(parts: readonly string[]): string {
  const family = splitName(parts.at(-1) ?? '');
  if (family.titles.length === 0 || family.words.length === 0) return joinWords(...parts);
  return joinWords(...family.titles, ...parts.slice(0, -1), ...family.words, family.remark);
}

const joinWords = (...words: readonly string[]): string => words.filter(Boolean).join(' ');

/** Common given names that are common family names as well say nothing about the order. */
const alsoFamilyNames: ReadonlySet<string> = new Set(
  (
    'kumar raj lee kim chen lin liu yang jin zhang wei yan xiao jia hui min ming fang li scott gordon graham kelly ross craig martin thomas simon james ryan ' +
    'duncan jordan henry lewis bernard robert richard michel vincent laurent girard garcia ali ahmed khan hassan hasan ibrahim'
  ).split(' '),
);
const isAlsoFamilyName = (word: string): boolean => alsoFamilyNames.has(foldText(word));

type Vote = 'comma' | 'family_first' | 'given_first' | null;

/** The order that a name alone shows: by its comma, by capitals ("DUPONT Jean"), by a particle at its start, or by a given name. */
function voteOf(name: string): Vote {
  if (turnAtComma(name) !== null) return 'comma';
  if (name.includes(',')) return null;
  const { words } = splitName(name);
  const [first = '', last = ''] = [words[0], words.at(-1)];
  if (words.length < 2 || words.length > 6 || words.some((word) => /\d/.test(word))) return null;
  if (isCapitals(first) !== isCapitals(last)) return isCapitals(first) ? 'family_first' : 'given_first';
  if (isParticle(first) && /^\p{Ll}/u.test(first)) return 'family_first';
  if (isGiven(first) === isGiven(last) || isAlsoFamilyName(first) || isAlsoFamilyName(last)) return null;
  return isGiven(last) ? 'family_first' : 'given_first';
}

/**
 * Finds the order of the names of people from the choice, the heading or commas. Null for tables without such a column. Given names at the
 * end only offer the choice: in Hungarian, Chinese, Japanese, Korean and Vietnamese that is the order of speech.
 */
export function findNameOrder(
  { rows, columns }: Pick<Table, 'rows' | 'columns'>,
  { type, fields }: Pick<Mapping, 'type' | 'fields'>,
  cells: Cells,
  choice: SheetChoices['name_order'],
): NameOrder | null {
  const column = fields.find(({ field }) => field.key === 'name')?.column;
  if (!isPerson(type) || column === undefined) return null;
  const counts = { comma: 0, family_first: 0, given_first: 0, none: 0 };
  const names: { written: string; name: string }[] = [];
  for (const row of rows.slice(0, comparedRows)) {
    const written = cellText(cells.peekAt(row, column).cell);
    const { name } = splitDegrees(written);
    if (!/[\s,]/u.test(name)) continue;
    counts[voteOf(name) ?? 'none'] += 1;
    names.push({ written, name });
  }
  const { comma, family_first, given_first, none } = counts;
  const hasCommas = comma > 0 && comma >= family_first + given_first + none;
  const heading = plainColumn(columns[column] ?? '');
  const stated = orderOfHeading(heading);
  const guessed: Pick<NameOrder, 'order' | 'by'> =
    stated === 'family_first'
      ? { order: stated, by: 'heading' }
      : hasCommas && comma >= leastToTurn
        ? { order: 'family_first', by: 'values' }
        : { order: 'given_first', by: stated === null ? null : 'heading' };
  const form = { hasCommas, hasTwoFamilyNames: hasSeveralFamilyNames(heading) };
  const turnable = names.filter(({ name }) => turnName(name, { order: 'family_first', ...form }) !== null);
  return {
    ...(choice === 'guess' ? guessed : { order: choice, by: 'choice' }),
    ...form,
    count: turnable.length,
    example: turnable[0]?.written ?? '',
    isOffered: choice !== 'guess' || comma + (hasCommas ? 0 : family_first) >= leastToTurn,
  };
}

/** Where the given names begin in words that the family name begins. */
function startOfGiven(words: readonly string[], hasTwoFamilyNames: boolean): number {
  const leadingCapitals = words.findIndex((word) => !isCapitals(word) && !isParticle(word));
  if (leadingCapitals > 0 && isCapitals(words[leadingCapitals - 1] ?? '')) return leadingCapitals;
  let least = 0;
  while (least < words.length - 2 && isParticle(words[least] ?? '')) least += 1;
  least += hasTwoFamilyNames && words.length - least > 2 ? 2 : 1;
  const lastParticle = words.findLastIndex(isParticle);
  if (lastParticle > 0 && lastParticle + 2 < words.length) least = Math.max(least, lastParticle + 2);
  let start = words.length;
  while (start > least && isGiven(words[start - 1] ?? '')) start -= 1;
  if (start < words.length) return start;
  const firstGiven = words.findIndex((word, index) => index >= least && isGiven(word));
  return firstGiven > 0 ? firstGiven : least;
}

/** A name in the order of speech: "Teresa de Vasco" for "de Vasco Teresa". Null if it is in that order. */
export function turnName(
  name: string,
  { order, hasCommas, hasTwoFamilyNames }: Pick<NameOrder, 'order' | 'hasCommas' | 'hasTwoFamilyNames'>,
): string | null {
  if (order === 'given_first') return null;
  const withComma = turnAtComma(name);
  if (withComma !== null || hasCommas || name.includes(',')) return withComma;
  const { titles, words, remark } = splitName(name);
  if (words.length < 2 || !words.every((word) => /^['’]?\p{L}/u.test(word))) return null;
  const start = startOfGiven(words, hasTwoFamilyNames);
  if (start <= 0 || start >= words.length) return null;
  return joinWords(...titles, ...words.slice(start), ...words.slice(0, start), remark);
}

/** The order as a preview offers it for a change; null if nothing speaks for turning names. */
export function offeredOrder(
  found: NameOrder | null,
  turned: { count: number; example: string; becomes: string },
): SheetPreview['name_order'] {
  if (!found) return null;
  const { order, by, count, example, isOffered } = found;
  if (turned.count > 0) return { order, by, ...turned };
  return isOffered && count > 0 ? { order, by, count, example, becomes: '' } : null;
}
