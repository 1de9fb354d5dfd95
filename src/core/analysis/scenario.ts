import { defaultEnergyLoss } from '#shared/domain/interfaces.ts';
import { studentStatus } from '#shared/domain/students.ts';
import type { ScenarioMeasures } from '#shared/contract/analysis.ts';
import { cohortRisk } from './findings.ts';
import { findCuts } from './graph/connectivity.ts';
import { buildGraph } from './graph/graph.ts';
import { modularity } from './graph/modularity.ts';
import { buildKnowledgeGraph, Reach } from './knowledge.ts';
import { kindOf, nobody, transmissions } from './organisation.ts';
import type { Organisation } from './organisation.ts';

/** A step of a scenario, with nodes and links named by their places. */
export type Step =
  | { do: 'remove'; nodes: readonly number[] }
  | { do: 'cut'; link: number }
  | { do: 'strengthen'; link: number; loss: number; codified: boolean }
  | { do: 'link'; from: number; to: number; loss: number; codified: boolean }
  | { do: 'mentor'; team: number };

/** What one term does by chance; all 0 where only what is known happens. */
export interface Chances {
  /** That a student leaves a term early, 0 to 1. */
  early: number;
  /** At most so much of what passes a link is lost in a term, by its bond being institutional (35 % and more) or fragile (60 % and more). */
  weak: number;
  fragile: number;
}

interface Link {
  from: number;
  to: number;
  weight: number;
  codified: boolean;
}

interface Member {
  node: number;
  team: number;
  terms: number;
}

/** What stays the same in every run: the reach at best, and the members that teams began with. */
export interface Beginning {
  organisation: Organisation;
  /** The module that each node is declared to be in. */
  modules: Uint32Array;
  members: Uint32Array;
  /** The reach if nothing were lost on any link, in units of one node's knowledge. */
  best: number;
}

export function beginningOf(organisation: Organisation, modules: Uint32Array): Beginning {
  const members = new Uint32Array(organisation.kinds.length);
  for (const team of organisation.memberOf) if (team !== nobody) members[team]! += 1;
  const weights = transmissions(organisation);
  const whole = weights.map((weight) => (weight > 0 ? 1 : 0));
  return {
    organisation,
    modules,
    members,
    best: reachOf(organisation.kinds.length, linksOf(organisation, whole), null),
  };
}

const linksOf = ({ from, to, codified }: Organisation, weights: Float64Array): Link[] =>
  Array.from(weights, (weight, at) => ({
    from: from[at] as number,
    to: to[at] as number,
    weight,
    codified: codified[at] === 1,
  }));

function reachOf(size: number, links: readonly Link[], present: Float64Array | null): number {
  const graph = buildKnowledgeGraph(
    size,
    Uint32Array.from(links, ({ from }) => from),
    Uint32Array.from(links, ({ to }) => to),
    Float64Array.from(links, ({ weight }) => weight),
  );
  const reach = new Reach(graph);
  reach.suppose(present);
  let total = 0;
  for (let node = 0; node < size; node++)
    if (graph.offsets[node] !== graph.offsets[node + 1]) total += reach.from(node);
  return total;
}

/** An organisation on its way through a scenario. Nothing outside of it changes. */
export class Scenario {
  readonly #beginning: Beginning;
  #links: Link[];
  #members: Member[];
  readonly #gone: Uint8Array;

