import type { ScenarioMeasures } from '#shared/contract/simulation.ts';
import { appendTo } from '#shared/domain/append-to.ts';
import { defaultLoss } from '#shared/domain/interfaces.ts';
import { Bearing, minDocumentedShare, computePassRate, unknownLoss } from '../bearer-model.ts';
import { findCuts } from '../graph/connectivity.ts';
import { buildGraph } from '../graph/graph.ts';
import { modularity } from '../graph/modularity.ts';
import { buildKnowledgeGraph } from '../knowledge.ts';
import type { KnowledgeGraph } from '../knowledge.ts';
import { addLinks, nodeKind, noNode } from '../organisation.ts';
import type { Organisation } from '../organisation.ts';
import { estimateStay, findStandout } from '../cohorts.ts';
import { peopleOf } from '../people-counts.ts';
import { uniformDraw, drawStream, joinKeys, drawPurposes } from '../draws.ts';
import { calibrateMeter, FlowMeter } from './flow-meter.ts';
import { LinkPresence } from './link-presence.ts';
import type { Occupancy, RunRates } from './occupancy.ts';
import { createPlaces, placeOccupants } from './places.ts';
import type { DrawKeys, Places, ReferenceOrganisation } from './places.ts';
import type { Step } from './steps.ts';

/** A newcomer's knowledge in the first term, with and without others in the team. */
const newcomerKnowledge = { withOthers: 0.5, onOwn: 0.25 } as const;

export interface ScenarioInput {
  organisation: Organisation;
  keys: DrawKeys;
  reference: ReferenceOrganisation | null;
  modules: Uint32Array;
  steps: readonly Step[];
  /** Links visited to measure a reach; if that is too few for all nodes, a sample stands for all. */
  maxVisits?: number;
}

/** The constants of all runs: the organisation with all links and places that steps add. */
export class ScenarioConstants {
  readonly organisation: Organisation;
  readonly places: Places;
  readonly modules: Uint32Array;
  readonly steps: readonly Step[];
  /** The graph of all links; links over which nothing passes have weight 0. */
  readonly graph: KnowledgeGraph;
  readonly linkKeys: Uint32Array;
  readonly ownLinkCount: number;
  readonly isEstimate: boolean;
  readonly presence: LinkPresence;
  readonly #use: Float64Array;
  readonly #meter: FlowMeter;

  constructor({ organisation, keys, reference, modules, steps, maxVisits }: ScenarioInput) {
    const addedLinks = steps.flatMap((step) => (step.do === 'link' ? [step] : []));
    this.organisation = addLinks(organisation, addedLinks);
    this.modules = modules;
    this.steps = steps;
    this.ownLinkCount = organisation.from.length;
    this.places = createPlaces(organisation, keys, { steps, reference });
    this.linkKeys = Uint32Array.from([
      ...keys.links,
      ...addedLinks.map(({ from, to }, index) =>
        joinKeys(joinKeys(keys.nodes[from] as number, keys.nodes[to] as number), index),
      ),
    ]);
    const count = this.organisation.from.length;
    const bearing = new Bearing(this.organisation);
    this.presence = new LinkPresence(bearing);
    this.#use = Float64Array.from({ length: count }, (_, link) => bearing.weightOver(link, 1));
    const people = peopleOf(organisation, bearing.members, reference?.members);
    this.graph = buildKnowledgeGraph(this.organisation, new Float64Array(count).fill(1));
    this.#meter = new FlowMeter(this.graph, people, keys.nodes, maxVisits);
    this.isEstimate = this.#meter.isEstimate;
    const isOwn = Array.from({ length: count }, (_, link) => Number(link < this.ownLinkCount));
    this.#setWeights(
      bearing.passRates.map((passRate, link) => Number(passRate > 0) * (isOwn[link] as number)),
    );
    this.#meter.calibrate(reference ? calibrateMeter(reference, maxVisits) : undefined);
    this.#setWeights(new Float64Array(count).fill(1));
    this.#meter.extend();
  }

  /** Sets what each link carries. */
  #setWeights(passRates: Float64Array): void {
    const { links, weights } = this.graph;
    for (let entry = 0; entry < links.length; entry++) {
      const link = links[entry] as number;
      weights[entry] = (this.#use[link] as number) * (passRates[link] as number);
    }
  }

  /** The flow without any loss, in people. */
  get losslessFlow(): number {
    return this.#meter.total;
  }

  /** The flow for given pass rates, in people. */
  flowOf(passRates: Float64Array): number {
    this.#setWeights(passRates);
    return this.#meter.measure();
  }
}

