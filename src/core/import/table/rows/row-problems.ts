import type { SheetProblem } from '#shared/contract/sheet-problems.ts';
import { isJsonObject, jsonEqual } from '#shared/domain/json.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { maxStoredProblems } from '../../../kernel/files/read-file.ts';
import { unfitValuesKey } from '../../../model/interchange/keys.ts';
import { maxListedLines, maxListedProblems } from '../read/limits.ts';

export type ProblemCode = SheetProblem['code'];

export type CollectedProblem = Omit<SheetProblem, 'suggestions' | 'weight'> & {
  knownSuggestions?: SheetProblem['suggestions'];
};

/** Most severe first. */
const severityOrder: readonly SheetProblem['action'][] = ['skipped', 'empty', 'kept', 'converted', 'created'];
const codesToReview: ReadonlySet<ProblemCode> = new Set([
  'reference_alike',
  'id_over_name',
  'lost_letters',
  'loss_bond',
  'total_row',
  'organisation_row',
  'section_row',
  'several_names',
  'number_order',
]);
const severityRank = ({ code, action }: CollectedProblem): number =>
  codesToReview.has(code) || (code === 'repeated' && action === 'kept')
    ? severityOrder.indexOf('kept') - 0.5
    : severityOrder.indexOf(action);

/** The weight of a problem in the preview; `decide` if the user has to decide about it. */
export function weightOf({ action, code, came: newCount }: CollectedProblem): SheetProblem['weight'] {
  if (code === 'reference_alike' || code === 'id_over_name' || code === 'number_order') return 'decide';
  if (action === 'created' && code !== 'lost_letters') return 'along';
  if (action === 'converted') return 'minor';
  if (action === 'skipped' || code === 'date_order') return 'decide';
  return newCount === 0 ? 'known' : 'decide';
}

export interface RowProblem {
  line: number;
  column: number | null;
  field: string | null;
  value: string;
  code: ProblemCode;
  action: SheetProblem['action'];
  becomes?: Json | undefined;
}

/** Whether the row adds the problem; false if the existing record already has the same value in the field, or among its unfit values under `heading`. */
export function isNewProblem(
  { action, field }: Pick<RowProblem, 'action' | 'field'>,
  heading: string,
  before: JsonObject,
  after: JsonObject,
): boolean {
  if (action === 'kept')
    return field === null || !jsonEqual(before[field] ?? null, after[field] ?? before[field] ?? null);
  if (action !== 'empty') return true;
  const [unfitBefore, unfitAfter] = [before[unfitValuesKey] ?? null, after[unfitValuesKey] ?? null];
  return (
    !isJsonObject(unfitAfter) ||
    !isJsonObject(unfitBefore) ||
    !jsonEqual(unfitBefore[heading] ?? null, unfitAfter[heading] ?? null)
  );
}

/**
 * Collects a table's problems. Rows with the same problem and value in one column share one. Beyond a limit, problems are only counted.
 */
export class RowProblems {
  readonly #all = new Map<string, CollectedProblem>();
  #unstored = 0;
  readonly counts: Partial<Record<ProblemCode, number>> = {};

  get size(): number {
    return this.#all.size + this.#unstored;
  }

  all(): Iterable<CollectedProblem> {
    return this.#all.values();
  }

  /** `isNew`: the row adds the problem; otherwise the existing record has it already. */
  add(problem: RowProblem, isNew = true): void {
    const { line, column, field, value, code, action, becomes = null } = problem;
    // A record that a row names and that is created is a result, no problem.
    if (code !== 'reference_created') this.counts[code] = (this.counts[code] ?? 0) + 1;
    // A name at both ends of links is one problem.
    const isEnd = ['end_ambiguous', 'end_unknown'].includes(code) || field === 'from' || field === 'to';
    const columnKey = isEnd ? '' : (column ?? '');
    const key = `${code} ${columnKey} ${action} ${value}`;
    const existing = this.#all.get(key);
    if (existing) {
      existing.count += 1;
      existing.came += Number(isNew);
      if (existing.lines.length < maxListedLines) existing.lines.push(line);
      return;
    }
    if (this.#all.size >= maxStoredProblems) {
      this.#unstored += 1;
      return;
    }
    this.#all.set(key, {
      code,
      column,
      field,
      value,
      count: 1,
      came: Number(isNew),
      lines: [line],
      action,
      becomes,
    });
  }

  list(): CollectedProblem[] {
    const all = [...this.#all.values()];
    return all.toSorted((a, b) => severityRank(a) - severityRank(b)).slice(0, maxListedProblems);
  }
}
