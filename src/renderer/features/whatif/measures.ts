import type { Difference, ScenarioMeasures, SimulationResult } from '#shared/contract/simulation.ts';
import type { AuditChange, AuditTransaction } from '#shared/contract/history.ts';
import { say } from '../../i18n/setup.ts';
import { describeTransaction, recordCount } from '../../text/audit.ts';
import { numberForm } from '../../text/formats.ts';
import { typeNames } from '../../text/names.ts';
import { linkText } from '../insights/sentences.ts';

const whole = numberForm({ maximumFractionDigits: 0 });
const tenth = numberForm({ minimumFractionDigits: 1, maximumFractionDigits: 1 });
const hundredth = numberForm({ minimumFractionDigits: 2, maximumFractionDigits: 2 });

export type Measure = keyof ScenarioMeasures;

/** The measures in table order, and whether more is better; null if that depends. */
export const scenarioMeasures: readonly { key: Measure; moreIsBetter: boolean | null }[] = [
  { key: 'reach', moreIsBetter: true },
  { key: 'single_bearer', moreIsBetter: false },
  { key: 'bridges', moreIsBetter: false },
  { key: 'modularity', moreIsBetter: null },
  { key: 'undocumented', moreIsBetter: false },
  { key: 'cohort_gaps', moreIsBetter: false },
  { key: 'links', moreIsBetter: null },
  { key: 'people', moreIsBetter: null },
];

export const shareText = (share: number): string => `${whole(100 * share)}\u00a0%`;

export const measureName = (measure: Measure): string =>
  measure === 'links' ? typeNames('interface') : say(`whatif:measure.${measure}`);

export function measureText(measure: Measure, value: number | null): string {
  if (value === null) return say('common:unknown');
  if (measure === 'reach' || measure === 'undocumented') return `${tenth(100 * value)}\u00a0%`;
  return measure === 'modularity' ? hundredth(value) : whole(value);
}

/** A change in percentage points with sign, and one decimal below 10: `+11`, `−0.3`. */
export function pointsText(share: number): string {
  const size = Math.abs(100 * share);
  const points = size < 9.95 ? tenth(size) : whole(size);
  return points === tenth(0) ? whole(0) : `${share < 0 ? '−' : '+'}${points}`;
}

/** The difference of two states with sign; '' if unknown. */
export function differenceText(measure: Measure, after: ScenarioMeasures, before: ScenarioMeasures): string {
  const [is, was] = [after[measure], before[measure]];
  if (is === null || was === null) return say('common:unknown');
  const more = is - was;
  if (measure === 'reach' || measure === 'undocumented') return pointsText(more);
  const text = measureText(measure, Math.abs(more));
  return text === measureText(measure, 0) ? text : `${more < 0 ? '−' : '+'}${text}`;
}

/** No difference in any run. */
const isNothing = ({ low, high, better }: Difference): boolean => low === 0 && high === 0 && better === 0;

/**
 * The effect of a scenario's steps after some terms, as a sentence with the points of the chart. `untouched` and `played` are live and the
 * scenario, in which terms may have passed.
 */
export function effectText(
  untouched: SimulationResult | undefined,
  played: SimulationResult | undefined,
  terms: number,
): string {
  const at = terms - (played?.passed ?? 0);
  const [difference, scenario] = [played?.difference[at], played?.series.nothing[at]];
  const nothing = untouched?.series.nothing[terms];
  if (!difference || !scenario || !nothing) return '';
  if (isNothing(difference)) return say('whatif:effect.none', { count: terms });
  const { median, better } = difference;
  const values = { count: terms, share: shareText(better) };
  if (Math.abs(100 * median) < 0.5) return littleText(played?.difference ?? [], at, values);
  return say(better >= 0.5 ? 'whatif:effect.better' : 'whatif:effect.worse', {
    ...values,
    scenario: measureText('reach', scenario.median),
    nothing: measureText('reach', nothing.median),
  });
}

/** The share of runs from which a difference counts as clear. */
const clearly = 0.8;

