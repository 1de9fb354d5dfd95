import type { RiskBand, Validation } from '#shared/contract/factors.ts';
import { isJsonObject } from '#shared/domain/json.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { titleOf } from '#shared/domain/title.ts';
import { visibleCondition } from '../../kernel/db/schema.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';
import { riskBandOf } from './factor.ts';

/** The mean total from which failure is predicted: the lower bound of the band "high". */
export const failureThreshold = 0.35;

const bands: readonly RiskBand[] = ['low', 'moderate', 'high', 'critical'];
const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;

export type JudgedOutcome = Pick<Validation['outcomes'][number], 'risk' | 'failed'>;
type Scores = Omit<Validation, 'outcomes' | 'without_prediction' | 'undecided'>;
type Interval = NonNullable<Validation['accuracy_interval']>;

/** With fewer outcomes, the intervals are wider than any difference that a model could make. */
export const neededOutcomes = 30;
/** The standard normal quantile of a 95 % interval. */
const z = 1.96;

/** Wilson, 1927. */
function shareInterval(successes: number, count: number): Interval {
  const share = successes / count;
  const center = share + z ** 2 / (2 * count);
  const offset = z * Math.sqrt((share * (1 - share)) / count + (z / (2 * count)) ** 2);
  const scale = 1 + z ** 2 / count;
  return { low: Math.max(0, (center - offset) / scale), high: Math.min(1, (center + offset) / scale) };
}

function meanInterval(values: readonly number[], center: number): Interval {
  const variance =
    values.reduce((sum, value) => sum + (value - center) ** 2, 0) / Math.max(1, values.length - 1);
  const offset = z * Math.sqrt(variance / values.length);
  return { low: Math.max(0, center - offset), high: Math.min(1, center + offset) };
}

/** How well predicted risks (0 to 1) agree with outcomes. Brier (1950): the mean of (risk − failed)², where failed is 1 or 0. */
export function scoresOf(outcomes: readonly JudgedOutcome[]): Scores {
  const count = outcomes.length;
  const failures = outcomes.filter(({ failed }) => failed).length;
  const counts = { judged: count, failures, needed: neededOutcomes };
  if (count < neededOutcomes)
    return {
      ...counts,
      correct: null,
      accuracy: null,
      accuracy_interval: null,
      brier: null,
      brier_interval: null,
      reference: null,
      better_than_reference: null,
      calibration: [],
    };
  const correct = outcomes.filter(({ risk, failed }) => risk >= failureThreshold === failed).length;
  const squares = outcomes.map(({ risk, failed }) => (risk - Number(failed)) ** 2);
  const brier = squares.reduce((sum, square) => sum + square, 0) / count;
  const accuracyInterval = shareInterval(correct, count);
  const brierInterval = meanInterval(squares, brier);
  const share = failures / count;
  const reference = {
    says: share > 0.5 ? ('failure' as const) : ('success' as const),
    accuracy: Math.max(share, 1 - share),
    brier: share * (1 - share),
  };
  return {
    ...counts,
    correct,
    accuracy: correct / count,
    accuracy_interval: accuracyInterval,
    brier,
    brier_interval: brierInterval,
    reference,
    better_than_reference: accuracyInterval.low > reference.accuracy || brierInterval.high < reference.brier,
    calibration: bands.map((band) => {
      const bandOutcomes = outcomes.filter(({ risk }) => riskBandOf(risk) === band);
      return {
        band,
        count: bandOutcomes.length,
        predicted: mean(bandOutcomes.map(({ risk }) => risk)),
        observed: mean(bandOutcomes.map(({ failed }) => Number(failed))),
      };
    }),
  };
}

/** Ranks from 1; equal values share their mean rank. */
function ranksOf(values: readonly number[]): Float64Array {
  const order = [...values.keys()].toSorted((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const ranks = new Float64Array(values.length);
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && values[order[end] ?? 0] === values[order[start] ?? 0]) end += 1;
    for (const index of order.slice(start, end)) ranks[index] = (start + 1 + end) / 2;
    start = end;
  }
  return ranks;
}

