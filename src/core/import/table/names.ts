import type { SheetChoices } from '#shared/contract/sheets.ts';
import { typeNamed } from '#shared/domain/references.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import { plainHeading } from '../../model/interchange/headings.ts';
import {
  textCloseness,
  distinctivePart,
  initialsOf,
  shareAcronym,
} from '../../model/interchange/likeness.ts';
import type { ReferencedRecords } from './reference.ts';
import type { Gathered, RowProblems } from './row-problems.ts';
import type { Cell } from './table.ts';

/** UTF-8 that was read as windows-1252 ("MÃ¼ller"), and the replacement character. */
const garbled = /\ufffd|[\u00c2-\u00c5][\u0080-\u00bf\u0152-\u0178\u2018-\u2122]|\u00e2\u20ac/;
/** "?ukasz", "Mu?oz", "???? ?????" */
const lost = /(?:^|[\s("„“'’-])\?+\p{Ll}|\p{L}\?+\p{Ll}|^\?{2,}(?:\s+\?{2,})+$/u;
const noName = /[:/=&@#%<>\p{N}]|\p{L}\.\p{L}/u;

/** Whether letters were probably lost in an earlier conversion; in prose a question mark is normal. */
export function hasLostLetters(text: string, isName: boolean): boolean {
  return garbled.test(text) || (isName && text.length <= 60 && lost.test(text) && !noName.test(text));
}

/** The problem of such a cell; undefined if none. */
export function lettersLost(
  cell: Cell,
  isName: boolean,
): { code: 'lost_letters'; action: 'kept' } | undefined {
  const odd = typeof cell === 'string' && hasLostLetters(cell, isName);
  return odd ? { code: 'lost_letters', action: 'kept' } : undefined;
}

const mostCompared = 60;

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
  const confirmed = new Set(
    values
      .filter(({ create, value, becomes }) => create && becomes === value)
      .map(({ column, value }) => `${column} ${plainHeading(value)}`),
  );
  const created = [...problems.all()].filter(({ code }) => code === 'reference_created');
  const groups = new Map<string, Gathered[]>();
  let done = 0;
  for (const problem of created.toSorted((a, b) => b.count - a.count)) {
    const { column, field, value } = problem;
    const to = field === null ? null : typeNamed(fieldOf(type, field)?.to);
    const name = plainHeading(value);
    if (to === null || name === '' || referenced.isGiven(to, name)) continue;
    const groupOf = (key: string): Gathered[] => {
      const group = groups.get(`${column} ${key}`) ?? [];
      groups.set(`${column} ${key}`, group);
      return group;
    };
    const neighbours = [groupOf(`b${distinctivePart(name).slice(0, 5)}`), groupOf(`e${name.slice(-5)}`)];
    const initials = groupOf(`i${initialsOf(value)}`);
    if (!confirmed.has(`${column} ${name}`)) {
      const near =
        neighbours.flat().find((other) => areAlike(name, plainHeading(other.value))) ??
        initials.find((other) => shareAcronym(value, other.value));
      if (hasLostLetters(value, true)) problem.code = 'lost_letters';
      else if (near) {
        problem.code = 'reference_alike';
        problem.near = [{ value: near.value, label: near.value }];
      }
    }
    for (const group of [...neighbours, initials]) if (group.length < mostCompared) group.push(problem);
    if (++done % 50 === 0) yield done;
  }
}

/** Whether two names are probably spellings of one: they differ by one frequent word, or by a slip in one long word. */
function areAlike(one: string, other: string): boolean {
  // Two spellings of one name are already one record.
  if (one === other || digitsOf(one) !== digitsOf(other)) return false;
  if (distinctivePart(one) === distinctivePart(other)) return true;
  const [words, others] = [one.split(' '), other.split(' ')];
  const differing = words.flatMap((word, at) => (word === others[at] ? [] : [[word, others[at] ?? '']]));
  const [[word = '', otherWord = ''] = []] = differing;
  return (
    words.length === others.length &&
    differing.length === 1 &&
    Math.min(word.length, otherWord.length) >= 5 &&
    textCloseness(word, otherWord) >= 0.75
  );
}
