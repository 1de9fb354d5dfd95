import { buildKnowledgeGraph, drawLots, drawSources, Reach, within } from '../knowledge.ts';
import type { ExtraLink, KnowledgeGraph } from '../knowledge.ts';
import { kindOf, memberCounts, nobody, transmissions } from '../organisation.ts';
import type { Organisation } from '../organisation.ts';

/**
 * Who may leave: a node (a team, or a person who has links), a member of a team, or both. Members of a team bear its links alike: with one of
 * four gone, three quarters of it are there.
 */
export interface Leaver {
  readonly node: number;
  /** The team that it is a member of; `nobody` for none. */
  readonly team: number;
}

/** In a network of which not everybody is measured, what is lost is measured at so many nodes around who leaves. */
const mostNear = 200;

/** What is lost when a set leaves: the share of the reach of all that is gone with it, 0 to 1. */
export class Damage {
  readonly graph: KnowledgeGraph;
  readonly #reach: Reach;
  /** What reaches others from each node while everybody is there; NaN until it is needed. */
  readonly #before: Float64Array;
  /** What of each node is there, 0 to 1. */
  readonly #present: Float64Array;
  readonly #members: Uint32Array;
  /** What reaches over paths with the node at an end or on the way: its leaving costs no more than that. */
  readonly #through: Float64Array;
  readonly #mostVisits: number | undefined;
  /** Of each node a random number, 0 to 1, by which it is drawn; null where everybody is measured. */
  #lots: Float64Array | null = null;
  #total = 0;

  constructor(
    organisation: Organisation,
    weights = transmissions(organisation),
    { mostVisits, isSampled = false }: { mostVisits?: number; isSampled?: boolean } = {},
  ) {
    const size = organisation.kinds.length;
    this.graph = buildKnowledgeGraph(size, organisation.from, organisation.to, weights);
    this.#reach = new Reach(this.graph);
    this.#before = new Float64Array(size).fill(Number.NaN);
    this.#present = new Float64Array(size).fill(1);
    this.#through = new Float64Array(size);
    this.#members = memberCounts(organisation);
    this.#mostVisits = mostVisits;
    if (isSampled) this.#lots = drawLots(size);
  }

  /** Whether some nodes stand for all: then every value is an estimate. */
  get isSampled(): boolean {
    return this.#lots !== null;
  }

  /**
   * Measures the reach of everybody, before `share`, `total` and `atMost` are asked for. Yields with each node. Of a network in which that would take
   * too long, the reach from some nodes, drawn at random, stands for all: then the total and the most that a leaver may do are estimates.
   */
  *measure(links?: Float64Array): Generator<void, void, void> {
    const remembered = links ? 'links' : 'nodes';
    const { nodes: sources, lots } = drawSources(this.graph, this.#reach, this.#mostVisits);
    this.#lots ??= lots;
    const times = this.graph.size / Math.max(1, sources.length);
    for (const node of sources) {
      const reached = this.#reach.from(node, remembered);
      this.#before[node] = reached;
      this.#total += reached * times;
      this.#reach.addPaths(this.#through, links, times);
      yield;
    }
  }

  /** The nodes at which a loss is measured, and for how many each of those stands that were drawn. The first `certain` are always among them. */
  #drawn(near: readonly number[], certain: number): { nodes: readonly number[]; times: number } {
    const others = near.length - certain;
    const lots = this.#lots;
    if (lots === null || others <= mostNear) return { nodes: near, times: 1 };
    const nodes = near.filter((node, at) => at < certain || (lots[node] as number) < mostNear / others);
    return { nodes, times: others / Math.max(1, nodes.length - certain) };
  }

  /** The reach of all, in units of one node's knowledge reaching one other whole. */
  get total(): number {
    return this.#total;
  }

  /** A part of the reach as a share of it, 0 to 1. */
  share(part: number): number {
    return this.#total > 0 ? part / this.#total : 0;
  }

  membersOf(team: number): number {
    return this.#members[team] as number;
  }