/** Spearman's rank correlation with ties: Pearson's of the ranks. Null if either list is constant. */
export function spearman(xs: readonly number[], ys: readonly number[]): number | null {
  const [a, b] = [ranksOf(xs), ranksOf(ys)];
  const meanRank = (a.length + 1) / 2;
  let [productSum, squareSumA, squareSumB] = [0, 0, 0];
  for (const [index, rank] of a.entries()) {
    const [x, y] = [rank - meanRank, (b[index] ?? 0) - meanRank];
    productSum += x * y;
    squareSumA += x * x;
    squareSumB += y * y;
  }
  return squareSumA === 0 || squareSumB === 0 ? null : productSum / Math.sqrt(squareSumA * squareSumB);
}

/** Mean totals by the projects and universities at the ends of links; each link counts once for each. */
export class ScopeMeans {
  readonly #sums = new Map<string, { sum: number; links: number }>();
  readonly #scopes: Scopes;

  constructor(scopes: Scopes) {
    this.#scopes = scopes;
  }

  add({ from, to }: JsonObject, total: number): void {
    const ends = [from, to].filter((id) => typeof id === 'string');
    for (const scope of new Set(ends.flatMap((id) => this.#scopes.get(id) ?? []))) {
      const entry = this.#sums.get(scope) ?? { sum: 0, links: 0 };
      this.#sums.set(scope, { sum: entry.sum + total, links: entry.links + 1 });
    }
  }

  meanOf(scope: unknown): { risk: number; links: number } | null {
    const entry = typeof scope === 'string' ? this.#sums.get(scope) : undefined;
    return entry ? { risk: Math.round((entry.sum / entry.links) * 1e9) / 1e9, links: entry.links } : null;
  }
}

/** The ids of project and university by record. */
export type Scopes = ReadonlyMap<string, readonly string[]>;

/** The project and university of each record: a team counts for its project, a project for itself. Yields between tables. */
export function* readScopes(db: ReadHandle): Generator<number, Scopes, void> {
  const scopes = new Map<string, string[]>();
  for (const [table, projectColumn] of [
    ['universities', 'NULL'],
    ['projects', 'id'],
    ['teams', 'project_id'],
    ['faculty', 'NULL'],
    ['students', 'NULL'],
  ]) {
    const rows = db.all<{ id: string; university: string | null; project: string | null }>(
      `SELECT id, university_id AS university, ${projectColumn} AS project FROM ${table} WHERE ${visibleCondition()}`,
    );
    for (const { id, university, project } of rows)
      scopes.set(
        id,
        [university, project].filter((scope) => scope !== null),
      );
    yield scopes.size;
  }
  return scopes;
}

const outcomeQuery = `SELECT o.id, o.payload, p.payload AS project, u.payload AS university FROM outcomes o
  LEFT JOIN projects p ON p.id = o.project_id LEFT JOIN universities u ON u.id = o.university_id
  WHERE ${visibleCondition('o')} ORDER BY o.cohort_year DESC, o.id`;

const titleFromJson = (type: 'project' | 'university', text: string | null): string => {
  const payload = text === null ? null : (JSON.parse(text) as unknown);
  return isJsonObject(payload) ? titleOf(type, payload) : '';
};

/** Compares a model with recorded outcomes. The prediction is the mean of the project's rated links, else of its university's. */
export function validateMeasures(db: ReadHandle, means: ScopeMeans, limit: number): Validation {
  const outcomes: Validation['outcomes'] = [];
  let [withoutPrediction, undecided] = [0, 0];
  for (const row of db.all<{
    id: string;
    payload: string;
    project: string | null;
    university: string | null;
  }>(outcomeQuery)) {
    const { success, outcome_type, cohort_year, project_id, university_id } = JSON.parse(
      row.payload,
    ) as JsonObject;
    if (typeof success !== 'boolean') {
      undecided += 1;
      continue;
    }
    const projectMean = row.project === null ? null : means.meanOf(project_id);
    const prediction = projectMean ?? means.meanOf(university_id);
    if (!prediction) {
      withoutPrediction += 1;
      continue;
    }
    const scope = projectMean ? 'project' : 'university';
    outcomes.push({
      id: row.id,
      outcome_type: typeof outcome_type === 'string' ? outcome_type : null,
      cohort_year: typeof cohort_year === 'number' ? cohort_year : null,
      scope,
      title: titleFromJson(scope, row[scope]),
      ...prediction,
      predicted_failure: prediction.risk >= failureThreshold,
      failed: !success,
    });
  }
  return {
    outcomes: outcomes.slice(0, limit),
    ...scoresOf(outcomes),
    without_prediction: withoutPrediction,
    undecided,
  };
}
