import { insightsOf, listOf } from '#shared/address/view.ts';
import type { View } from '#shared/address/view.ts';
import type { Answer, Insight, Question } from '#shared/contract/analysis.ts';
import type { Filter } from '#shared/contract/entities.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import { entityTypes } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { isUncertain } from '#shared/domain/confidence.ts';
import { isKnownValue } from '#shared/domain/vocabulary.ts';
import type { Vocabulary } from '#shared/domain/vocabulary.ts';
import { say } from '../../../i18n/setup.ts';
import { effectText, headingText, reasonText, titleText } from '../../insights/sentences.ts';
import { repairText } from '../../insights/repair-sentences.ts';
import { countedRecords, fieldName, inSentence, joinWithAnd, typeNames } from '../../../text/names.ts';

/** A filter on records of one type: Home counts the records, and its button lists them. */
export interface RecordCheck {
  type: EntityType;
  filters: readonly Filter[];
}

interface AttentionKind {
  id: 'aside' | 'unassigned' | 'unrated';
  tone: Matter['tone'];
  checks: readonly RecordCheck[];
}

const checkOf = (type: EntityType, ...filters: Filter[]): RecordCheck => ({ type, filters });

/** Most serious first. */
export const attentionKinds: readonly AttentionKind[] = [
  {
    // Values that imports could not assign and stored with the records.
    id: 'aside',
    tone: 'warn',
    checks: entityTypes.map((type) => checkOf(type, { field: 'imported_values', op: 'not_empty' })),
  },
  {
    // Projects are not checked: a project without a university is shared by all.
    id: 'unassigned',
    tone: 'info',
    checks: (['team', 'faculty', 'student'] as const).map((type) =>
      checkOf(type, { field: 'university_id', op: 'empty' }),
    ),
  },
  { id: 'unrated', tone: 'info', checks: [checkOf('interface', { field: 'energy_loss', op: 'empty' })] },
];

/** A choice field that accepts values outside of its list. */
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
export function unknownValuesOf(
  openField: OpenField,
  stored: readonly { value: Json; count: number }[],
  accepted: readonly string[] = [],
): UnknownValues | null {
  const unexpected = stored.flatMap(({ value, count }) =>
    typeof value === 'string' &&
    value !== '' &&
    !isKnownValue(openField.list, value) &&
    !accepted.includes(value)
      ? [{ value, count }]
      : [],
  );
  if (unexpected.length === 0) return null;
  return {
    ...openField,
    values: unexpected.map(({ value }) => value),
    count: unexpected.reduce((sum, { count }) => sum + count, 0),
  };
}

export function unknownCheck({ type, field, values }: UnknownValues): RecordCheck {
  return { type, filters: [{ field, op: 'in', value: [...values] }] };
}

/** Something that needs attention: an answer of Insights, or records that a check found. */
export interface Matter {
  id: string;
  tone: 'bad' | 'warn' | 'info';
  title: string;
  text: string;
  /** Most important first. */
  links: readonly { label: string; view: View }[];
  /** Values that are perhaps intended, so that the user can accept them. */
  values?: readonly UnknownValues[];
}

export interface Findings {
  counts: readonly (readonly number[])[];
  unknown: readonly UnknownValues[];
}

const linkTo = (check: RecordCheck) => ({
  label: say('home:show', { what: inSentence(typeNames(check.type)) }),
  view: { ...listOf(check.type), filters: check.filters },
});

