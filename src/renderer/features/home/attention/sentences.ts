import { insightsOf, listOf } from '#shared/address/view.ts';
import type { View } from '#shared/address/view.ts';
import type { Answer, Question } from '#shared/contract/analysis.ts';
import type { Filter } from '#shared/contract/entities.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import { entityTypes } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { isUncertain } from '#shared/domain/confidence.ts';
import { isKnown } from '#shared/domain/vocabulary.ts';
import type { Vocabulary } from '#shared/domain/vocabulary.ts';
import { say } from '../../../i18n/setup.ts';
import { headingText, reasonText, titleText } from '../../insights/sentences.ts';
import { counted, fieldName, inSentence, joined, typeNames } from '../../../text/names.ts';

/** Records of one type that a filter finds: what is counted, and what the button opens. */
export interface Check {
  type: EntityType;
  filters: readonly Filter[];
}

interface Kind {
  id: 'aside' | 'unassigned' | 'unrated';
  tone: Matter['tone'];
  checks: readonly Check[];
}

const of = (type: EntityType, ...filters: Filter[]): Check => ({ type, filters });

/** The gravest first. */
export const kinds: readonly Kind[] = [
  {
    // Values that imports could not put into a field and kept with the records.
    id: 'aside',
    tone: 'warn',
    checks: entityTypes.map((type) => of(type, { field: 'imported_values', op: 'not_empty' })),
  },
  {
    // A project without a university is shared by all.
    id: 'unassigned',
    tone: 'info',
    checks: (['team', 'faculty', 'student'] as const).map((type) =>
      of(type, { field: 'university_id', op: 'empty' }),
    ),
  },
  { id: 'unrated', tone: 'info', checks: [of('interface', { field: 'energy_loss', op: 'empty' })] },
];

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
  /** Where to look, the most important first. */
  places: readonly { label: string; view: View }[];
  /** Values that somebody may want just so: then there is nothing to do about them. */
  values?: readonly UnknownValues[];
}

/** How many records each check of each kind found, in their order. */
export interface Findings {
  counts: readonly (readonly number[])[];
  unknown: readonly UnknownValues[];
}

const placeOf = (check: Check) => ({
  label: say('home:show', { what: inSentence(typeNames(check.type)) }),
  view: { ...listOf(check.type), filters: check.filters },
});

function matterOf({ id, tone, checks }: Kind, counts: readonly number[], locked: boolean): Matter[] {
  const there = checks
    .map((check, at) => ({ check, count: counts[at] ?? 0 }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count);
  if (there.length === 0) return [];
  const what = joined(there.map(({ check, count }) => counted(check.type, count)));
  const text =
    id === 'unassigned' && locked
      ? say('home:unassigned.locked', { what })
      : say(`home:${id}.text`, { what });
  const count = there.reduce((sum, one) => sum + one.count, 0);
  const places = there.map(({ check }) => placeOf(check));
  return [{ id, tone, title: say(`home:${id}.title`, { count }), text, places }];
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
  const places = there.map((one) => {
    const place = placeOf(unknownCheck(one));
    const twice = there.some((other) => other !== one && other.type === one.type);
    return twice ? { ...place, label: `${place.label} (${inSentence(fieldName(one.field))})` } : place;
  });
  const title = say('home:unknown.title', { count });
  return [
    {
      id: 'unknown',
      tone: 'info',
      title,
      text: say('home:unknown.text', { what }),
      places,
      values: there,
    },
  ];
}

/** The questions whose answers need attention. */
export const urgent = [
  { question: 'leavers', tone: 'bad' },
  { question: 'degrading', tone: 'warn' },
  { question: 'cohorts', tone: 'warn' },
  { question: 'expertise', tone: 'warn' },
] as const satisfies readonly { question: Question; tone: Matter['tone'] }[];

/** The largest departure stands out where it costs so many times as much as the median of the others that are listed, of its type. */
const standsOut = 1.25;

/**
 * Whether an answer needs attention: it names something, and somebody can do something about it. Every departure costs something; where all cost about
 * the same, as in an even programme, none needs attention.
 */
function isUrgent({ question, items, runs }: Answer): boolean {
  const [first] = items;
  if (!first || (runs > 0 && first.interventions.length === 0)) return false;
  if (question !== 'leavers') return true;
  const others = items.filter(({ type }) => type === first.type).slice(1);
  const median = others[Math.floor(others.length / 2)];
  return !median || first.value >= standsOut * median.value;
}

/** Answers as something to look at, the largest effect first, with what is uncertain about them; nothing where there is nothing to do. */
export function answerMatters(answers: readonly Answer[]): Matter[] {
  const valueOf = ({ items }: Answer): number => items[0]?.value ?? 0;
  const sorted = answers.toSorted((a, b) => valueOf(b) - valueOf(a));
  return sorted.flatMap((answer) => {
    const [first] = answer.items;
    const one = urgent.find(({ question }) => question === answer.question);
    if (!first || !one || !isUrgent(answer)) return [];
    const { question, tone } = one;
    // The heading names the area, not who knows it.
    const reason = reasonText(first);
    const why = question === 'expertise' ? `${titleText(first)}: ${inSentence(reason)}` : reason;
    const text = [why, ...(isUncertain(first) ? [say('home:need.uncertain')] : [])].join(' · ');
    const places = [{ label: say('home:answers'), view: insightsOf(question) }];
    return [{ id: question, tone, title: headingText(answer), text, places }];
  });
}

/** So many things are said to need attention at most: the gravest. */
const mostMatters = 5;

/** Answers and what the records say, together. */
export const foremostMatters = (answers: readonly Answer[], findings: Findings, locked: boolean): Matter[] =>
  [...answerMatters(answers), ...mattersOf(findings, locked)].slice(0, mostMatters);

/**
 * What needs attention beside the answers, the gravest first; only what the records themselves say. `locked`: who reads it may not change what belongs to
 * no university.
 */
export function mattersOf({ counts, unknown }: Findings, locked = false): Matter[] {
  return kinds.flatMap((kind, at) => [
    ...matterOf(kind, counts[at] ?? [], locked),
    ...(kind.id === 'aside' ? unknownMatter(unknown) : []),
  ]);
}

/** "3 things need attention". */
export function needText(count: number): string {
  return count === 0 ? say('home:need.none') : say('home:need.some', { count });
}
