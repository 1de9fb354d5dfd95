import type { DifferenceClass } from '#shared/contract/compare.ts';
import { differenceClasses } from '#shared/contract/compare.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import { batches } from '../kernel/chunks.ts';
import { readHead } from '../log/audit/head.ts';
import type { Services } from '../model/services.ts';
import type { Differing } from './classify.ts';
import { compareSome, differences } from './differences.ts';
import type { OtherTypes, Sides } from './differences.ts';

const chunk = 100;

/** A record that is not the same everywhere, without its payloads. */
export interface Found {
  type: AuditedType;
  key: string;
  id: string;
  class: DifferenceClass;
}

export interface KeptComparison {
  state: string;
  found: readonly Found[];
  counts: Readonly<Record<DifferenceClass, number>>;
  otherTypes: OtherTypes;
}

/** Keeps the latest comparison while both files are unchanged, so that a further page reads only its own records. Payloads are not kept. */
export class ComparisonCache {
  #latest: KeptComparison | undefined;

  *follow(sides: Sides, id: string): Generator<number, KeptComparison, void> {
    const state = stateOf(sides, id);
    if (this.#latest?.state === state) return this.#latest;
    // One at a time: a comparison may cover a hundred thousand records.
    this.#latest = undefined;
    const found: Found[] = [];
    const none = differenceClasses.map((name) => [name, 0]);
    const counts = Object.fromEntries(none) as Record<DifferenceClass, number>;
    let otherTypes: OtherTypes = new Set();
    yield* differences(sides, (one, key, others) => {
      counts[one.class] += 1;
      found.push({ type: one.type, key, id: one.id, class: one.class });
      otherTypes = others;
    });
    return (this.#latest = { state, found, counts, otherTypes });
  }
}

const createCache = (): ComparisonCache => new ComparisonCache();
export const comparisonCache = ({ singletons }: Pick<Services, 'singletons'>): ComparisonCache =>
  singletons.get(createCache);

/** Compares these records again, in their order, with the sides of the comparison. */
export function* compareAgain(
  sides: Sides,
  { otherTypes }: Pick<KeptComparison, 'otherTypes'>,
  list: readonly Found[],
): Generator<Differing, void, void> {
  for (const some of batches(list, chunk)) {
    for (const type of new Set(some.map((one) => one.type))) {
      const keys = some.filter((one) => one.type === type).map(({ key }) => key);
      for (const one of compareSome(sides, otherTypes, type, keys)) if (one) yield one;
    }
  }
}

/** The logs show every change of a record, but not of a sandbox's base. */
function stateOf({ live, play, mergeBase }: Sides, id: string): string {
  const heads = [live, play].map((side) => readHead(side).hash);
  return JSON.stringify([id, heads, mergeBase]);
}
