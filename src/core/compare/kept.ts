import type { DifferenceClass } from '#shared/contract/compare.ts';
import { differenceClasses } from '#shared/contract/compare.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import { portions } from '../kernel/chunks.ts';
import { readHead } from '../log/audit/head.ts';
import type { Services } from '../model/services.ts';
import type { SandboxFacts } from '../log/sandbox-facts.ts';
import type { Differing } from './classify.ts';
import { compareSome, differences } from './differences.ts';
import type { Sides } from './differences.ts';
import type { Candidates } from './touched.ts';

/** Records read together when they are compared again. */
const together = 100;

/** A record that is not the same everywhere, without what it holds. */
export interface Found {
  type: AuditedType;
  /** What it is told apart by. */
  key: string;
  id: string;
  class: DifferenceClass;
}

interface Comparison {
  /** The state of both files that it is of. */
  of: string;
  found: readonly Found[];
  counts: Readonly<Record<DifferenceClass, number>>;
  among: Omit<Candidates, 'play'>;
}

/**
 * Keeps what the latest comparison found for as long as both files stay as they are, so that a further page costs the records that are on
 * it. What records hold is not kept but read again.
 */
export class KeptComparison {
  #latest: Comparison | undefined;

  /** What is different between both sides. Yields how many records it has looked at. */
  *follow(sides: Sides, facts: SandboxFacts): Generator<number, Comparison, void> {
    const of = stateOf(sides, facts);
    if (this.#latest?.of === of) return this.#latest;
    // Never two at once: one may be of a hundred thousand records.
    this.#latest = undefined;
    const found: Found[] = [];
    const counts = Object.fromEntries(differenceClasses.map((one) => [one, 0])) as Record<
      DifferenceClass,
      number
    >;
    let among: Comparison['among'] = { live: new Map(), twoTypes: new Set(), baseHas: new Map() };
    yield* differences(sides, (one, key, { live, twoTypes, baseHas }) => {
      counts[one.class] += 1;
      found.push({ type: one.type, key, id: one.id, class: one.class });
      among = { live, twoTypes, baseHas };
    });
    return (this.#latest = { of, found, counts, among });
  }
}

/** Compares those records anew, in their order. The sides are those of the comparison. */
export function* again(
  sides: Sides,
  { among }: Pick<Comparison, 'among'>,
  list: readonly Found[],
): Generator<Differing, void, void> {
  for (const some of portions(list, together)) {
    for (const type of new Set(some.map((one) => one.type))) {
      const keys = some.filter((one) => one.type === type).map(({ key }) => key);
      for (const one of compareSome(sides, among, type, keys)) if (one) yield one;
    }
  }
}

/** Every change of a record is in a log; what the sandbox says of its base is not. */
function stateOf({ live, play, footing }: Sides, { id, base, settled, settles }: SandboxFacts): string {
  const heads = [readHead(live), readHead(play)].map((head) => [head.id, head.hash]);
  const { common, base: from, based, apart } = footing;
  return JSON.stringify([id, heads, base, settled, settles, common, from, based, [...apart]]);
}

const createCache = (): KeptComparison => new KeptComparison();
export const comparisonCache = ({ singletons }: Pick<Services, 'singletons'>): KeptComparison =>
  singletons.get(createCache);
