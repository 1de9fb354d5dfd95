import { usualLoss } from '#shared/domain/interfaces.ts';
import { studentStatus } from '#shared/domain/students.ts';
import type { ScenarioMeasures } from '#shared/contract/analysis.ts';
import { cohortRisk } from '../questions/cohorts.ts';
import { findCuts } from '../graph/connectivity.ts';
import { buildGraph } from '../graph/graph.ts';
import { modularity } from '../graph/modularity.ts';
import { buildKnowledgeGraph, drawSources, Reach } from '../knowledge.ts';
import type { KnowledgeGraph } from '../knowledge.ts';
import { kindOf, memberCounts, nobody, transmissions } from '../organisation.ts';
import type { Organisation } from '../organisation.ts';

/** A step of a scenario, with nodes and links named by their places. */
export type Step =
  | { do: 'remove'; nodes: readonly number[] }
  | { do: 'cut'; link: number }
  | { do: 'strengthen'; link: number; loss: number; codified: boolean }
  | { do: 'link'; from: number; to: number; loss: number; codified: boolean }
  /** `terms` is NaN for somebody who stays longer than any scenario. */
  | { do: 'mentor'; team: number; terms: number };

/** What one term does by chance; all 0 where only what is known happens. */
export interface Chances {
  /** That a student leaves a term early, 0 to 1. */
  early: number;
  /** At most so much of what passes a link is lost in a term, by its bond being institutional (35 % and more) or fragile (60 % and more). */
  weak: number;
  fragile: number;
  /** That somebody new takes the place of a member who left, 0 to 1; only where another member is there to learn from. */
  joins: number;
}

/** Terms that somebody new has before them. */
const newcomerTerms = 4;

/** What stays the same in every run: the reach at best, and the members that teams began with. */
export interface Beginning {
  organisation: Organisation;
  /** The module that each node is declared to be in. */
  modules: Uint32Array;
  members: Uint32Array;
  /** The reach if nothing were lost on any link, in units of one node's knowledge. */
  best: number;
  /** From which nodes the reach is measured; where not from all, they stand for all and the reach is an estimate. */
  sources: readonly number[];
  isEstimate: boolean;
}

/** What a scenario is measured against, where that is another organisation than the one it begins with. */
export interface ReferenceOrganisation {
  organisation: Organisation;
  /** Of each node of the one that begins: the members that it has in the other; 0 where that has none. */
  members: Uint32Array;
}

export function beginningOf(
  organisation: Organisation,
  modules: Uint32Array,
  {
    against = null,
    mostVisits,
  }: { against?: ReferenceOrganisation | null; mostVisits?: number | undefined } = {},
): Beginning {
  const own = memberCounts(organisation);
  const graph = losslessGraph(organisation);
  const { nodes: sources, lots } = drawSources(graph, new Reach(graph), mostVisits);
  const whole = against ? losslessGraph(against.organisation) : graph;
  const base = against ? drawSources(whole, new Reach(whole), mostVisits) : { nodes: sources, lots };
  return {
    organisation,
    modules,
    members: against ? own.map((count, node) => against.members[node] || count) : own,
    best: reachOf(whole, base.nodes, null),
    sources,
    isEstimate: lots !== null || base.lots !== null,
  };
}

function losslessGraph(organisation: Organisation): KnowledgeGraph {
  const { kinds, from, to } = organisation;
  const lossless = transmissions(organisation).map((weight) => (weight > 0 ? 1 : 0));
  return buildKnowledgeGraph(kinds.length, from, to, lossless);
}

/** The reach of all, in units of one node's knowledge; `sources` stand for all nodes. */
function reachOf(graph: KnowledgeGraph, sources: readonly number[], present: Float64Array | null): number {
  const reach = new Reach(graph);
  reach.suppose(present);
  let total = 0;
  for (const node of sources) if (graph.offsets[node] !== graph.offsets[node + 1]) total += reach.from(node);
  return (total * graph.size) / Math.max(1, sources.length);
}

/** An organisation on its way through a scenario. Nothing outside of it changes. */
export class Scenario {
  readonly #beginning: Beginning;
  // Of each link.
  readonly #from: number[];
  readonly #to: number[];
  readonly #weights: number[];
  readonly #codified: boolean[];
  // Of each member; `nobody` where they have no node of their own.
  readonly #nodes: number[];
  readonly #teams: number[];
  readonly #terms: number[];
  readonly #hasLeft: boolean[];
  readonly #gone: Uint8Array;

