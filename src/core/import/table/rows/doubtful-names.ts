import type { SheetChoices } from '#shared/contract/sheets.ts';
import { onlyTargetType } from '#shared/domain/references.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import { plainHeading } from '../../../model/interchange/headings.ts';
import {
  editSimilarity,
  distinctivePart,
  initialsOf,
  shareAcronym,
} from '../../../model/interchange/likeness.ts';
import type { ReferencedRecords } from './reference.ts';
import type { CollectedProblem, RowProblems } from './row-problems.ts';
import type { Cell } from '../cell.ts';

/** UTF-8 that was read as windows-1252 ("MÃ¼ller"), and the replacement character. */
const garbledPattern = /\ufffd|[\u00c2-\u00c5][\u0080-\u00bf\u0152-\u0178\u2018-\u2122]|\u00e2\u20ac/;
/** A question mark in the place of a letter: "?ukasz", "Mu?oz", "???? ?????". */
const lostPattern = /(?:^|[\s("„“'’-])\?+\p{Ll}|\p{L}\?+\p{Ll}|^\?{2,}(?:\s+\?{2,})+$/u;
const nonNamePattern = /[:/=&@#%<>\p{N}]|\p{L}\.\p{L}/u;

/** Whether letters were probably lost in an earlier conversion; in prose a question mark is normal. */
export function hasLostLetters(text: string, isName: boolean): boolean {
  return (
    garbledPattern.test(text) ||
    (isName && text.length <= 60 && lostPattern.test(text) && !nonNamePattern.test(text))
  );
}

/** The problem of a cell with lost letters; undefined if it has none. */
export function lostLettersProblem(
  cell: Cell,
  isName: boolean,
): { code: 'lost_letters'; action: 'kept' } | undefined {
  const hasLost = typeof cell === 'string' && hasLostLetters(cell, isName);
  return hasLost ? { code: 'lost_letters', action: 'kept' } : undefined;
}

/** Limit of the names with the same beginning, end or initials that a name is compared with. */
const maxGroupSize = 60;

const digitsOf = (name: string): string => name.replaceAll(/\D/g, '');

/**
 * Reports new names that look damaged or nearly equal another new name of the column (the rarer of the two), except those that the user
 * confirmed. Yields names done.
 */
export function* flagDoubtfulNames(
  { type, values }: Pick<SheetChoices, 'type' | 'values'>,
  problems: RowProblems,
  referenced: ReferencedRecords,
): Generator<number, void, void> {
  const confirmedNames = new Set(
    values
      .filter(({ create, value, becomes }) => create && becomes === value)
      .map(({ column, value }) => `${column} ${plainHeading(value)}`),
  );
  const createdProblems = [...problems.all()].filter(({ code }) => code === 'reference_created');
  const groups = new Map<string, CollectedProblem[]>();
  let done = 0;
  for (const problem of createdProblems.toSorted((a, b) => b.count - a.count)) {
    const { column, field, value } = problem;
    const isEnd = type === 'interface' && (field === 'from' || field === 'to');
    const targetType = field === null || isEnd ? null : onlyTargetType(fieldOf(type, field)?.to);
    const name = plainHeading(value);
    if ((targetType === null && !isEnd) || name === '') continue;
    if (targetType !== null && referenced.hasGivenId(targetType, name)) continue;
    const getOrCreateGroup = (key: string): CollectedProblem[] => {
      const groupKey = `${isEnd ? 'end' : column} ${key}`;
      const group = groups.get(groupKey) ?? [];
      groups.set(groupKey, group);
      return group;
    };
    const neighbours = [
      getOrCreateGroup(`beginning ${distinctivePart(name).slice(0, 5)}`),
      getOrCreateGroup(`end ${name.slice(-5)}`),
    ];
    const initials = getOrCreateGroup(`initials ${initialsOf(value)}`);
    if (!confirmedNames.has(`${column} ${name}`)) {
      const similar =
        neighbours
          .flat()
          .find(
            (other) => areSimilar(name, plainHeading(other.value)) || areAbbreviated(value, other.value),
          ) ?? initials.find((other) => shareAcronym(value, other.value));
      if (hasLostLetters(value, true)) problem.code = 'lost_letters';
      else if (similar) {
        problem.code = 'reference_alike';
        problem.knownSuggestions = [{ value: similar.value, label: similar.value }];
      }
    }
    for (const group of [...neighbours, initials]) if (group.length < maxGroupSize) group.push(problem);
    if (++done % 50 === 0) yield done;
  }
}

/** Whether two names differ by words that one of them has abbreviated with a point: "Comp. de Bordo", "Computador de Bordo". */
function areAbbreviated(one: string, other: string): boolean {
  const [words, others] = [one, other].map((name) => name.trim().split(/\s+/)) as [string[], string[]];
  const isShort = (word: string, long: string): boolean =>
    /\p{L}{2}\.$/u.test(word) && plainHeading(long).startsWith(plainHeading(word));
  const pairs = words.map((word, index) => [word, others[index] ?? ''] as const);
  const differing = pairs.filter(([word, long]) => plainHeading(word) !== plainHeading(long));
  return (
    words.length === others.length &&
    differing.length > 0 &&
    differing.every(([word, long]) => isShort(word, long) || isShort(long, word))
  );
}

/** Whether two names are probably spellings of one: they differ by one frequent word, or by a slip in one long word. */
function areSimilar(one: string, other: string): boolean {
  // Equal names already are one record.
  if (one === other || digitsOf(one) !== digitsOf(other)) return false;
  if (distinctivePart(one) === distinctivePart(other)) return true;
  const [words, others] = [one.split(' '), other.split(' ')];
  const differingWords = words.flatMap((word, index) =>
    word === others[index] ? [] : [[word, others[index] ?? '']],
  );
  const [[word = '', otherWord = ''] = []] = differingWords;
  return (
    words.length === others.length &&
    differingWords.length === 1 &&
    Math.min(word.length, otherWord.length) >= 5 &&
    editSimilarity(word, otherWord) >= 0.75
  );
}
