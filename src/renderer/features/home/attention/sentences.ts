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
import { countedRecords, fieldName, inSentence, joinWithAnd, typeNames } from '../../../text/names.ts';

/** A filter on records of one type: counted, and opened by the button. */
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

/** Most serious first. */
export const attentionKinds: readonly Kind[] = [
  {
    // Values that imports could not assign and stored with the records.
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

export interface OpenField {
  type: EntityType;
  field: string;
  list: Vocabulary;
}

export const openFields: readonly OpenField[] = entityTypes.flatMap((type) =>
  fieldsOf(type).flatMap(({ key, kind, list, closed }) =>
    kind === 'choice' && list !== undefined && closed !== true ? [{ type, field: key, list }] : [],
  ),
);

/** Values of a field outside of its list, and the number of their records. */
export interface UnknownValues extends OpenField {
  values: readonly string[];
  count: number;
}

/** The values of a field that are neither on its list nor accepted; null if there are none. */
export function unknownOf(
  open: OpenField,
  held: readonly { value: Json; count: number }[],
  accepted: readonly string[] = [],
): UnknownValues | null {
  const unexpected = held.flatMap(({ value, count }) =>
    typeof value === 'string' && value !== '' && !isKnown(open.list, value) && !accepted.includes(value)
      ? [{ value, count }]
      : [],
  );
  if (unexpected.length === 0) return null;
  return {
    ...open,
    values: unexpected.map(({ value }) => value),
    count: unexpected.reduce((sum, { count }) => sum + count, 0),
  };
}

export function unknownCheck({ type, field, values }: UnknownValues): Check {
  return { type, filters: [{ field, op: 'in', value: [...values] }] };
}

export interface Matter {
  id: string;
  tone: 'bad' | 'warn' | 'info';
  title: string;
  text: string;
  /** Most important first. */
  places: readonly { label: string; view: View }[];
  /** Values that may be intended and can be accepted. */
  values?: readonly UnknownValues[];
}

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
  const what = joinWithAnd(there.map(({ check, count }) => countedRecords(check.type, count)));
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
  const what = joinWithAnd(
    there.map((one) =>
      say('home:unknown.part', {
        field: inSentence(fieldName(one.field)),
        what: countedRecords(one.type, one.count),
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

/** Questions whose answers may need attention. */
export const attentionQuestions = [
  { question: 'leavers', tone: 'bad' },
  { question: 'degrading', tone: 'warn' },
  { question: 'cohorts', tone: 'warn' },
  { question: 'expertise', tone: 'warn' },
] as const satisfies readonly { question: Question; tone: Matter['tone'] }[];

/** The largest departure stands out if it costs this many times the median of the other listed ones of its type. */
const standsOut = 1.25;

/**
 * Whether an answer needs attention: it names something actionable. Every departure costs something; if all cost about the same, none needs
 * attention.
 */
function isUrgent({ question, items, runs }: Answer): boolean {
  const [first] = items;
  if (!first || (runs > 0 && first.interventions.length === 0)) return false;
  if (question !== 'leavers') return true;
  const others = items.filter(({ type }) => type === first.type).slice(1);
  const median = others[Math.floor(others.length / 2)];
  return !median || first.value >= standsOut * median.value;
}

/** Answers that need attention, largest effect first, with their uncertainty. */
export function answerMatters(answers: readonly Answer[]): Matter[] {
  const valueOf = ({ items }: Answer): number => items[0]?.value ?? 0;
  const sorted = answers.toSorted((a, b) => valueOf(b) - valueOf(a));
  return sorted.flatMap((answer) => {
    const [first] = answer.items;
    const one = attentionQuestions.find(({ question }) => question === answer.question);
    if (!first || !one || !isUrgent(answer)) return [];
    const { question, tone } = one;
    // The heading names the area, not its holder.
    const reason = reasonText(first);
    const why = question === 'expertise' ? `${titleText(first)}: ${inSentence(reason)}` : reason;
    const text = [why, ...(isUncertain(first) ? [say('home:need.uncertain')] : [])].join(' · ');
    const places = [{ label: say('home:answers'), view: insightsOf(question) }];
    return [{ id: question, tone, title: headingText(answer), text, places }];
  });
}

const mostMatters = 5;

export const foremostMatters = (answers: readonly Answer[], findings: Findings, locked: boolean): Matter[] =>
  [...answerMatters(answers), ...mattersOf(findings, locked)].slice(0, mostMatters);

/** Record checks that need attention, most serious first. `locked`: the actor may not change records without a university. */
export function mattersOf({ counts, unknown }: Findings, locked = false): Matter[] {
  return attentionKinds.flatMap((kind, at) => [
    ...matterOf(kind, counts[at] ?? [], locked),
    ...(kind.id === 'aside' ? unknownMatter(unknown) : []),
  ]);
}

/** "3 things need attention". */
export function needText(count: number): string {
  return count === 0 ? say('home:need.none') : say('home:need.some', { count });
}