function matterOfKind(
  { id, tone, checks }: AttentionKind,
  counts: readonly number[],
  isLocked: boolean,
): Matter[] {
  const nonEmpty = checks
    .map((check, index) => ({ check, count: counts[index] ?? 0 }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count);
  if (nonEmpty.length === 0) return [];
  const recordsText = joinWithAnd(nonEmpty.map(({ check, count }) => countedRecords(check.type, count)));
  const text =
    id === 'unassigned' && isLocked
      ? say('home:unassigned.locked', { what: recordsText })
      : say(`home:${id}.text`, { what: recordsText });
  const count = nonEmpty.reduce((sum, entry) => sum + entry.count, 0);
  const links = nonEmpty.map(({ check }) => linkTo(check));
  return [{ id, tone, title: say(`home:${id}.title`, { count }), text, links }];
}

function unknownMatter(unknownValues: readonly UnknownValues[]): Matter[] {
  const byCount = [...unknownValues].sort((a, b) => b.count - a.count);
  if (byCount.length === 0) return [];
  const count = byCount.reduce((sum, entry) => sum + entry.count, 0);
  const fieldsText = joinWithAnd(
    byCount.map((entry) =>
      say('home:unknown.part', {
        field: inSentence(fieldName(entry.field)),
        what: countedRecords(entry.type, entry.count),
      }),
    ),
  );
  const links = byCount.map((entry) => {
    const link = linkTo(unknownCheck(entry));
    const isAmbiguous = byCount.some((other) => other !== entry && other.type === entry.type);
    return isAmbiguous ? { ...link, label: `${link.label} (${inSentence(fieldName(entry.field))})` } : link;
  });
  const title = say('home:unknown.title', { count });
  return [
    {
      id: 'unknown',
      tone: 'info',
      title,
      text: say('home:unknown.text', { what: fieldsText }),
      links,
      values: byCount,
    },
  ];
}

/** The first one comes first; the others by their values. */
export const attentionQuestions = [
  { question: 'leaving', tone: 'bad' },
  { question: 'leavers', tone: 'warn' },
  { question: 'expertise', tone: 'warn' },
  { question: 'code', tone: 'warn' },
] as const satisfies readonly { question: Question; tone: Matter['tone'] }[];

/** A departure needs attention if it costs at least this many times the median of the other listed ones of its type. */
const minMedianRatio = 1.25;

/** The item that needs attention; undefined if none. Checked items without interventions do not, unless an area is needed; nor departures of about equal cost. */
function urgentItem({ question, items, runs }: Answer): Insight | undefined {
  const [topItem] = items;
  if (question === 'leaving' && runs > 0) return items.find(needsHandover);
  // Code that is orphaned already is no news.
  if (question === 'code') return items.find(({ because }) => Number(because.params['leaving']) > 0);
  const isNeeded = topItem?.because.code.startsWith('needed_') === true;
  if (!topItem || (runs > 0 && topItem.interventions.length === 0 && !isNeeded)) return undefined;
  if (question !== 'leavers') return topItem;
  const othersOfType = items.filter(({ type }) => type === topItem.type).slice(1);
  const median = othersOfType[Math.floor(othersOfType.length / 2)];
  return !median || topItem.value >= minMedianRatio * median.value ? topItem : undefined;
}

/** Whether a departure is unusual, or leaves something undocumented. Members of a documented team who leave as usual need no attention. */
const needsHandover = ({ because: { params }, interventions }: Insight): boolean =>
  params['unusual'] === 1 ||
  interventions.some(({ changes }) => changes.some((step) => step.do === 'document'));

/** Answers that need attention: who leaves soon, then the largest effect first, with their uncertainty. */
export function answerMatters(answers: readonly Answer[]): Matter[] {
  const valueOf = ({ question, items }: Answer): number =>
    // The value of code is a share of an area, not of the knowledge people rely on.
    question === 'leaving' ? 1 : question === 'code' ? 0 : (items[0]?.value ?? 0);
  const sortedAnswers = answers.toSorted((a, b) => valueOf(b) - valueOf(a));
  return sortedAnswers.flatMap((answer) => {
    const item = urgentItem(answer);
    const attention = attentionQuestions.find(({ question }) => question === answer.question);
    if (!item || !attention) return [];
    const { question, tone } = attention;
    // The heading of `expertise` names the area, so the text names the item.
    const reason = reasonText(item, false);
    const explanation = question === 'expertise' ? `${titleText(item)}: ${inSentence(reason)}` : reason;
    const [repair] = item.interventions;
    const further = question === 'leaving' ? answer.items.filter(needsHandover).length - 1 : 0;
    const text = [
      explanation,
      ...(isUncertain(item) ? [say('home:need.uncertain')] : []),
      ...(repair
        ? [say('home:need.repair', { repair: repairText(repair), effect: effectText(item, repair.value) })]
        : []),
      ...(further > 0 ? [say('home:need.more', { count: further })] : []),
    ].join(' · ');
    const title = headingText({ ...answer, items: [item] });
    const links = [{ label: say('home:answers'), view: insightsOf(question) }];
    return [
      {
        id: question,
        tone,
        title,
        text,
        links,
      },
    ];
  });
}

const maxMatters = 5;

export const topMatters = (answers: readonly Answer[], findings: Findings, isLocked: boolean): Matter[] =>
  [...answerMatters(answers), ...recordMatters(findings, isLocked)].slice(0, maxMatters);

/** Record checks that need attention, most serious first. `isLocked`: the actor cannot change records without a university. */
export function recordMatters({ counts, unknown }: Findings, isLocked = false): Matter[] {
  return attentionKinds.flatMap((kind, index) => [
    ...matterOfKind(kind, counts[index] ?? [], isLocked),
    ...(kind.id === 'aside' ? unknownMatter(unknown) : []),
  ]);
}

/** "3 things need attention". */
export function needText(count: number): string {
  return count === 0 ? say('home:need.none') : say('home:need.some', { count });
}
