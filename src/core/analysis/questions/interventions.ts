import { describedShare, defaultLoss, usualShare } from '#shared/domain/interfaces.ts';
import type { Change, Joined, Presence } from '../bearer-model.ts';
import type { ExtraLink } from '../knowledge.ts';
import { nodeKind, noNode } from '../organisation.ts';
import { chooseInterventions } from './choose-interventions.ts';
import type { Candidate, FoundIntervention, FoundStep, InterventionCode } from './choose-interventions.ts';
import type { Damage } from './damage.ts';
import { findLearners } from './learners.ts';
import { createLeaver } from './leavers.ts';
import type { Leaver } from './leavers.ts';
import {
  changeAfterTerms,
  presenceAfterTerms,
  strengthenedBond,
  usualStrength,
  changeWithoutPeople,
} from './link-effects.ts';
import { roundingTolerance, subjectValue } from './rank-subjects.ts';

/** Pairs are tried among at most this many neighbours, those with the strongest links first. */
const maxNeighbours = 6;
/** At most this many links are tried singly, those with the largest flow first. */
const maxDocumentedLinks = 4;
/** Interventions with more steps are impractical. */
const maxSteps = 100;
/** The terms that a new member stays: one who stays on, or a new student. */
const stayTerms = { established: 3, incoming: 6 } as const;
/** Their weights as members: one who stays on has learned what there is, a new one counts half. */
const joinedWeights = { established: 2, incoming: 1 } as const;

interface Simulated {
  linksBefore?: readonly ExtraLink[];
  linksAfter?: readonly ExtraLink[];
  documentedLinks?: readonly ExtraLink[];
  joined?: ReadonlyMap<number, Joined>;
  learned?: ReadonlySet<number>;
}

class InterventionTrials {
  readonly #damage: Damage;
  readonly #leavers: readonly number[];
  readonly #value: number;
  readonly #losses = new Map<number, number>();
  readonly candidates: Candidate[] = [];

