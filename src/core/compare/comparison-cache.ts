import type { Difference, DifferenceClass, SideAction } from '#shared/contract/compare.ts';
import { differenceClasses, sideAction } from '#shared/contract/compare.ts';
import { isRestorable } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import { inBatches } from '../kernel/batches.ts';
import { locateIn } from '../log/records/locate.ts';
import type { Services } from '../model/services.ts';
import { differencesBetween, compareBatch } from './between.ts';
import type { ComparisonInput, TypeConflicts } from './between.ts';
import { actionOf } from './classify.ts';
import type { RecordDifference } from './classify.ts';
import { toDifference } from './rows.ts';

const batchSize = 100;
const maxKeptRows = 5000;

/** A record that differs, without its payloads. */
export interface DifferenceSummary {
  type: AuditedType;
  key: string;
  id: string;
  class: DifferenceClass;
  action: SideAction | null;
  isRestorable: boolean;
}

export interface CachedComparison {
  stateKey: string;
  differences: readonly DifferenceSummary[];
  counts: Readonly<Record<DifferenceClass, number>>;
  actions: Readonly<Record<SideAction, number>>;
  typeConflicts: TypeConflicts;
  /** The rows of `differences`; null if they are not kept and each page reads them again. */
  rows: readonly Difference[] | null;
}

interface CompareOptions {
  /** Also keeps the rows, unless there are more than `maxKeptRows`, because reading a version again is expensive. */
  keepsRows?: boolean;
}

const zeroCounts = <K extends string>(names: readonly K[]): Record<K, number> =>
  Object.fromEntries(names.map((name) => [name, 0])) as Record<K, number>;

/** Keeps the latest comparison, so that another page reads only the records on that page. `stateKey` identifies both compared states. */
export class ComparisonCache {
  #latest: CachedComparison | undefined;

  find(stateKey: string): CachedComparison | undefined {
    return this.#latest?.stateKey === stateKey ? this.#latest : undefined;
  }

  *compare(
    compared: ComparisonInput,
    stateKey: string,
    { keepsRows = false }: CompareOptions = {},
  ): Generator<number, CachedComparison, void> {
    if (this.#latest?.stateKey === stateKey) return this.#latest;
    // Never keep two at once: each can have a hundred thousand records.
    this.#latest = undefined;
    const differences: DifferenceSummary[] = [];
    const [counts, actions] = [zeroCounts(differenceClasses), zeroCounts(sideAction.options)];
    let rows: Difference[] | null = keepsRows ? [] : null;
    let typeConflicts: TypeConflicts = new Set();
    yield* differencesBetween(compared, (difference, key, conflicts) => {
      const { type, id, class: differenceClass } = difference;
      const action = actionOf(difference.base, difference.theirs);
      counts[differenceClass] += 1;
      if (action) actions[action] += 1;
      differences.push({
        type,
        key,
        id,
        class: differenceClass,
        action,
        isRestorable: isRestorableFrom(compared, difference),
      });
      typeConflicts = conflicts;
      if (rows && rows.length < maxKeptRows) rows.push(toDifference(compared, difference));
      else rows = null;
    });
    return (this.#latest = { stateKey, differences, counts, actions, typeConflicts, rows });
  }
}

const isRestorableFrom = (compared: ComparisonInput, { type, id, theirs }: RecordDifference): boolean =>
  !('mergeBase' in compared) &&
  isRestorable(type) &&
  theirs.payload !== null &&
  ('from' in compared || locateIn(compared.theirs, type, id)?.hidden === false);

const createCache = (): ComparisonCache => new ComparisonCache();
export const comparisonCache = ({ singletons }: Pick<Services, 'singletons'>): ComparisonCache =>
  singletons.get(createCache);

/** Compares the given records again, in their order. `compared` must hold the same states as the comparison did. */
export function* compareAgain(
  compared: ComparisonInput,
  { typeConflicts }: Pick<CachedComparison, 'typeConflicts'>,
  summaries: readonly DifferenceSummary[],
): Generator<RecordDifference, void, void> {
  for (const batch of inBatches(summaries, batchSize)) {
    for (const type of new Set(batch.map((summary) => summary.type))) {
      const keys = batch.filter((one) => one.type === type).map(({ key }) => key);
      for (const difference of compareBatch(compared, typeConflicts, type, keys))
        if (difference) yield difference;
    }
  }
}
