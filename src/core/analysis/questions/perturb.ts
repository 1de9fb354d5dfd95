import { appendTo } from '#shared/domain/append-to.ts';
import { unknownLoss } from '../bearer-model.ts';
import { addLinks, nodeKind } from '../organisation.ts';
import type { Organisation } from '../organisation.ts';

/** Shares of links that are cut, of members that move to another team, and of terms that are off by one. */
const errorShares = { cut: 0.05, moved: 0.05, terms: 0.2 } as const;
/** The largest share of links that a test takes for unrecorded: nine times the recorded ones. */
const maxUnrecordedShare = 0.9;
/** The largest relative error of a recorded loss. */
const maxLossError = 0.5;
/** Terms are drawn from 1 to `maxTerms` if none are known. */
const maxTerms = 8;

type Random = () => number;
const drawBetween = (random: Random, low: number, high: number): number => low + (high - low) * random();

/**
 * A random variation of the organisation within the likely errors of its records, with `unrecordedShare` of all links not recorded. Links
 * keep their indexes; added links come last.
 */
export function perturbOrganisation(
  organisation: Organisation,
  random: Random,
  unrecordedShare: number,
): Organisation {
  const { losses, terms } = organisation;
  const knownTerms = Array.from(terms).filter((termsLeft) => !Number.isNaN(termsLeft));
  const drawTerms = (): number =>
    knownTerms[Math.floor(random() * knownTerms.length)] ?? Math.ceil(random() * maxTerms);
  const share = Math.min(maxUnrecordedShare, unrecordedShare);
  const linkCount = Math.round((organisation.from.length * share) / (1 - share));
  const newLinks = drawLinks(organisation, linkCount, random);
  const perturbedLosses = losses.map((loss) => {
    if (random() < errorShares.cut) return 100;
    if (Number.isNaN(loss)) return drawBetween(random, unknownLoss.low, unknownLoss.high);
    return Math.min(100, loss * drawBetween(random, 1 - maxLossError, 1 + maxLossError));
  });
  const addedLinks = newLinks.map(([from, to]) => {
    return { from, to, loss: drawBetween(random, unknownLoss.low, unknownLoss.high), documented: 0 };
  });
  return {
    ...addLinks({ ...organisation, losses: perturbedLosses }, addedLinks),
    terms: terms.map((termsLeft) => {
      if (Number.isNaN(termsLeft)) return drawTerms();
      return random() < errorShares.terms ? Math.max(0, termsLeft + (random() < 0.5 ? -1 : 1)) : termsLeft;
    }),
    memberOf: moveMembers(organisation, random),
  };
}

const teamsOf = ({ kinds }: Organisation): number[] =>
  [...kinds.keys()].filter((node) => kinds[node] === nodeKind.team);

function moveMembers(organisation: Organisation, random: Random): Uint32Array {
  const teams = teamsOf(organisation);
  return organisation.memberOf.map((team) =>
    random() < errorShares.moved ? (teams[Math.floor(random() * teams.length)] ?? team) : team,
  );
}

/**
 * Draws likely missing links. Half are between the ends of two links that meet, because people with common contacts meet most often; half
 * between any two teams, because links are also missing where none is recorded.
 */
function drawLinks(organisation: Organisation, count: number, random: Random): [number, number][] {
  const { kinds, from, to } = organisation;
  const teams = teamsOf(organisation);
  const linksByNode = new Map<number, number[]>();
  for (const [link, end] of from.entries()) {
    for (const node of [end, to[link] as number]) appendTo(linksByNode, node, link);
  }
  const drawTeam = (): number => teams[Math.floor(random() * teams.length)] as number;
  const drawNeighbours = (): [number, number] => {
    const link = Math.floor(random() * from.length);
    const [start, middle] = random() < 0.5 ? [from[link], to[link]] : [to[link], from[link]];
    const middleLinks = linksByNode.get(middle as number) as number[];
    const secondLink = middleLinks[Math.floor(random() * middleLinks.length)] as number;
    const end = from[secondLink] === middle ? to[secondLink] : from[secondLink];
    return [start as number, end as number];
  };
  const pairs: [number, number][] = [];
  for (let tries = 0; pairs.length < count && tries < 4 * count; tries++) {
    const [start, end] =
      teams.length > 1 && random() < 0.5 ? ([drawTeam(), drawTeam()] as const) : drawNeighbours();
    const canPass = kinds[start] !== nodeKind.other || kinds[end] !== nodeKind.other;
    if (start !== end && canPass) pairs.push([start, end]);
  }
  return pairs;
}