/** The effect is nearly gone at the end; names the term of its maximum. */
function littleText(
  differences: SimulationResult['difference'],
  at: number,
  values: { count: number; share: string },
): string {
  const text = say('whatif:effect.little', values);
  const passed = values.count - at;
  const earlier = differences
    .map(({ median, better }, term) => ({ term, median, better }))
    .filter(({ term, better }) => term > 0 && term < at && (better >= clearly || better <= 1 - clearly))
    .toSorted((a, b) => Math.abs(b.median) - Math.abs(a.median));
  const [largest] = earlier;
  if (!largest || pointsText(largest.median) === pointsText(0)) return text;
  const [points, share] = [pointsText(largest.median), shareText(largest.better)];
  return `${text}. ${say('whatif:effect.largest', { points, share, term: whole(largest.term + passed) })}`;
}

/** These decrease when links and people go, which is no improvement. */
const shrinking: readonly Measure[] = ['single_bearer', 'bridges', 'undocumented', 'cohort_gaps'];

/** Whether a measure is better or worse than before, by its displayed value. */
export function measureTendency(
  { key, moreIsBetter }: (typeof scenarioMeasures)[number],
  after: ScenarioMeasures,
  before: ScenarioMeasures,
): 'worse' | 'better' | null {
  const [is, was] = [after[key], before[key]];
  if (moreIsBetter === null) return null;
  if (is === null || was === null || measureText(key, is) === measureText(key, was)) return null;
  if (is > was !== moreIsBetter) return 'worse';
  const hasShrunk = after.links < before.links || after.people < before.people;
  return hasShrunk && shrinking.includes(key) ? null : 'better';
}

const number = (value: unknown): number => (typeof value === 'number' ? value : 0);

export type StepSign = 'passes' | 'added' | 'changed' | 'removed';

/** The main effect of a step: terms pass, or records are added, changed or removed. */
export function stepSign({ label, params }: Pick<AuditTransaction, 'label' | 'params'>): StepSign {
  if (label === 'students.advanced') return 'passes';
  const action = label.slice(label.lastIndexOf('.') + 1);
  const created = number(params['created']) > 0;
  if (created || ['create', 'restore', 'import', 'seed'].includes(action)) return 'added';
  return ['delete', 'remove', 'clear'].includes(action) ? 'removed' : 'changed';
}

/** The text of a step as in History; passing terms are described for the scenario. */
export const stepText = ({ label, params }: AuditTransaction): string =>
  label === 'students.advanced'
    ? say('whatif:step.terms', { count: number(params['terms']) })
    : describeTransaction(label, params);

function bondText(fields: AuditChange['before']): string {
  const { bond_type: bond, energy_loss: loss, documented } = fields ?? {};
  return [
    linkText(bond),
    typeof loss === 'number' ? say('whatif:step.lost', { share: `${whole(loss)}\u00a0%` }) : '',
    typeof documented === 'number'
      ? say('whatif:step.documented', { share: `${whole(documented)}\u00a0%` })
      : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

const named = 3;

/** The details of a step: students who advance and leave, the old and new bond, or its records. `rows` are its first changes. */
export function stepDetail(transaction: AuditTransaction, rows: readonly AuditChange[] = []): string {
  const { label, params, changes } = transaction;
  const only = changes === 1 ? rows[0] : undefined;
  if (label === 'students.advanced') {
    const graduates = number(params['graduates']);
    return say('whatif:step.students', { count: number(params['count']) - graduates, graduates });
  }
  if (only?.type === 'interface') {
    const [before, after] = [bondText(only.before), bondText(only.after)];
    if (only.action === 'update' && before !== '' && after !== '') return `${before} → ${after}`;
    if (only.action === 'create' && after !== '') return after;
    if (only.action === 'delete' && before !== '') return before;
  }
  const titles = rows.flatMap(({ type, title }) =>
    type === 'interface' || title === null || title === '' ? [] : [`“${title}”`],
  );
  const count = recordCount(transaction);
  if (changes < 2 || titles.length === 0) return say('common:count', { count });
  const more = count - Math.min(titles.length, named);
  return [
    titles.slice(0, named).join(', '),
    ...(more > 0 ? [say('common:plan.more', { count: more })] : []),
  ].join(' ');
}
