import type { Difference, ScenarioMeasures, SimulationResult } from '#shared/contract/simulation.ts';
import type { AuditChange, AuditTransaction } from '#shared/contract/history.ts';
import { hasMeasurableEffect } from '#shared/domain/confidence.ts';
import { say } from '../../i18n/setup.ts';
import { describeTransaction, recordCount } from '../../text/audit.ts';
import { numberFormatter } from '../../text/formats.ts';
import { typeNames } from '../../text/names.ts';
import { linkText } from '../insights/sentences.ts';

const noDecimals = numberFormatter({ maximumFractionDigits: 0 });
const oneDecimal = numberFormatter({ minimumFractionDigits: 1, maximumFractionDigits: 1 });
const twoDecimals = numberFormatter({ minimumFractionDigits: 2, maximumFractionDigits: 2 });

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

export const shareText = (share: number): string => `${noDecimals(100 * share)}\u00a0%`;

export const measureName = (measure: Measure): string =>
  measure === 'links' ? typeNames('interface') : say(`whatif:measure.${measure}`);

export function measureText(measure: Measure, value: number | null): string {
  if (value === null) return say('common:unknown');
  if (measure === 'reach' || measure === 'undocumented') return `${oneDecimal(100 * value)}\u00a0%`;
  return measure === 'modularity' ? twoDecimals(value) : noDecimals(value);
}

/** A change in percentage points with sign, and one decimal below 10: `+11`, `−0.3`. */
export function pointsText(share: number): string {
  const size = Math.abs(100 * share);
  const points = size < 9.95 ? oneDecimal(size) : noDecimals(size);
  return points === oneDecimal(0) ? noDecimals(0) : `${share < 0 ? '−' : '+'}${points}`;
}

/** The difference of two states with sign; "–" if unknown. */
export function differenceText(measure: Measure, after: ScenarioMeasures, before: ScenarioMeasures): string {
  const [afterValue, beforeValue] = [after[measure], before[measure]];
  if (afterValue === null || beforeValue === null) return say('common:unknown');
  const change = afterValue - beforeValue;
  if (measure === 'reach' || measure === 'undocumented') return pointsText(change);
  const text = measureText(measure, Math.abs(change));
  return text === measureText(measure, 0) ? text : `${change < 0 ? '−' : '+'}${text}`;
}

/** Whether no run is better, and the central 80 % of the runs do not differ. */
const hasNoEffect = ({ low, high, better }: Difference): boolean => low === 0 && high === 0 && better === 0;

/**
 * The effect of a scenario's steps after some terms, as a sentence with the points of the chart. In the scenario, terms can have passed
 * already.
 */
export function effectText(
  liveResult: SimulationResult | undefined,
  scenarioResult: SimulationResult | undefined,
  terms: number,
): string {
  const index = terms - (scenarioResult?.passed ?? 0);
  const [difference, scenario] = [scenarioResult?.difference[index], scenarioResult?.series.nothing[index]];
  const nothing = liveResult?.series.nothing[terms];
  if (!difference || !scenario || !nothing) return '';
  if (hasNoEffect(difference)) return say('whatif:effect.none', { count: terms });
  const { median, low, high, better } = difference;
  const points = pointsText(median);
  const values = { count: terms, share: shareText(better), points };
  if (!hasMeasurableEffect(difference)) {
    const text = say('whatif:effect.unclear', { ...values, low: pointsText(low), high: pointsText(high) });
    const largest = largestEffectText(scenarioResult?.difference ?? [], index, terms);
    return [text, largest].filter((part) => part !== '').join('. ');
  }
  return say(median > 0 ? 'whatif:effect.better' : 'whatif:effect.worse', values);
}

/** The largest measurable effect before the end, with its term; '' for none. */
function largestEffectText(differences: readonly Difference[], index: number, terms: number): string {
  const [largestEffect] = differences
    .map((difference, term) => ({ ...difference, term }))
    .filter((difference) => difference.term > 0 && difference.term < index && hasMeasurableEffect(difference))
    .toSorted((a, b) => Math.abs(b.median) - Math.abs(a.median));
  if (!largestEffect || pointsText(largestEffect.median) === pointsText(0)) return '';
  const [points, share] = [pointsText(largestEffect.median), shareText(largestEffect.better)];
  return say('whatif:effect.largest', {
    points,
    share,
    term: noDecimals(largestEffect.term + terms - index),
  });
}

