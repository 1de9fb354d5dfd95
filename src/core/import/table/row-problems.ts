import type { SheetProblem } from '#shared/contract/sheets.ts';
import { isJsonObject, jsonEqual } from '#shared/domain/json.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { rememberedProblems } from '../../kernel/files/read-file.ts';
import { asideKey } from '../../model/interchange/keys.ts';
import { listedLines, listedProblems } from './limits.ts';

export type ProblemCode = SheetProblem['code'];

export type Gathered = Omit<SheetProblem, 'suggestions' | 'weight'> & {
  /** Suggested corrections, if known. */
  near?: SheetProblem['suggestions'];
};

/** Most severe first: lost values, duplicates, changed values, remarks. */
const order: readonly SheetProblem['action'][] = ['skipped', 'empty', 'kept', 'converted', 'created'];
const lookedAt: ReadonlySet<ProblemCode> = new Set([
  'reference_alike',
  'id_over_name',
  'lost_letters',
  'loss_bond',
  'total_row',
  'section_row',
  'several_names',
  'number_order',
]);
const rank = ({ code, action }: Gathered): number =>
  lookedAt.has(code) || (code === 'repeated' && action === 'kept')
    ? order.indexOf('kept') - 0.5
    : order.indexOf(action);

/** The number of decisions that a problem needs. */
export function weightOf({ action, code, came }: Gathered): SheetProblem['weight'] {
  if (code === 'reference_alike' || code === 'id_over_name' || code === 'number_order') return 'decide';
  if (action === 'created' && code !== 'lost_letters') return 'along';
  if (action === 'converted') return 'minor';
  if (action === 'skipped' || code === 'date_order') return 'decide';
  return came === 0 ? 'known' : 'decide';
}

export interface Trouble {
  line: number;
  column: number | null;
  field: string | null;
  value: string;
  code: ProblemCode;
  action: SheetProblem['action'];
  becomes?: Json | undefined;
}

/** Whether a problem would be new to the record: its value, or the one kept under the `heading`. */
export function comesIn(
  { action, field }: Pick<Trouble, 'action' | 'field'>,
  heading: string,
  before: JsonObject,
  after: JsonObject,
): boolean {
  if (action === 'kept')
    return field === null || !jsonEqual(before[field] ?? null, after[field] ?? before[field] ?? null);
  if (action !== 'empty') return true;
  const [one, other] = [before[asideKey] ?? null, after[asideKey] ?? null];
  return (
    !isJsonObject(other) || !isJsonObject(one) || !jsonEqual(one[heading] ?? null, other[heading] ?? null)
  );
}

/**
 * Collects a table's problems: one value with one problem in one column is one, whatever its rows. Beyond 100,000 they are only counted.
 */
export class RowProblems {
  readonly #all = new Map<string, Gathered>();
  #beyond = 0;
  readonly counts: Partial<Record<ProblemCode, number>> = {};

  get size(): number {
    return this.#all.size + this.#beyond;
  }

  all(): Iterable<Gathered> {
    return this.#all.values();
  }

  /** `comes`: imported with this row; else the record has it already. */
  add(trouble: Trouble, comes = true): void {
    const { line, column, field, value, code, action, becomes = null } = trouble;
    this.counts[code] = (this.counts[code] ?? 0) + 1;
    // Asked about once for both ends.
    const where = code === 'end_ambiguous' || code === 'end_unknown' ? '' : (column ?? '');
    const key = `${code} ${where} ${action} ${value}`;
    const known = this.#all.get(key);
    if (known) {
      known.count += 1;
      known.came += Number(comes);
      if (known.lines.length < listedLines) known.lines.push(line);
      return;
    }
    if (this.#all.size >= rememberedProblems) {
      this.#beyond += 1;
      return;
    }
    this.#all.set(key, {
      code,
      column,
      field,
      value,
      count: 1,
      came: Number(comes),
      lines: [line],
      action,
      becomes,
    });
  }

  list(): Gathered[] {
    const all = [...this.#all.values()];
    return all.toSorted((a, b) => rank(a) - rank(b)).slice(0, listedProblems);
  }
}
