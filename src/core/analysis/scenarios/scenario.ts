import type { ScenarioMeasures } from '#shared/contract/simulation.ts';
import { usualLoss } from '#shared/domain/interfaces.ts';
import { Bearing, documentedShare, passesOf, unknownLoss } from '../bearing.ts';
import { findCuts } from '../graph/connectivity.ts';
import { buildGraph } from '../graph/graph.ts';
import { modularity } from '../graph/modularity.ts';
import { buildKnowledgeGraph, Reach } from '../knowledge.ts';
import type { KnowledgeGraph } from '../knowledge.ts';
import { kindOf, noNode } from '../organisation.ts';
import type { Organisation } from '../organisation.ts';
import { standsOut, stayOf } from '../questions/cohorts.ts';
import { uniformDraw, drawsFor, joinKeys, drawPurposes } from './draws.ts';
import type { Occupancy, RunRates } from './occupancy.ts';
import { createPlaces, placeOccupants } from './places.ts';
import type { Keys, Places, ReferenceOrganisation } from './places.ts';
import type { Step } from './steps.ts';

/** Links visited for the reach of all nodes: a second or so. */
const usualVisits = 40_000_000;
const probes = 64;
const fewest = 64;

/**
 * The nodes from which reach is measured: all that pass something on, or in a large network those with the lowest `lots`, so that one
 * measurement visits about `mostVisits` links; each counts `times`. All runs use the same nodes, so that differences between runs come from
 * the runs.
 */
function drawSources(
  graph: KnowledgeGraph,
  reach: Reach,
  lots: Uint32Array,
  mostVisits = usualVisits,
): { nodes: readonly number[]; times: number } {
  const { size, offsets } = graph;
  const holding: number[] = [];
  for (let node = 0; node < size; node++) if (offsets[node] !== offsets[node + 1]) holding.push(node);
  if (holding.length <= fewest) return { nodes: holding, times: 1 };
  const drawn = holding.toSorted((a, b) => (lots[a] as number) - (lots[b] as number));
  const before = reach.visited;
  for (const node of drawn.slice(0, probes)) reach.from(node);
  const each = (reach.visited - before) / probes;
  const count = Math.max(fewest, Math.floor(mostVisits / Math.max(1, each)));
  if (count >= holding.length) return { nodes: holding, times: 1 };
  return { nodes: drawn.slice(0, count), times: holding.length / count };
}

/** A newcomer's knowledge in the first term, with and without others in the team. */
const learning = { withOthers: 0.5, onOwn: 0.25 } as const;

export interface GroundInput {
  organisation: Organisation;
  keys: Keys;
  against: ReferenceOrganisation | null;
  modules: Uint32Array;
  steps: readonly Step[];
  /** Links visited to measure a reach; if that is too few for all nodes, a sample stands for all. */
  mostVisits?: number;
}

/** The constants of all runs: the organisation with all links and places that steps add. */
export class Ground {
  readonly organisation: Organisation;
  readonly places: Places;
  readonly modules: Uint32Array;
  readonly steps: readonly Step[];
  /** The graph of all links; links over which nothing passes have weight 0. */
  readonly graph: KnowledgeGraph;
  readonly linkKeys: Uint32Array;
  readonly ownLinks: number;
  /** A sample stands for all nodes: the reach is an estimate. */
  readonly isEstimate: boolean;
  readonly best: number;
  readonly #reach: Reach;
  readonly #sources: readonly number[];
  readonly #times: number;

