import { say } from '../../../i18n/setup.ts';
import { counted, fieldName, inSentence, joined, typeNames } from '../../../text/names.ts';
import { fragileLinks, leavingStudents, outgoingTeams, unknownCheck, unratedLinks } from './checks.ts';
import type { Check, UnknownValues } from './checks.ts';

/** Something that a person should look at: a sentence, a second one, and where to look. */
export interface Matter {
  id: string;
  tone: 'bad' | 'warn' | 'info';
  title: string;
  text: string;
  /** Where to look, the most important first; each opens a filtered list. */
  places: readonly { label: string; check: Check }[];
  /** Values that somebody may want just so: then there is nothing to do about them. */
  values?: readonly UnknownValues[];
}

/** How many records each check found. */
export interface Findings {
  fragile: number;
  outgoing: number;
  leaving: number;
  unrated: number;
  unassigned: readonly (Check & { count: number })[];
  notUnderstood: readonly (Check & { count: number })[];
  unknown: readonly UnknownValues[];
}

function simple(
  key: 'fragile' | 'outgoing' | 'leaving' | 'unrated',
  tone: Matter['tone'],
  count: number,
  check: Check,
): Matter[] {
  if (count === 0) return [];
  const places = [{ label: say(`home:${key}.show`), check }];
  return [
    { id: key, tone, title: say(`home:${key}.title`, { count }), text: say(`home:${key}.text`), places },
  ];
}

/** Names of types within a sentence. */
const several = (check: Check): string => inSentence(typeNames(check.type));

function unassignedMatter(found: Findings['unassigned'], locked: boolean): Matter[] {
  const there = found.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count);
  if (there.length === 0) return [];
  const count = there.reduce((sum, one) => sum + one.count, 0);
  const what = joined(there.map((one) => counted(one.type, one.count)));
  const places = there.map(({ type, filters }) => ({
    label: say('home:unassigned.show', { what: several({ type, filters }) }),
    check: { type, filters },
  }));
  const title = say('home:unassigned.title', { count });
  const text = say(locked ? 'home:unassigned.locked' : 'home:unassigned.text', { what });
  return [{ id: 'unassigned', tone: 'info', title, text, places }];
}

/** Values that imports could not put into a field and kept with the records. */
function asideMatter(found: Findings['notUnderstood']): Matter[] {
  const there = found.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count);
  if (there.length === 0) return [];
  const count = there.reduce((sum, one) => sum + one.count, 0);
  const places = there.map(({ type, filters }) => ({
    label: say('home:aside.show', { what: several({ type, filters }) }),
    check: { type, filters },
  }));
  const title = say('home:aside.title', { count });
  return [{ id: 'aside', tone: 'warn', title, text: say('home:aside.text'), places }];
}

function unknownMatter(found: readonly UnknownValues[]): Matter[] {
  const there = [...found].sort((a, b) => b.count - a.count);
  if (there.length === 0) return [];
  const count = there.reduce((sum, one) => sum + one.count, 0);
  const what = joined(
    there.map((one) =>
      say('home:unknown.part', {
        field: inSentence(fieldName(one.field)),
        what: counted(one.type, one.count),
      }),
    ),
  );
  const places = there.map((one) => ({
    label: say('home:unknown.show', { what: several(unknownCheck(one)) }),
    check: unknownCheck(one),
  }));
  const title = say('home:unknown.title', { count });
  return [
    {
      id: 'unknown',
      tone: 'info',
      title,
      text: say('home:unknown.text', { count, what }),
      places,
      values: there,
    },
  ];
}

/**
 * What needs attention, the gravest first; only what the records themselves say. `locked`: who reads it may not change what belongs to
 * no university.
 */
export function mattersOf(findings: Findings, locked = false): Matter[] {
  const { fragile, outgoing, leaving, unrated, unassigned, notUnderstood, unknown } = findings;
  return [
    ...simple('fragile', 'bad', fragile, fragileLinks),
    ...simple('outgoing', 'warn', outgoing, outgoingTeams),
    ...simple('leaving', 'warn', leaving, leavingStudents),
    ...asideMatter(notUnderstood),
    ...unknownMatter(unknown),
    ...unassignedMatter(unassigned, locked),
    ...simple('unrated', 'info', unrated, unratedLinks),
  ];
}

const numberWords = ['two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'] as const;

/** "Three things need attention". */
export function needText(count: number): string {
  if (count === 0) return say('home:need.none');
  if (count === 1) return say('home:need.one');
  const word = numberWords[count - 2];
  return say('home:need.many', { number: word === undefined ? count : say(`home:number.${word}`) });
}