/** These measures decrease when links or people leave, which is no improvement. */
const shrinkingMeasures: readonly Measure[] = ['single_bearer', 'bridges', 'undocumented', 'cohort_gaps'];

/** Whether a measure is better or worse than before, by its displayed value. */
export function measureTendency(
  { key, moreIsBetter }: (typeof scenarioMeasures)[number],
  after: ScenarioMeasures,
  before: ScenarioMeasures,
): 'worse' | 'better' | null {
  const [afterValue, beforeValue] = [after[key], before[key]];
  if (moreIsBetter === null) return null;
  if (
    afterValue === null ||
    beforeValue === null ||
    measureText(key, afterValue) === measureText(key, beforeValue)
  )
    return null;
  if (afterValue > beforeValue !== moreIsBetter) return 'worse';
  const hasShrunk = after.links < before.links || after.people < before.people;
  return hasShrunk && shrinkingMeasures.includes(key) ? null : 'better';
}

const numberOrZero = (value: unknown): number => (typeof value === 'number' ? value : 0);

export type StepSign = 'passes' | 'added' | 'changed' | 'removed';

/** The main effect of a step: terms pass, or records are added, changed or removed. */
export function stepSign({ label, params }: Pick<AuditTransaction, 'label' | 'params'>): StepSign {
  if (label === 'students.advanced') return 'passes';
  const action = label.slice(label.lastIndexOf('.') + 1);
  const created = numberOrZero(params['created']) > 0;
  if (created || ['create', 'restore', 'import', 'seed'].includes(action)) return 'added';
  return ['delete', 'remove', 'clear'].includes(action) ? 'removed' : 'changed';
}

/** The text of a step as in History; passing terms are described for the scenario. */
export const stepText = ({ label, params }: AuditTransaction): string =>
  label === 'students.advanced'
    ? say('whatif:step.terms', { count: numberOrZero(params['terms']) })
    : describeTransaction(label, params);

function bondText(fields: AuditChange['before']): string {
  const { bond_type: bond, energy_loss: loss, documented } = fields ?? {};
  return [
    linkText(bond),
    typeof loss === 'number' ? say('whatif:step.lost', { share: `${noDecimals(loss)}\u00a0%` }) : '',
    typeof documented === 'number'
      ? say('whatif:step.documented', { share: `${noDecimals(documented)}\u00a0%` })
      : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

const maxNamed = 3;

/** The details of a step: numbers of students, the old and new bond, or its records. `rows` are its first changes. */
export function stepDetail(transaction: AuditTransaction, rows: readonly AuditChange[] = []): string {
  const { label, params, changes } = transaction;
  const singleChange = changes === 1 ? rows[0] : undefined;
  if (label === 'students.advanced') {
    const graduates = numberOrZero(params['graduates']);
    return say('whatif:step.students', { count: numberOrZero(params['count']) - graduates, graduates });
  }
  if (singleChange?.type === 'interface') {
    const [before, after] = [bondText(singleChange.before), bondText(singleChange.after)];
    if (singleChange.action === 'update' && before !== '' && after !== '') return `${before} → ${after}`;
    if (singleChange.action === 'create' && after !== '') return after;
    if (singleChange.action === 'delete' && before !== '') return before;
  }
  const titles = rows.flatMap(({ type, title }) =>
    type === 'interface' || title === null || title === '' ? [] : [`“${title}”`],
  );
  const count = recordCount(transaction);
  if (changes < 2 || titles.length === 0) return say('common:count', { count });
  const moreCount = count - Math.min(titles.length, maxNamed);
  return [
    titles.slice(0, maxNamed).join(', '),
    ...(moreCount > 0 ? [say('common:plan.more', { count: moreCount })] : []),
  ].join(' ');
}