  constructor({ organisation, keys, against, modules, steps, mostVisits }: GroundInput) {
    const added = steps.flatMap((step) => (step.do === 'link' ? [step] : []));
    this.organisation = withLinks(organisation, added);
    this.modules = modules;
    this.steps = steps;
    this.ownLinks = organisation.from.length;
    this.places = createPlaces(organisation, keys, { steps, against });
    this.linkKeys = Uint32Array.from([
      ...keys.links,
      ...added.map(({ from, to }, at) =>
        joinKeys(joinKeys(keys.nodes[from] as number, keys.nodes[to] as number), at),
      ),
    ]);
    const count = this.organisation.from.length;
    this.graph = buildKnowledgeGraph(this.organisation, new Float64Array(count).fill(1));
    this.#reach = new Reach(this.graph);
    const { nodes, times } = drawSources(this.graph, this.#reach, keys.nodes, mostVisits);
    this.#sources = nodes;
    this.#times = times;
    const lossless = new Bearing(organisation).passes.map((passes) => Number(passes > 0));
    const whole = this.reachOf(Float64Array.from({ length: count }, (_, at) => lossless[at] ?? 0));
    this.isEstimate = this.#times > 1;
    this.best = against ? bestOf(against, mostVisits) : whole;
  }

  /** The reach for given values of what passes over each link, in units of one node's knowledge. */
  reachOf(passes: Float64Array): number {
    const { links, weights } = this.graph;
    for (let entry = 0; entry < links.length; entry++)
      weights[entry] = passes[links[entry] as number] as number;
    let total = 0;
    for (const node of this.#sources) total += this.#reach.from(node);
    return total * this.#times;
  }
}

/** The reach of an organisation without any loss. */
function bestOf(
  { organisation, keys }: Pick<ReferenceOrganisation, 'organisation' | 'keys'>,
  mostVisits: number | undefined,
): number {
  const lossless = new Bearing(organisation).passes.map((passes) => Number(passes > 0));
  const graph = buildKnowledgeGraph(organisation, lossless);
  const reach = new Reach(graph);
  const { nodes, times } = drawSources(graph, reach, keys.nodes, mostVisits);
  let total = 0;
  for (const node of nodes) total += reach.from(node);
  return total * times;
}

function withLinks(
  organisation: Organisation,
  added: readonly { from: number; to: number; loss: number; documented: number }[],
): Organisation {
  if (added.length === 0) return organisation;
  const { from, to, losses, documented, linkImportance, bearerSet } = organisation;
  return {
    ...organisation,
    from: Uint32Array.from([...from, ...added.map((link) => link.from)]),
    to: Uint32Array.from([...to, ...added.map((link) => link.to)]),
    losses: Float64Array.from([...losses, ...added.map(({ loss }) => loss)]),
    documented: Float64Array.from([...documented, ...added.map((link) => link.documented)]),
    linkImportance: Float64Array.from([...linkImportance, ...added.map(() => 1)]),
    bearerSet: Uint32Array.from([...bearerSet, ...added.map(() => noNode)]),
  };
}

/** An organisation after some steps, or without any, during a run. */
export class Scenario {
  readonly #ground: Ground;
  /** By link: its strength, NaN if it is drawn for each run, its minimum then, and the documented share. */
  readonly #strength: Float64Array;
  readonly #least: Float64Array;
  readonly #written: Float64Array;
  readonly #isCut: Uint8Array;
  /** 1 for each place that was removed or does not exist yet. */
  readonly #isClosed: Uint8Array;
  readonly #known: Float64Array;
  readonly #staying: Uint32Array;
  readonly #shares: Float64Array;
  readonly #constant: Float64Array;
  readonly #passes: Float64Array;
  /** The strength of each link in this run, which may decline from term to term. */
  readonly #now: Float64Array;
  readonly #rows: Uint32Array;

  constructor(ground: Ground, isPlayed: boolean) {
    this.#ground = ground;
    const { organisation, places, ownLinks } = ground;
    const { kinds, losses, documented } = organisation;
    this.#strength = losses.map((loss) =>
      Number.isNaN(loss) ? loss : 1 - Math.min(100, Math.max(0, loss)) / 100,
    );
    this.#least = new Float64Array(losses.length);
    this.#written = documented.slice();
    this.#isCut = Uint8Array.from(losses, (_, link) => Number(link >= ownLinks && !isPlayed));
    this.#isClosed = Uint8Array.from(places.teams, (_, place) => Number(place >= places.own && !isPlayed));
    this.#constant = Float64Array.from(kinds, (kind) => (kind === kindOf.left ? 0 : 1));
    this.#known = new Float64Array(kinds.length);
    this.#shares = new Float64Array(kinds.length);
    this.#staying = new Uint32Array(kinds.length);
    this.#passes = new Float64Array(losses.length);
    this.#now = new Float64Array(losses.length);
    this.#rows = new Uint32Array(kinds.length);
    for (const student of places.students) if (student !== noNode) this.#rows[student]! += 1;
    if (isPlayed) for (const step of ground.steps) this.#apply(step);
  }

  #apply(step: Step): void {
    if (step.do === 'remove') for (const node of step.nodes) this.#remove(node);
    if (step.do === 'cut') this.#isCut[step.link] = 1;
    if (step.do === 'strengthen')
      this.#least[step.link] = Math.max(this.#least[step.link] as number, 1 - step.loss / 100);
    if (step.do === 'strengthen' || step.do === 'document')
      this.#written[step.link] = Math.max(this.#written[step.link] as number, step.documented);
  }