  constructor(beginning: Beginning) {
    this.#beginning = beginning;
    const { organisation } = beginning;
    [this.#from, this.#to] = [Array.from(organisation.from), Array.from(organisation.to)];
    this.#weights = Array.from(transmissions(organisation));
    this.#codified = Array.from(organisation.codified, (codified) => codified === 1);
    this.#nodes = Array.from(organisation.students);
    this.#teams = Array.from(organisation.memberOf);
    this.#terms = Array.from(organisation.terms);
    this.#hasLeft = this.#nodes.map(() => false);
    this.#gone = new Uint8Array(organisation.kinds.length);
  }

  apply(step: Step): void {
    if (step.do === 'remove') {
      for (const node of step.nodes) this.#gone[node] = 1;
      for (const [at, node] of this.#nodes.entries())
        if (node !== nobody && this.#gone[node] === 1) this.#hasLeft[at] = true;
    } else if (step.do === 'link') {
      this.#from.push(step.from);
      this.#to.push(step.to);
      this.#weights.push(1 - step.loss / 100);
      this.#codified.push(step.codified);
    } else if (step.do === 'mentor') {
      this.#join(step.team, step.terms);
    } else if (step.do === 'cut') {
      this.#weights[step.link] = 0;
    } else {
      this.#weights[step.link] = Math.max(this.#weights[step.link] as number, 1 - step.loss / 100);
      this.#codified[step.link] = step.codified;
    }
  }

  /** A member without a node of their own, who bears the team's links like the others. */
  #join(team: number, terms: number): void {
    this.#nodes.push(nobody);
    this.#teams.push(team);
    this.#terms.push(terms);
    this.#hasLeft.push(false);
  }

  /** One term passes: everybody has one less, and those with none left leave. `random` is asked where chances are above 0. */
  advance({ early, weak, fragile, joins }: Chances, random: () => number): void {
    const places: number[] = [];
    for (let at = 0; at < this.#terms.length; at++) {
      if (this.#hasLeft[at]) continue;
      let left = (this.#terms[at] as number) - 1;
      if (early > 0 && left > 0 && random() < early) left = 0;
      this.#terms[at] = left;
      if (left > 0 || Number.isNaN(left)) continue;
      this.#hasLeft[at] = true;
      const node = this.#nodes[at] as number;
      if (node !== nobody) this.#gone[node] = 1;
      places.push(this.#teams[at] as number);
    }
    if (joins > 0) {
      const left = this.#count();
      for (const team of places)
        if (team !== nobody && !this.#gone[team] && left[team] !== 0 && random() < joins)
          this.#join(team, newcomerTerms);
    }
    for (let at = 0; at < this.#weights.length; at++) {
      const loss = 100 * (1 - (this.#weights[at] as number));
      const most =
        this.#codified[at] || loss < usualLoss('institutional-weak')
          ? 0
          : loss < usualLoss('fragile-temporary')
            ? weak
            : fragile;
      if (most > 0) this.#weights[at]! *= 1 - most * random();
    }
  }

  #count(): Uint32Array {
    const counts = new Uint32Array(this.#gone.length);
    for (const [at, team] of this.#teams.entries())
      if (!this.#hasLeft[at] && team !== nobody) counts[team]! += 1;
    return counts;
  }

  /** What of each node is there: of a team the share of the members that it began with. */
  #present(counts: Uint32Array): Float64Array {
    return Float64Array.from(this.#gone, (gone, node) => {
      const began = this.#beginning.members[node] as number;
      if (gone === 1) return 0;
      return began === 0 ? 1 : Math.min(1, (counts[node] as number) / began);
    });
  }

  /** What reaches others, as a share of what would if nothing were lost on any link at the beginning; 0 where there is none. */
  reach(): number {
    const { best, sources } = this.#beginning;
    if (best === 0) return 0;
    const [from, to] = [Uint32Array.from(this.#from), Uint32Array.from(this.#to)];
    const graph = buildKnowledgeGraph(this.#gone.length, from, to, Float64Array.from(this.#weights));
    return reachOf(graph, sources, this.#present(this.#count())) / best;
  }

  measure(): ScenarioMeasures {
    const counts = this.#count();
    const { members, modules, organisation } = this.#beginning;
    const isThere = (node: number): boolean =>
      !this.#gone[node] && (members[node] === 0 || counts[node] !== 0);
    const hasOneBearer = (node: number): boolean => members[node] !== 0 && counts[node] === 1;
    const links = this.#weights.flatMap((weight, at) => {
      const ends = [this.#from[at] as number, this.#to[at] as number] as const;
      return weight > 0 && ends.every(isThere) ? [{ at, ends }] : [];
    });
    const graph = buildGraph(
      this.#gone.length,
      links.map(({ ends }) => ends[0]),
      links.map(({ ends }) => ends[1]),
    );
    const codified = links.filter(({ at }) => this.#codified[at]).length;
    return {
      reach: this.reach(),
      links: links.length,
      single_bearer: links.filter(({ ends }) => ends.some(hasOneBearer)).length,
      bridges: findCuts(graph, graph.weights).bridges.length,
      modularity: modularity(graph, modules),
      undocumented: links.length === 0 ? 0 : 1 - codified / links.length,
      cohort_gaps: this.#cohortGaps(organisation.kinds),
      people: this.#nodes.filter((node, at) => !this.#hasLeft[at] && node !== nobody).length,
    };
  }

  #cohortGaps(kinds: Uint8Array): number {
    const cohorts = new Map<number, { incoming: number; established: number; outgoing: number }>();
    for (const [at, team] of this.#teams.entries()) {
      if (this.#hasLeft[at]) continue;
      const terms = this.#terms[at] as number;
      const status = Number.isNaN(terms) ? null : studentStatus(terms);
      if (status === null || team === nobody || this.#gone[team] || kinds[team] !== kindOf.team) continue;
      const cohort = cohorts.get(team) ?? { incoming: 0, established: 0, outgoing: 0 };
      cohort[status] += 1;
      cohorts.set(team, cohort);
    }
    return [...cohorts.values()].filter((cohort) => cohortRisk(cohort).value > 0).length;
  }
}
