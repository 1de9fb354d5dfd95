import { unknownLoss } from '../bearing.ts';
import { kindOf, noNode } from '../organisation.ts';
import type { Organisation } from '../organisation.ts';

/** Shares of links that are cut, of links added, of members that move to another team, and of terms that are off by one. */
const shares = { cut: 0.05, added: 0.1, moved: 0.05, terms: 0.2 } as const;
/** The largest relative error of a recorded loss. */
const lossError = 0.5;
/** Terms are drawn from 1 to this if none are known. */
const mostTerms = 8;

type Random = () => number;
const between = (random: Random, low: number, high: number): number => low + (high - low) * random();

/** A random variation of the organisation within the likely errors of its records. Links keep their indexes; added ones follow. */
export function perturbOrganisation(organisation: Organisation, random: Random): Organisation {
  const { losses, terms } = organisation;
  const known = Array.from(terms).filter((left) => !Number.isNaN(left));
  const drawn = (): number => known[Math.floor(random() * known.length)] ?? Math.ceil(random() * mostTerms);
  const added = addedLinks(organisation, random);
  const count = losses.length;
  const all = count + added.length;
  const extended = <T extends Uint32Array | Float64Array>(column: T, value: (at: number) => number): T => {
    const made = new (column.constructor as new (size: number) => T)(all);
    made.set(column);
    for (let at = count; at < all; at++) made[at] = value(at - count);
    return made;
  };
  const perturbed = losses.map((loss) => {
    if (random() < shares.cut) return 100;
    if (Number.isNaN(loss)) return between(random, unknownLoss.low, unknownLoss.high);
    return Math.min(100, loss * between(random, 1 - lossError, 1 + lossError));
  });
  return {
    ...organisation,
    from: extended(organisation.from, (at) => added[at]?.[0] ?? 0),
    to: extended(organisation.to, (at) => added[at]?.[1] ?? 0),
    losses: extended(perturbed, () => between(random, unknownLoss.low, unknownLoss.high)),
    documented: extended(organisation.documented, () => 0),
    linkImportance: extended(organisation.linkImportance, () => 1),
    bearerSet: extended(organisation.bearerSet, () => noNode),
    terms: terms.map((left) => {
      if (Number.isNaN(left)) return drawn();
      return random() < shares.terms ? Math.max(0, left + (random() < 0.5 ? -1 : 1)) : left;
    }),
    memberOf: movedMembers(organisation, random),
  };
}

function movedMembers({ kinds, memberOf }: Organisation, random: Random): Uint32Array {
  const teams = [...kinds.keys()].filter((node) => kinds[node] === kindOf.team);
  return memberOf.map((team) =>
    random() < shares.moved ? (teams[Math.floor(random() * teams.length)] ?? team) : team,
  );
}

/** Likely missing links: between the ends of two links that meet, because people with common contacts meet most often. */
function addedLinks({ kinds, from, to }: Organisation, random: Random): [number, number][] {
  const links = new Map<number, number[]>();
  for (const [link, end] of from.entries()) {
    for (const node of [end, to[link] as number]) {
      const known = links.get(node);
      if (known) known.push(link);
      else links.set(node, [link]);
    }
  }
  const found: [number, number][] = [];
  const count = Math.round(shares.added * from.length);
  for (let tries = 0; found.length < count && tries < 4 * count; tries++) {
    const link = Math.floor(random() * from.length);
    const [start, middle] = random() < 0.5 ? [from[link], to[link]] : [to[link], from[link]];
    const others = links.get(middle as number) as number[];
    const other = others[Math.floor(random() * others.length)] as number;
    const end = from[other] === middle ? to[other] : from[other];
    const isHolder = kinds[start as number] !== kindOf.other || kinds[end as number] !== kindOf.other;
    if (start !== end && isHolder) found.push([start as number, end as number]);
  }
  return found;
}