  constructor(beginning: Beginning) {
    this.#beginning = beginning;
    const { organisation } = beginning;
    this.#links = linksOf(organisation, transmissions(organisation));
    this.#members = Array.from(organisation.students, (node, at) => ({
      node,
      team: organisation.memberOf[at] as number,
      terms: organisation.terms[at] as number,
    }));
    this.#gone = new Uint8Array(organisation.kinds.length);
  }

  apply(step: Step): void {
    if (step.do === 'remove') {
      for (const node of step.nodes) this.#remove(node);
    } else if (step.do === 'link') {
      const { from, to, loss, codified } = step;
      this.#links.push({ from, to, weight: 1 - loss / 100, codified });
    } else if (step.do === 'mentor') {
      // Somebody who stays longer than any scenario: no node of their own, but a bearer of the team's links.
      this.#members.push({ node: nobody, team: step.team, terms: Number.NaN });
    } else {
      const link = this.#links[step.link];
      if (link && step.do === 'cut') link.weight = 0;
      else if (link && step.do === 'strengthen')
        this.#links[step.link] = {
          ...link,
          weight: Math.max(link.weight, 1 - step.loss / 100),
          codified: step.codified,
        };
    }
  }

  #remove(node: number): void {
    this.#gone[node] = 1;
    this.#members = this.#members.filter((member) => member.node !== node);
  }

  /** One term passes: everybody has one less, and those with none left leave. `random` is asked where chances are above 0. */
  advance({ early, weak, fragile }: Chances, random: () => number): void {
    for (const member of this.#members) {
      member.terms -= 1;
      const leavesEarly = early > 0 && member.terms > 0 && random() < early;
      if (leavesEarly) member.terms = 0;
    }
    for (const { node, terms } of this.#members.filter((member) => member.terms <= 0))
      if (!Number.isNaN(terms)) this.#remove(node);
    for (const link of this.#links) {
      const loss = 100 * (1 - link.weight);
      const most =
        link.codified || loss < usualLoss('institutional-weak')
          ? 0
          : loss < usualLoss('fragile-temporary')
            ? weak
            : fragile;
      if (most > 0) link.weight *= 1 - most * random();
    }
  }

  /** The links that are left: of nodes that are there, over which something passes. */
  #left(): Link[] {
    return this.#links.filter(({ from, to, weight }) => weight > 0 && !this.#gone[from] && !this.#gone[to]);
  }

  #count(): Uint32Array {
    const counts = new Uint32Array(this.#gone.length);
    for (const { team } of this.#members) if (team !== nobody) counts[team]! += 1;
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
    const { best } = this.#beginning;
    return best === 0 ? 0 : reachOf(this.#gone.length, this.#left(), this.#present(this.#count())) / best;
  }

  measure(): ScenarioMeasures {
    const counts = this.#count();
    const { members, modules, organisation } = this.#beginning;
    const links = this.#left().filter(({ from, to }) =>
      [from, to].every((end) => members[end] === 0 || counts[end] !== 0),
    );
    const graph = buildGraph(
      this.#gone.length,
      links.map(({ from }) => from),
      links.map(({ to }) => to),
      undefined,
      (a) => a,
    );
    const hasOneBearer = (node: number): boolean => members[node] !== 0 && counts[node] === 1;
    const codified = links.filter((link) => link.codified).length;
    return {
      reach: this.reach(),
      links: links.length,
      single_bearer: links.filter(({ from, to }) => hasOneBearer(from) || hasOneBearer(to)).length,
      bridges: findCuts(graph).bridges.length,
      modularity: modularity(graph, modules),
      undocumented: links.length === 0 ? 0 : 1 - codified / links.length,
      cohort_gaps: this.#cohortGaps(organisation.kinds),
      people: this.#members.filter(({ node }) => node !== nobody).length,
    };
  }

  #cohortGaps(kinds: Uint8Array): number {
    const cohorts = new Map<number, { incoming: number; established: number; outgoing: number }>();
    for (const { team, terms } of this.#members) {
      const status = Number.isNaN(terms) ? null : studentStatus(terms);
      if (status === null || team === nobody || kinds[team] !== kindOf.team) continue;
      const cohort = cohorts.get(team) ?? { incoming: 0, established: 0, outgoing: 0 };
      cohort[status] += 1;
      cohorts.set(team, cohort);
    }
    return [...cohorts.values()].filter((cohort) => cohortRisk(cohort).value > 0).length;
  }
}

const usualLoss = (bond: string): number => defaultEnergyLoss[bond] ?? 100;
