import { minDocumentedShare } from '../bearer-model.ts';
import type { Bearing } from '../bearer-model.ts';
import type { Damage } from './damage.ts';

export const isUndocumented = ({ organisation: { documented } }: Bearing, link: number): boolean =>
  (documented[link] as number) < minDocumentedShare;

/** The links that pass on less after a departure, the largest loss first, and the counts that its reason states. */
export function departureFacts(damage: Damage, leavers: readonly number[]) {
  const { bearing } = damage;
  const change = bearing.changeWithout(leavers);
  const lostFlow = (link: number, passRate: number): number =>
    damage.flowShare(link) * (1 - passRate / Math.max(1e-12, bearing.passRates[link] as number));
  const links = [...change]
    .sort(([a, rateA], [b, rateB]) => lostFlow(b, rateB) - lostFlow(a, rateA) || a - b)
    .map(([link]) => link);
  const params = {
    links: links.length,
    undocumented: links.filter((link) => isUndocumented(bearing, link)).length,
    areas: damage.areasOnlyWith(leavers).length,
  };
  return { links, params };
}