  #remove(node: number): void {
    const { organisation, places } = this.#ground;
    const kind = organisation.kinds[node];
    this.#constant[node] = 0;
    if (kind === kindOf.other) {
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
  begin(seed: number, run: number): void {
    const from = drawsFor(seed, run, 0, drawPurposes.loss);
    const { low, high } = unknownLoss;
    for (let link = 0; link < this.#now.length; link++) {
      const strength = this.#strength[link] as number;
      const drawn = Number.isNaN(strength)
        ? 1 - (low + (high - low) * uniformDraw(from, this.#ground.linkKeys[link] as number)) / 100
        : strength;
      this.#now[link] = Math.max(drawn, this.#least[link] as number);
    }
  }

  /** Begins with the mean of unknown losses. */
  beginCertain(): void {
    for (let link = 0; link < this.#now.length; link++) {
      const strength = this.#strength[link] as number;
      const usual = Number.isNaN(strength) ? 1 - unknownLoss.middle / 100 : strength;
      this.#now[link] = Math.max(usual, this.#least[link] as number);
    }
  }

  /** Weakens links documented by less than half. Only called with a rate above 0. */
  weaken(
    seed: number,
    run: number,
    term: number,
    { weak, fragile }: Pick<RunRates, 'weak' | 'fragile'>,
  ): void {
    const from = drawsFor(seed, run, term, drawPurposes.decay);
    const { linkKeys } = this.#ground;
    for (let link = 0; link < this.#now.length; link++) {
      const loss = 100 * (1 - (this.#now[link] as number));
      if ((this.#written[link] as number) >= documentedShare || loss < usualLoss('institutional-weak'))
        continue;
      const most = loss < usualLoss('fragile-temporary') ? weak : fragile;
      this.#now[link]! *= 1 - most * uniformDraw(from, linkKeys[link] as number);
    }
  }

  /** The present share of each node: for a team the knowledge of its places relative to the start, for a student the mean of theirs. */
  #count({ isTaken, isNew }: Occupancy): void {
    const { places, organisation } = this.#ground;
    const { count, teams, students, weights, begun } = places;
    const [known, staying, isClosed, shares] = [this.#known, this.#staying, this.#isClosed, this.#shares];
    known.fill(0);
    staying.fill(0);
    for (let place = 0; place < count; place++)
      if (isTaken[place] === 1 && isNew[place] === 0 && isClosed[place] === 0 && teams[place] !== noNode)
        staying[teams[place] as number]! += 1;
    for (let place = 0; place < count; place++) {
      if (isTaken[place] === 0 || isClosed[place] === 1) continue;
      const team = teams[place] as number;
      const knows =
        isNew[place] === 0
          ? 1
          : team !== noNode && staying[team] !== 0
            ? learning.withOthers
            : learning.onOwn;
      if (team !== noNode) known[team]! += knows * (weights[place] as number);
      const student = students[place] as number;
      if (student !== noNode) known[student]! += knows;
    }
    const { kinds } = organisation;
    for (let node = 0; node < kinds.length; node++) {
      const whole = (this.#rows[node] as number) || (begun[node] as number);
      const there = kinds[node] === kindOf.left && whole > 0 ? 1 : (this.#constant[node] as number);
      shares[node] = whole > 0 ? there * Math.min(1, (known[node] as number) / whole) : there;
    }
  }

  /** What passes over each link: strength × (documented + (1 − documented) × present). */
  passes(occupancy: Occupancy): Float64Array {
    this.#count(occupancy);
    const { from, to, bearerSet, bearerSets } = this.#ground.organisation;
    const [passes, shares, written] = [this.#passes, this.#shares, this.#written];
    for (let link = 0; link < passes.length; link++) {
      if (this.#isCut[link] === 1) {
        passes[link] = 0;
        continue;
      }
      const set = bearerSet[link] as number;
      const present =
        set === noNode
          ? (shares[from[link] as number] as number) * (shares[to[link] as number] as number)
          : meanShare(bearerSets[set] as Uint32Array, shares);
      const share = written[link] as number;
      passes[link] = passesOf(this.#now[link] as number, share, present);
    }
    return passes;
  }

  /** The reach as a share of the initial reach without loss; 0 if there is none. */
  reach(occupancy: Occupancy): number {
    const { best } = this.#ground;
    return best === 0 ? 0 : this.#ground.reachOf(this.passes(occupancy)) / best;
  }

  measure(occupancy: Occupancy): ScenarioMeasures {
    const { organisation, places, modules, best } = this.#ground;
    const passes = this.passes(occupancy);
    const reach = best === 0 ? null : this.#ground.reachOf(passes) / best;
    const { from, to, bearerSet, bearerSets, kinds } = organisation;
    const counts = new Uint32Array(kinds.length);
    const people = new Set<number>();
    let others = 0;
    for (let place = 0; place < places.count; place++) {
      if (occupancy.isTaken[place] === 0 || this.#isClosed[place] === 1) continue;
      const [team, student] = [places.teams[place] as number, places.students[place] as number];
      if (team !== noNode) counts[team]! += 1;
      if (student !== noNode) {
        counts[student] = 1;
        people.add(student);
      } else if (place >= places.own) others += 1;
    }
    const isLastMember = (node: number): boolean => (places.listed[node] as number) > 0 && counts[node] === 1;
    const hasOneBearer = (set: Uint32Array): boolean =>
      set.filter((node) => node !== noNode && (this.#shares[node] as number) > 0).length === 1;
    const links = Array.from(passes.keys()).filter((link) => (passes[link] as number) > 0);
    const graph = buildGraph(
      kinds.length,
      links.map((link) => from[link] as number),
      links.map((link) => to[link] as number),
    );
    const single = links.filter((link) => {
      const set = bearerSet[link] as number;
      return set === noNode
        ? isLastMember(from[link] as number) || isLastMember(to[link] as number)
        : hasOneBearer(bearerSets[set] as Uint32Array);
    });
    const undocumented = links.filter((link) => (this.#written[link] as number) < documentedShare).length;
    return {
      reach,
      links: links.length,
      single_bearer: single.length,
      bridges: findCuts(graph, graph.weights).bridges.length,
      modularity: links.length === 0 ? null : modularity(graph, modules),
      undocumented: links.length === 0 ? null : undocumented / links.length,
      cohort_gaps: this.#cohortGaps(occupancy),
      people: people.size + others,
    };
  }

  /** Teams with listed members of whom more leave soon than in an even programme. */
  #cohortGaps({ isTaken, left }: Occupancy): number {
    const { places } = this.#ground;
    const terms = new Map<number, number[]>();
    const all: number[] = [];
    for (let place = 0; place < places.count; place++) {
      if (isTaken[place] === 0 || this.#isClosed[place] === 1) continue;
      const team = places.teams[place] as number;
      const isKnown = place >= places.own || !Number.isNaN(places.terms[place]);
      if (!isKnown || places.occupants[place] === placeOccupants.nobody) continue;
      const rest = left[place] as number;
      if (rest !== Infinity) all.push(rest);
      if (team === noNode || places.listed[team] === 0) continue;
      const known = terms.get(team);
      if (known) known.push(rest);
      else terms.set(team, [rest]);
    }
    const stay = stayOf(all);
    return [...terms.values()].filter((of) => standsOut(of, stay) !== null).length;
  }
}

function meanShare(nodes: Uint32Array, shares: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < nodes.length; at++)
    if (nodes[at] !== noNode) sum += shares[nodes[at] as number] as number;
  return sum / nodes.length;
}