  constructor(damage: Damage, leavers: readonly number[], value: number) {
    [this.#damage, this.#leavers, this.#value] = [damage, leavers, value];
  }

  get presence(): Presence {
    return this.#damage.bearing.presenceWithout(this.#leavers);
  }

  /** Simulates and adds a candidate. Its added links: before and after the departure, and with only their documented share. */
  addCandidate(
    code: InterventionCode,
    steps: FoundStep[],
    { linksBefore = [], linksAfter = [], documentedLinks = [], joined, learned }: Simulated,
  ): void {
    if (steps.length === 0 || steps.length > maxSteps) return;
    const damage = this.#damage;
    const repair = { linksBefore, linksAfter, ...(joined && { joined }), ...(learned && { learned }) };
    const value = damage.valueAfterRepair(damage.bearing.departureOf(this.#leavers), repair);
    this.candidates.push({
      code,
      value,
      steps,
      raisedLoss: () => this.#raisedLoss(linksBefore, documentedLinks),
    });
  }

  /** The largest loss that added links raise, of a record at an end of all these links; 0 if none. */
  #raisedLoss(added: readonly ExtraLink[], documented: readonly ExtraLink[]): number {
    const damage = this.#damage;
    const sharedEnds = [...new Set(added.flatMap(({ from, to }) => [from, to]))].filter((node) =>
      added.every(({ from, to }) => from === node || to === node),
    );
    return sharedEnds.reduce((maxLoss, node) => {
      const lossAfter = damage.valueAfterRepair(damage.bearing.departureOf([node]), {
        linksBefore: added,
        linksAfter: documented,
      });
      return lossAfter > this.#lossOf(node) + roundingTolerance ? Math.max(maxLoss, lossAfter) : maxLoss;
    }, 0);
  }

  #lossOf(node: number): number {
    const loss = this.#losses.get(node) ?? subjectValue(this.#damage, createLeaver([node]));
    this.#losses.set(node, loss);
    return loss;
  }

  chooseBest(kinds?: number): FoundIntervention[] {
    return chooseInterventions(this.candidates, this.#value, kinds);
  }
}

/**
 * The best interventions before a departure, each simulated: document the links, link two neighbours (a moderate link), let one neighbour
 * take over the links to all others (weak ones, because they are learned in a hurry), or add a member who stays on to the team. Sorted by
 * reduction per step.
 */
export function leaverInterventions(
  damage: Damage,
  { nodes, team }: Leaver,
  value: number,
  kinds?: number,
): FoundIntervention[] {
  const { bearing } = damage;
  const node = nodes[0] as number;
  const trials = new InterventionTrials(damage, [node], value);
  const change = bearing.changeWithout([node]);
  tryTeaching(damage, trials, [node]);
  tryDocumenting(
    damage,
    trials,
    change.map(([link]) => link),
  );
  const centre = hasLinks(damage, node) || team === noNode ? node : team;
  tryLinking(damage, trials, centre);
  if (team !== noNode)
    tryNewMembers(damage, trials, { team, leavers: [node], who: ['established'], code: 'keep_member' });
  return trials.chooseBest(kinds);
}

/** Gives each area of expertise that leaves a second holder who stays. */
function tryTeaching(damage: Damage, trials: InterventionTrials, leavers: readonly number[]): void {
  const lessons = findLearners(damage, damage.areasOnlyWith(leavers), damage.peopleAmong(leavers));
  const steps = lessons.map(({ person, area }): FoundStep => ({ do: 'learn', person, area }));
  trials.addCandidate('learn', steps, { learned: new Set(lessons.map(({ area }) => area)) });
}

function tryDocumenting(damage: Damage, trials: InterventionTrials, links: readonly number[]): void {
  const { bearing } = damage;
  const { from, to, documented } = bearing.organisation;
  const undocumented = links
    .filter((link) => (documented[link] as number) < describedShare / 100)
    .sort((a, b) => damage.flowShare(b) - damage.flowShare(a) || a - b);
  const { presence } = trials;
  const linkWhenDocumented = (link: number): ExtraLink => ({
    from: from[link] as number,
    to: to[link] as number,
    weight: damage.bearing.weightOver(link, bearing.passRateOver(link, presence, describedShare / 100)),
  });
  const documentStep = (link: number): FoundStep => ({ do: 'document', link, documented: describedShare });
  for (const link of undocumented.slice(0, maxDocumentedLinks))
    trials.addCandidate('write_down', [documentStep(link)], { linksAfter: [linkWhenDocumented(link)] });
  if (undocumented.length > 1)
    trials.addCandidate('write_down_all', undocumented.map(documentStep), {
      linksAfter: undocumented.map(linkWhenDocumented),
    });
}

function tryLinking(damage: Damage, trials: InterventionTrials, centre: number): void {
  const neighbours = neighboursByWeight(damage, centre).filter((node) => canPass(damage, node));
  const firstNeighbours = neighbours.slice(0, maxNeighbours);
  const tryPairs = (
    code: InterventionCode,
    pairs: readonly (readonly [number, number])[],
    bond: string,
  ): void => {
    const strength = usualStrength(bond);
    const steps = pairs.map(([from, to]): FoundStep => {
      return { do: 'link', from, to, bond_type: bond, energy_loss: defaultLoss(bond) };
    });
    const extraLinks = pairs.map(([from, to]) => ({
      from,
      to,
      weight: damage.bearing.weightBetween(from, to, strength),
    }));
    const documentedLinks = extraLinks.map((link) => ({
      ...link,
      weight: (link.weight * usualShare(bond)) / 100,
    }));
    trials.addCandidate(code, steps, { linksBefore: extraLinks, linksAfter: extraLinks, documentedLinks });
  };
  for (const [index, a] of firstNeighbours.entries()) {
    for (const b of firstNeighbours.slice(index + 1)) {
      if (!isLinked(damage, a, b)) tryPairs('pair', [[a, b]], 'codified-moderate');
    }
  }
  const standIn = neighbours[0];
  const otherNeighbours =
    standIn === undefined ? [] : neighbours.slice(1).filter((node) => !isLinked(damage, standIn, node));
  if (standIn !== undefined && otherNeighbours.length > 1)
    tryPairs(
      'take_over',
      otherNeighbours.map((node) => [standIn, node] as const),
      'institutional-weak',
    );
}

/** Adds an intervention in which members join a team before others leave it. */
function tryNewMembers(
  damage: Damage,
  trials: InterventionTrials,
  {
    team,
    leavers,
    who,
    code,
  }: {
    team: number;
    leavers: readonly number[];
    who: readonly (keyof typeof stayTerms)[];
    code: InterventionCode;
  },
): void {
  const { bearing } = damage;
  const { from, to } = bearing.organisation;
  const weight = who.reduce((sum, kind) => sum + joinedWeights[kind], 0);
  const joined = new Map([[team, { count: who.length, weight }]]);
  const presence = { ...trials.presence, joined };
  const extraLinks = bearing.changeWithout(leavers).flatMap(([link, passRate]): ExtraLink[] => {
    const newRate = bearing.passRateOver(link, presence);
    return newRate > passRate
      ? [
          {
            from: from[link] as number,
            to: to[link] as number,
            weight: damage.bearing.weightOver(link, newRate),
          },
        ]
      : [];
  });
  const steps = who.map((kind): FoundStep => ({ do: 'mentor', team, terms: stayTerms[kind] }));
  trials.addCandidate(code, steps, { linksAfter: extraLinks, joined });
}

/** Adds a member who stays on, a new one, or both to a team that many members leave; or documents its links. */
export function cohortInterventions(
  damage: Damage,
  team: number,
  leavers: readonly number[],
  value: number,
  kinds?: number,
): FoundIntervention[] {
  const trials = new InterventionTrials(damage, leavers, value);
  tryTeaching(damage, trials, leavers);
  const newMembers = {
    established: ['established'],
    incoming: ['incoming'],
    both: ['established', 'incoming'],
  } as const;
  for (const code of ['established', 'incoming', 'both'] as const)
    tryNewMembers(damage, trials, { team, leavers, who: newMembers[code], code });
  tryDocumenting(
    damage,
    trials,
    damage.bearing.changeWithout(leavers).map(([link]) => link),
  );
  return trials.chooseBest(kinds);
}

/** Documents a link that loses bearers within some terms, or adds a member who stays on at one of its ends. */
export function leavingLinkInterventions(
  damage: Damage,
  link: number,
  value: number,
  maxTerms = 1,
): FoundIntervention[] {
  const { bearing } = damage;
  const { from, to, kinds } = bearing.organisation;
  const ends = [from[link] as number, to[link] as number];
  const presence = presenceAfterTerms(bearing, maxTerms);
  const change = changeAfterTerms(bearing, link, maxTerms);
  const valueWith = (passRate: number, joined?: ReadonlyMap<number, Joined>): number =>
    damage.valueAfterRepair(
      { change },
      {
        linksAfter: [
          {
            from: from[link] as number,
            to: to[link] as number,
            weight: damage.bearing.weightOver(link, passRate),
          },
        ],
        ...(joined && { joined }),
      },
    );
  const candidates: FoundIntervention[] = documentSteps(damage, link).map((steps) => ({
    code: 'write_down',
    value: valueWith(bearing.passRateOver(link, presence, describedShare / 100)),
    steps,
  }));
  for (const team of ends) {
    if (kinds[team] !== nodeKind.team) continue;
    const joined = new Map([[team, { count: 1, weight: joinedWeights.established }]]);
    candidates.push({
      code: 'keep_member',
      value: valueWith(bearing.passRateOver(link, { ...presence, joined }), joined),
      steps: [{ do: 'mentor', team, terms: stayTerms.established }],
    });
  }
  return chooseInterventions(candidates, value);
}

function valueWithLink(damage: Damage, change: Change, [link, passRate]: Change[number]): number {
  const currentRate = damage.bearing.passRates[link] as number;
  return Math.max(
    0,
    damage.lostShare({
      change: [
        ...change.filter(([changedLink]) => changedLink !== link),
        [link, Math.min(currentRate, passRate)],
      ],
    }),
  );
}

function documentSteps({ bearing }: Damage, link: number): FoundStep[][] {
  const { documented } = bearing.organisation;
  if ((documented[link] as number) >= describedShare / 100) return [];
  return [[{ do: 'document', link, documented: describedShare }]];
}

/** Documents a link that only people know, so that less is lost with these people. */
export function undocumentedInterventions(damage: Damage, link: number, value: number): FoundIntervention[] {
  const passRate = (damage.bearing.strength(link) * describedShare) / 100;
  const valueAfter = valueWithLink(damage, changeWithoutPeople(damage.bearing, link), [link, passRate]);
  return chooseInterventions(
    documentSteps(damage, link).map((steps) => ({ code: 'write_down', value: valueAfter, steps })),
    value,
  );
}

/** Raises a weak link to a moderate one, after which nothing is left to gain. */
export function weakInterventions(_damage: Damage, link: number): FoundIntervention[] {
  const energy_loss = defaultLoss(strengthenedBond);
  return [
    {
      code: 'strengthen',
      value: 0,
      steps: [{ do: 'strengthen', link, bond_type: strengthenedBond, energy_loss }],
    },
  ];
}

function entriesOf({ graph }: Damage, node: number): { to: number; weight: number }[] {
  const entries: { to: number; weight: number }[] = [];
  for (let entry = graph.offsets[node] as number; entry < (graph.offsets[node + 1] as number); entry++)
    entries.push({ to: graph.targets[entry] as number, weight: graph.weights[entry] as number });
  return entries;
}

const canPass = ({ graph }: Damage, node: number): boolean => graph.canPass?.[node] !== 0;
const hasLinks = (damage: Damage, node: number): boolean => entriesOf(damage, node).length > 0;
const isLinked = (damage: Damage, a: number, b: number): boolean =>
  entriesOf(damage, a).some(({ to }) => to === b);

function neighboursByWeight(damage: Damage, node: number): number[] {
  const entries = entriesOf(damage, node).sort((a, b) => b.weight - a.weight || a.to - b.to);
  return [...new Set(entries.map(({ to }) => to))];
}
