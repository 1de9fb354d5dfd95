import { unknownLoss } from '../bearer-model.ts';
import { nodeKind, noNode } from '../organisation.ts';
import type { Organisation } from '../organisation.ts';

/** Shares of links that are cut, of links added, of members that move to another team, and of terms that are off by one. */
const shares = { cut: 0.05, added: 0.1, moved: 0.05, terms: 0.2 } as const;
/** The largest relative error of a recorded loss. */
const lossError = 0.5;
/** Terms are drawn from 1 to this if none are known. */
const maxTerms = 8;

type Random = () => number;
const drawBetween = (random: Random, low: number, high: number): number => low + (high - low) * random();

/** A random variation of the organisation within the likely errors of its records. Links keep their indexes; added links come last. */
export function perturbOrganisation(organisation: Organisation, random: Random): Organisation {
  const { losses, terms } = organisation;
  const knownTerms = Array.from(terms).filter((termsLeft) => !Number.isNaN(termsLeft));
  const drawTerms = (): number =>
    knownTerms[Math.floor(random() * knownTerms.length)] ?? Math.ceil(random() * maxTerms);
  const newLinks = drawLinks(organisation, random);
  const count = losses.length;
  const total = count + newLinks.length;
  const extend = <T extends Uint32Array | Float64Array>(column: T, value: (at: number) => number): T => {
    const result = new (column.constructor as new (size: number) => T)(total);
    result.set(column);
    for (let at = count; at < total; at++) result[at] = value(at - count);
    return result;
  };
  const perturbedLosses = losses.map((loss) => {
    if (random() < shares.cut) return 100;
    if (Number.isNaN(loss)) return drawBetween(random, unknownLoss.low, unknownLoss.high);
    return Math.min(100, loss * drawBetween(random, 1 - lossError, 1 + lossError));
  });
  return {
    ...organisation,
    from: extend(organisation.from, (at) => newLinks[at]?.[0] ?? 0),
    to: extend(organisation.to, (at) => newLinks[at]?.[1] ?? 0),
    losses: extend(perturbedLosses, () => drawBetween(random, unknownLoss.low, unknownLoss.high)),
    documented: extend(organisation.documented, () => 0),
    linkImportance: extend(organisation.linkImportance, () => 1),
    bearerSet: extend(organisation.bearerSet, () => noNode),
    terms: terms.map((termsLeft) => {
      if (Number.isNaN(termsLeft)) return drawTerms();
      return random() < shares.terms ? Math.max(0, termsLeft + (random() < 0.5 ? -1 : 1)) : termsLeft;
    }),
    memberOf: moveMembers(organisation, random),
  };
}

function moveMembers({ kinds, memberOf }: Organisation, random: Random): Uint32Array {
  const teams = [...kinds.keys()].filter((node) => kinds[node] === nodeKind.team);
  return memberOf.map((team) =>
    random() < shares.moved ? (teams[Math.floor(random() * teams.length)] ?? team) : team,
  );
}

/** Draws likely missing links: between the ends of two links that meet, because people with common contacts meet most often. */
function drawLinks({ kinds, from, to }: Organisation, random: Random): [number, number][] {
  const links = new Map<number, number[]>();
  for (const [link, end] of from.entries()) {
    for (const node of [end, to[link] as number]) {
      const nodeLinks = links.get(node);
      if (nodeLinks) nodeLinks.push(link);
      else links.set(node, [link]);
    }
  }
  const pairs: [number, number][] = [];
  const count = Math.round(shares.added * from.length);
  for (let tries = 0; pairs.length < count && tries < 4 * count; tries++) {
    const link = Math.floor(random() * from.length);
    const [start, middle] = random() < 0.5 ? [from[link], to[link]] : [to[link], from[link]];
    const others = links.get(middle as number) as number[];
    const other = others[Math.floor(random() * others.length)] as number;
    const end = from[other] === middle ? to[other] : from[other];
    const canPass = kinds[start as number] !== nodeKind.other || kinds[end as number] !== nodeKind.other;
    if (start !== end && canPass) pairs.push([start as number, end as number]);
  }
  return pairs;
}
