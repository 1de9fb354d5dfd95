import type { Difference, DifferenceClass, SideAction } from '#shared/contract/compare.ts';
import { differenceClasses, sideAction } from '#shared/contract/compare.ts';
import { isRestorable } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import { inBatches } from '../kernel/chunks.ts';
import { locateIn } from '../log/records/locate.ts';
import type { Services } from '../model/services.ts';
import { differencesBetween, compareSome } from './between.ts';
import type { Compared, OtherTypes } from './between.ts';
import { actionOf } from './classify.ts';
import type { Differing } from './classify.ts';
import { toDifference } from './rows.ts';

const chunk = 100;
/** Maximum number of rows to keep. */
const mostKept = 5000;

/** A record that differs, without its payloads. */
export interface Found {
  type: AuditedType;
  key: string;
  id: string;
  class: DifferenceClass;
  action: SideAction | null;
  restorable: boolean;
}

export interface KeptComparison {
  state: string;
  found: readonly Found[];
  counts: Readonly<Record<DifferenceClass, number>>;
  actions: Readonly<Record<SideAction, number>>;
  otherTypes: OtherTypes;
  /** The rows of `found`; null if they are read again for each page. */
  rows: readonly Difference[] | null;
}

interface Following {
  /** Also keeps the rows, unless there are too many: reading a version again is expensive. */
  rows?: boolean;
}

const zeros = <K extends string>(names: readonly K[]): Record<K, number> =>
  Object.fromEntries(names.map((name) => [name, 0])) as Record<K, number>;

/** Keeps the latest comparison, so that another page of it reads only the records on that page. `state` identifies both compared states. */
export class ComparisonCache {
  #latest: KeptComparison | undefined;

  find(state: string): KeptComparison | undefined {
    return this.#latest?.state === state ? this.#latest : undefined;
  }

  *follow(
    compared: Compared,
    state: string,
    { rows: keepsRows = false }: Following = {},
  ): Generator<number, KeptComparison, void> {
    if (this.#latest?.state === state) return this.#latest;
    // Never keep two at once: one may have a hundred thousand records.
    this.#latest = undefined;
    const found: Found[] = [];
    const [counts, actions] = [zeros(differenceClasses), zeros(sideAction.options)];
    let rows: Difference[] | null = keepsRows ? [] : null;
    let otherTypes: OtherTypes = new Set();
    yield* differencesBetween(compared, (one, key, others) => {
      const { type, id, class: of } = one;
      const action = actionOf(one.base, one.play);
      counts[of] += 1;
      if (action) actions[action] += 1;
      found.push({ type, key, id, class: of, action, restorable: isRestorableFrom(compared, one) });
      otherTypes = others;
      if (rows && rows.length < mostKept) rows.push(toDifference(compared, one));
      else rows = null;
    });
    return (this.#latest = { state, found, counts, actions, otherTypes, rows });
  }
}

const isRestorableFrom = (compared: Compared, { type, id, play }: Differing): boolean =>
  !('mergeBase' in compared) &&
  isRestorable(type) &&
  play.payload !== null &&
  ('from' in compared || locateIn(compared.play, type, id)?.hidden === false);

const createCache = (): ComparisonCache => new ComparisonCache();
export const comparisonCache = ({ singletons }: Pick<Services, 'singletons'>): ComparisonCache =>
  singletons.get(createCache);

/** Compares the given records again, in their order. The compared states must be those of the comparison. */
export function* compareAgain(
  compared: Compared,
  { otherTypes }: Pick<KeptComparison, 'otherTypes'>,
  list: readonly Found[],
): Generator<Differing, void, void> {
  for (const some of inBatches(list, chunk)) {
    for (const type of new Set(some.map((one) => one.type))) {
      const keys = some.filter((one) => one.type === type).map(({ key }) => key);
      for (const one of compareSome(compared, otherTypes, type, keys)) if (one) yield one;
    }
  }
}