/** An organisation after some steps, or without any, during a run. */
export class Scenario {
  readonly #constants: ScenarioConstants;
  /** By link: its strength (NaN if each run draws it), its minimal strength, and its documented share. */
  readonly #strength: Float64Array;
  readonly #minStrength: Float64Array;
  readonly #documented: Float64Array;
  readonly #isCut: Uint8Array;
  /** 1 for each place that was removed or does not exist yet. */
  readonly #isClosed: Uint8Array;
  readonly #knowledge: Float64Array;
  readonly #experiencedCounts: Uint32Array;
  readonly #presentShares: Float64Array;
  readonly #basePresence: Float64Array;
  readonly #passRates: Float64Array;
  /** The strength of each link in this run, which can decline from term to term. */
  readonly #currentStrength: Float64Array;
  readonly #placeCounts: Uint32Array;

  constructor(constants: ScenarioConstants, hasSteps: boolean) {
    this.#constants = constants;
    const { organisation, places, ownLinkCount } = constants;
    const { kinds, losses, documented } = organisation;
    this.#strength = losses.map((loss) =>
      Number.isNaN(loss) ? loss : 1 - Math.min(100, Math.max(0, loss)) / 100,
    );
    this.#minStrength = new Float64Array(losses.length);
    this.#documented = documented.slice();
    this.#isCut = Uint8Array.from(losses, (_, link) => Number(link >= ownLinkCount && !hasSteps));
    this.#isClosed = Uint8Array.from(places.teams, (_, place) =>
      Number(place >= places.ownCount && !hasSteps),
    );
    this.#basePresence = Float64Array.from(kinds, (kind) => (kind === nodeKind.left ? 0 : 1));
    this.#knowledge = new Float64Array(kinds.length);
    this.#presentShares = new Float64Array(kinds.length);
    this.#experiencedCounts = new Uint32Array(kinds.length);
    this.#passRates = new Float64Array(losses.length);
    this.#currentStrength = new Float64Array(losses.length);
    this.#placeCounts = new Uint32Array(kinds.length);
    for (const student of places.students) if (student !== noNode) this.#placeCounts[student]! += 1;
    if (hasSteps) for (const step of constants.steps) this.#apply(step);
  }

  #apply(step: Step): void {
    if (step.do === 'remove') for (const node of step.nodes) this.#remove(node);
    if (step.do === 'cut') this.#isCut[step.link] = 1;
    if (step.do === 'strengthen')
      this.#minStrength[step.link] = Math.max(this.#minStrength[step.link] as number, 1 - step.loss / 100);
    if (step.do === 'strengthen' || step.do === 'document')
      this.#documented[step.link] = Math.max(this.#documented[step.link] as number, step.documented);
  }

  #remove(node: number): void {
    const { organisation, places } = this.#constants;
    const kind = organisation.kinds[node];
    this.#basePresence[node] = 0;
    if (kind === nodeKind.other) {
      for (const [link, from] of organisation.from.entries())
        if (from === node || organisation.to[link] === node) this.#isCut[link] = 1;
      return;
    }
    const leavers = new Set<number>();
    for (const [place, team] of places.teams.entries()) {
      const student = places.students[place] as number;
      if (team !== node && student !== node) continue;
      this.#isClosed[place] = 1;
      if (team === node && student !== noNode) leavers.add(student);
    }
    // A team leaves with its members, who leave their other teams too.
    if (leavers.size === 0) return;
    for (const [place, student] of places.students.entries())
      if (leavers.has(student)) this.#isClosed[place] = 1;
  }

  /** Begins a run: draws unknown losses. */
  beginRun(seed: number, run: number): void {
    const stream = drawStream(seed, run, 0, drawPurposes.loss);
    const { low, high } = unknownLoss;
    const { linkKeys } = this.#constants;
    this.#begin((link) => low + (high - low) * uniformDraw(stream, linkKeys[link] as number));
  }

  /** Begins with the mean of unknown losses. */
  beginWithoutChance(): void {
    this.#begin(() => unknownLoss.middle);
  }

  #begin(unknownLossOf: (link: number) => number): void {
    for (let link = 0; link < this.#currentStrength.length; link++) {
      const strength = this.#strength[link] as number;
      this.#currentStrength[link] = Math.max(
        Number.isNaN(strength) ? 1 - unknownLossOf(link) / 100 : strength,
        this.#minStrength[link] as number,
      );
    }
  }

  /** Weakens weak and fragile links that are documented by less than half. Only called with a rate above 0. */
  weaken(
    seed: number,
    run: number,
    term: number,
    { weak, fragile }: Pick<RunRates, 'weak' | 'fragile'>,
  ): void {
    const stream = drawStream(seed, run, term, drawPurposes.decay);
    const { linkKeys } = this.#constants;
    for (let link = 0; link < this.#currentStrength.length; link++) {
      const loss = 100 * (1 - (this.#currentStrength[link] as number));
      if (
        (this.#documented[link] as number) >= minDocumentedShare ||
        loss < defaultLoss('institutional-weak')
      )
        continue;
      const maxDecay = loss < defaultLoss('fragile-temporary') ? weak : fragile;
      this.#currentStrength[link]! *= 1 - maxDecay * uniformDraw(stream, linkKeys[link] as number);
    }
  }

  /** Updates present shares: for a team the knowledge of its places relative to the start, for a student the mean over their places. */
  #updateShares({ isTaken, isNew }: Occupancy): void {
    const { places, organisation } = this.#constants;
    const { count, teams, students, weights, initialWeights } = places;
    const [knowledge, experiencedCounts, isClosed, presentShares] = [
      this.#knowledge,
      this.#experiencedCounts,
      this.#isClosed,
      this.#presentShares,
    ];
    knowledge.fill(0);
    experiencedCounts.fill(0);
    for (let place = 0; place < count; place++)
      if (isTaken[place] === 1 && isNew[place] === 0 && isClosed[place] === 0 && teams[place] !== noNode)
        experiencedCounts[teams[place] as number]! += 1;
    for (let place = 0; place < count; place++) {
      if (isTaken[place] === 0 || isClosed[place] === 1) continue;
      const team = teams[place] as number;
      const hasOthers = team !== noNode && experiencedCounts[team] !== 0;
      const ofNewcomer = hasOthers ? newcomerKnowledge.withOthers : newcomerKnowledge.onOwn;
      const placeKnowledge = isNew[place] === 0 ? 1 : ofNewcomer;
      if (team !== noNode) knowledge[team]! += placeKnowledge * (weights[place] as number);
      const student = students[place] as number;
      if (student !== noNode) knowledge[student]! += placeKnowledge;
    }
    const { kinds } = organisation;
    for (let node = 0; node < kinds.length; node++) {
      const total = (this.#placeCounts[node] as number) || (initialWeights[node] as number);
      const base = kinds[node] === nodeKind.left && total > 0 ? 1 : (this.#basePresence[node] as number);
      presentShares[node] = total > 0 ? base * Math.min(1, (knowledge[node] as number) / total) : base;
    }
  }

  /** The pass rate of each link: strength × (documented + (1 − documented) × present). The next call overwrites the returned array. */
  passRatesFor(occupancy: Occupancy): Float64Array {
    this.#updateShares(occupancy);
    const { presence } = this.#constants;
    const [passRates, presentShares, documented] = [this.#passRates, this.#presentShares, this.#documented];
    for (let link = 0; link < passRates.length; link++) {
      if (this.#isCut[link] === 1) {
        passRates[link] = 0;
        continue;
      }
      const linkDocumented = documented[link] as number;
      const strength = this.#currentStrength[link] as number;
      passRates[link] = computePassRate(strength, linkDocumented, presence.shareOf(link, presentShares));
    }
    return passRates;
  }

  /** The knowledge flow as a share of the initial one without loss; 0 if there is none. */
  reach(occupancy: Occupancy): number {
    return this.#flowShare(this.passRatesFor(occupancy)) ?? 0;
  }

  #flowShare(passRates: Float64Array): number | null {
    const { losslessFlow } = this.#constants;
    if (losslessFlow === 0) return null;
    return this.#constants.flowOf(passRates) / losslessFlow;
  }

  measure(occupancy: Occupancy): ScenarioMeasures {
    const { organisation, places, modules } = this.#constants;
    const passRates = this.passRatesFor(occupancy);
    const reach = this.#flowShare(passRates);
    const { from, to, bearerSet, bearerSets, kinds } = organisation;
    const counts = new Uint32Array(kinds.length);
    const people = new Set<number>();
    let addedMembers = 0;
    for (let place = 0; place < places.count; place++) {
      if (occupancy.isTaken[place] === 0 || this.#isClosed[place] === 1) continue;
      const [team, student] = [places.teams[place] as number, places.students[place] as number];
      if (team !== noNode) counts[team]! += 1;
      if (student !== noNode) {
        counts[student] = 1;
        people.add(student);
      } else if (place >= places.ownCount) addedMembers += 1;
    }
    const isLastMember = (node: number): boolean =>
      (places.listedCounts[node] as number) > 0 && counts[node] === 1;
    const hasOneBearer = (set: Uint32Array): boolean =>
      set.filter((node) => node !== noNode && (this.#presentShares[node] as number) > 0).length === 1;
    const links = Array.from(passRates.keys()).filter((link) => (passRates[link] as number) > 0);
    const graph = buildGraph(
      kinds.length,
      links.map((link) => from[link] as number),
      links.map((link) => to[link] as number),
    );
    const singleBearerLinks = links.filter((link) => {
      const set = bearerSet[link] as number;
      return set === noNode
        ? isLastMember(from[link] as number) || isLastMember(to[link] as number)
        : hasOneBearer(bearerSets[set] as Uint32Array);
    });
    const undocumented = links.filter(
      (link) => (this.#documented[link] as number) < minDocumentedShare,
    ).length;
    return {
      reach,
      links: links.length,
      single_bearer: singleBearerLinks.length,
      bridges: findCuts(graph, graph.weights).bridges.length,
      modularity: links.length === 0 ? null : modularity(graph, modules),
      undocumented: links.length === 0 ? null : undocumented / links.length,
      cohort_gaps: this.#countCohortGaps(occupancy),
      people: people.size + addedMembers,
    };
  }

  /** Teams with listed members of whom more leave soon than in an even programme. */
  #countCohortGaps({ isTaken, termsLeft }: Occupancy): number {
    const { places } = this.#constants;
    const termsByTeam = new Map<number, number[]>();
    const allTerms: number[] = [];
    for (let place = 0; place < places.count; place++) {
      if (isTaken[place] === 0 || this.#isClosed[place] === 1) continue;
      const team = places.teams[place] as number;
      const isKnown = place >= places.ownCount || !Number.isNaN(places.terms[place]);
      if (!isKnown || places.occupants[place] === placeOccupants.nobody) continue;
      const remaining = termsLeft[place] as number;
      if (remaining !== Infinity) allTerms.push(remaining);
      if (team === noNode || places.listedCounts[team] === 0) continue;
      appendTo(termsByTeam, team, remaining);
    }
    const stay = estimateStay(allTerms);
    return [...termsByTeam.values()].filter((teamTerms) => findStandout(teamTerms, stay) !== null).length;
  }
}
