import type { Filter } from '#shared/contract/entities.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import { entityTypes } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { isKnown } from '#shared/domain/vocabulary.ts';
import type { Vocabulary } from '#shared/domain/vocabulary.ts';
import { say } from '../../../i18n/setup.ts';
import { counted, fieldName, inSentence, joined, typeNames } from '../../../text/names.ts';

/** Records of one type that a filter finds: what is counted, and what the button opens. */
export interface Check {
  type: EntityType;
  filters: readonly Filter[];
}

/** From this loss in per cent on a link is fragile (domain: fragile-temporary). */
const fragileLoss = 60;

export const fragileLinks: Check = {
  type: 'interface',
  filters: [{ field: 'energy_loss', op: 'gte', value: fragileLoss }],
};

export const outgoingTeams: Check = {
  type: 'team',
  filters: [{ field: 'lifecycle', op: 'is', value: 'outgoing' }],
};

/** Students whose status is outgoing: one term left or none. Who does not say counts as active. */
export const leavingStudents: Check = {
  type: 'student',
  filters: [
    { field: 'terms_remaining', op: 'lte', value: 1 },
    { field: 'active', op: 'is_not', value: false },
  ],
};

export const unratedLinks: Check = { type: 'interface', filters: [{ field: 'energy_loss', op: 'empty' }] };

/** Records with values of a file that no field could hold. */
export const notUnderstood: readonly Check[] = entityTypes.map((type) => ({
  type,
  filters: [{ field: 'imported_values', op: 'not_empty' as const }],
}));

/** Kinds of record that should belong to a university. A project without one is shared by all. */
export const unassigned: readonly Check[] = (['team', 'faculty', 'student'] as const).map((type) => ({
  type,
  filters: [{ field: 'university_id', op: 'empty' as const }],
}));

/** A field that holds a value of an open list. */
export interface OpenField {
  type: EntityType;
  field: string;
  list: Vocabulary;
}

/** Every field of every type that has a list of known values and takes others too. */
export const openFields: readonly OpenField[] = entityTypes.flatMap((type) =>
  fieldsOf(type).flatMap(({ key, kind, list, closed }) =>
    kind === 'choice' && list !== undefined && closed !== true ? [{ type, field: key, list }] : [],
  ),
);

/** Values of one field that are on no list, and how many records hold one. */
export interface UnknownValues extends OpenField {
  values: readonly string[];
  count: number;
}

/** What of the values that a field holds is not on its list and not `meant` so either; null when all are. */
export function unknownOf(
  open: OpenField,
  held: readonly { value: Json; count: number }[],
  meant: readonly string[] = [],
): UnknownValues | null {
  const strange = held.flatMap(({ value, count }) =>
    typeof value === 'string' && value !== '' && !isKnown(open.list, value) && !meant.includes(value)
      ? [{ value, count }]
      : [],
  );
  if (strange.length === 0) return null;
  return {
    ...open,
    values: strange.map(({ value }) => value),
    count: strange.reduce((sum, { count }) => sum + count, 0),
  };
}

/** The records that hold those values. */
export function unknownCheck({ type, field, values }: UnknownValues): Check {
  return { type, filters: [{ field, op: 'in', value: [...values] }] };
}

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

/** Where to look. */
const placeOf = (check: Check) => ({
  label: say('home:show', { what: inSentence(typeNames(check.type)) }),
  check,
});

function simple(
  key: 'fragile' | 'outgoing' | 'leaving' | 'unrated',
  tone: Matter['tone'],
  count: number,
  check: Check,
): Matter[] {
  if (count === 0) return [];
  const places = [placeOf(check)];
  return [
    { id: key, tone, title: say(`home:${key}.title`, { count }), text: say(`home:${key}.text`), places },
  ];
}

function unassignedMatter(found: Findings['unassigned'], locked: boolean): Matter[] {
  const there = found.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count);
  if (there.length === 0) return [];
  const count = there.reduce((sum, one) => sum + one.count, 0);
  const what = joined(there.map((one) => counted(one.type, one.count)));
  const places = there.map(({ type, filters }) => placeOf({ type, filters }));
  const title = say('home:unassigned.title', { count });
  const text = say(locked ? 'home:unassigned.locked' : 'home:unassigned.text', { what });
  return [{ id: 'unassigned', tone: 'info', title, text, places }];
}

/** Values that imports could not put into a field and kept with the records. */
function asideMatter(found: Findings['notUnderstood']): Matter[] {
  const there = found.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count);
  if (there.length === 0) return [];
  const count = there.reduce((sum, one) => sum + one.count, 0);
  const places = there.map(({ type, filters }) => placeOf({ type, filters }));
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
  const places = there.map((one) => placeOf(unknownCheck(one)));
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

/** "3 things need attention". */
export function needText(count: number): string {
  return count === 0 ? say('home:need.none') : say('home:need.some', { count });
}