  /** No less than what is lost with one leaver, as a share. */
  atMost({ node, team }: Leaver): number {
    const through = (of: number): number => this.#through[of] as number;
    const asMember = team === nobody ? 0 : through(team) / Math.max(1, this.membersOf(team));
    return Math.min(1, this.share(through(node) + asMember));
  }

  /** The share that is lost with a set, with links besides that are made before it leaves. */
  of(leavers: readonly Leaver[], extra: readonly ExtraLink[] = []): number {
    return this.share(this.lost(leavers, extra));
  }

  /** What is there of each node that is concerned, 0 to 1, once a set has left. */
  presenceWithout(leavers: readonly Leaver[]): Map<number, number> {
    const present = new Map(leavers.map(({ node }) => [node, 0]));
    const gone = new Map<number, number>();
    for (const { team } of leavers) if (team !== nobody) gone.set(team, (gone.get(team) ?? 0) + 1);
    for (const [team, count] of gone) {
      if (!present.has(team)) present.set(team, 1 - count / Math.max(count, this.membersOf(team)));
    }
    return present;
  }

  /** As `of`, in units of the reach: only who is near is measured, and who is at the horizon by what reached the leavers. */
  lost(leavers: readonly Leaver[], extra: readonly ExtraLink[] = []): number {
    const changed = this.presenceWithout(leavers);
    const ends = [...changed.keys(), ...extra.flatMap(({ from, to }) => [from, to])];
    const { inner, ring } = within(this.graph, ends, extra);
    const certain = new Set(ends).size;
    const { nodes, times } = this.#drawn(inner, certain);
    for (const node of nodes)
      if (Number.isNaN(this.#before[node])) this.#before[node] = this.#reach.from(node);
    let lost = 0;
    for (const [node, present] of changed) {
      this.#reach.from(node);
      // What reaches a node from another is what reaches that one from it.
      for (const far of ring) lost += this.#reach.reachedAt(far) * (1 - present);
    }
    for (const [node, present] of changed) this.#present[node] = present;
    this.#reach.suppose(this.#present, extra);
    for (const [at, node] of nodes.entries()) {
      const less = (this.#before[node] as number) - this.#reach.from(node);
      lost += at < certain ? less : less * times;
    }
    this.#reach.suppose(null);
    for (const node of changed.keys()) this.#present[node] = 1;
    return lost;
  }
}

/** Everybody who may leave and every team, in the order of the nodes. Students who share a team and have no link of their own cost the same. */
export function leaversOf(
  { kinds, students, memberOf }: Organisation,
  who: 'all' | 'people' | 'teams',
): Leaver[] {
  const teams = new Map(Array.from(students, (node, at) => [node, memberOf[at] as number]));
  return Array.from(kinds, (kind, node) => ({ kind, node })).flatMap(({ kind, node }) => {
    const isWanted = kind === kindOf.team ? who !== 'people' : kind === kindOf.person && who !== 'teams';
    return isWanted ? [{ node, team: teams.get(node) ?? nobody }] : [];
  });
}

export interface Ranked {
  leaver: Leaver;
  damage: number;
}

/**
 * The `count` leavers whose leaving does the greatest damage, exactly: candidates are tried in the order of what they can do at most, until the
 * next can do no more than the last that is kept. The damage is exact of each; those of no damage are left out.
 */
export function* rankLeavers(
  damage: Damage,
  leavers: readonly Leaver[],
  count: number,
): Generator<void, Ranked[], void> {
  const bounds = leavers
    .map((leaver) => ({ leaver, most: damage.atMost(leaver) }))
    .filter(({ most }) => most > 0)
    .sort((a, b) => b.most - a.most || a.leaver.node - b.leaver.node);
  const found: Ranked[] = [];
  // What is only estimated is no bound: of such a network a few more than are wanted are tried.
  const tried = damage.isSampled ? bounds.slice(0, 3 * count) : bounds;
  for (const { leaver, most } of tried) {
    const last = found[count - 1];
    if (last && !damage.isSampled && most < last.damage) break;
    found.push({ leaver, damage: damage.of([leaver]) });
    found.sort((a, b) => b.damage - a.damage || a.leaver.node - b.leaver.node);
    yield;
  }
  return found.slice(0, count);
}
