import type { KnowledgeGraph } from '../knowledge.ts';

/** So many ways are known of each pair; where none of them is left the graph has to be asked. */
const mostWays = 12;
/** Beyond so many ways of at most three links in all, they are not listed. */
const mostListed = 40_000_000;
const none = 0xffff_ffff;

/**
 * Every pair of nodes with its best ways over at most three links, the best first, so that what a removal costs is read from the pairs that it
 * touches. For some hundred nodes: memory grows with their square.
 */
export class Pairs {
  readonly nodes: readonly number[];
  readonly #place: ReadonlyMap<number, number>;
  /** Of each pair: the count of its ways, and of each way what passes and the nodes on it (`none` for less). */
  readonly #counts: Uint8Array;
  readonly #cut: Uint8Array;
  readonly #values: Float64Array;
  readonly #first: Uint32Array;
  readonly #second: Uint32Array;
  /** The pairs whose best way passes a node. */
  readonly #passing: readonly number[][];
  /** What passes on the best way of each pair. */
  readonly #best: Float64Array;

  /** How many pairs have been looked at. */
  looked = 0;

  private constructor(graph: KnowledgeGraph, nodes: readonly number[]) {
    this.nodes = nodes;
    this.#place = new Map(nodes.map((node, at) => [node, at]));
    const count = (nodes.length * (nodes.length - 1)) / 2;
    this.#counts = new Uint8Array(count);
    this.#cut = new Uint8Array(count);
    this.#values = new Float64Array(count * mostWays);
    this.#first = new Uint32Array(count * mostWays);
    this.#second = new Uint32Array(count * mostWays);
    this.#best = new Float64Array(count);
    this.#list(graph);
    const passing: number[][] = nodes.map(() => []);
    for (let pair = 0; pair < count; pair++) {
      const way = pair * mostWays;
      if (this.#counts[pair] === 0) continue;
      this.#best[pair] = this.#values[way] as number;
      for (const on of [this.#first[way] as number, this.#second[way] as number])
        if (on !== none) passing[on]?.push(pair);
    }
    this.#passing = passing;
  }

  /** Null where there are too many nodes or ways. */
  static of(graph: KnowledgeGraph, mostNodes: number): Pairs | null {
    const degree = (node: number): number =>
      (graph.offsets[node + 1] as number) - (graph.offsets[node] as number);
    const nodes = Array.from({ length: graph.size }, (_, node) => node).filter((node) => degree(node) > 0);
    if (nodes.length > mostNodes) return null;
    let ways = 0;
    for (const node of nodes) {
      for (let at = graph.offsets[node] as number; at < (graph.offsets[node + 1] as number); at++)
        ways += degree(node) * degree(graph.targets[at] as number);
    }
    return ways > mostListed ? null : new Pairs(graph, nodes);
  }

  has(node: number): boolean {
    return this.#place.has(node);
  }

  #pair(one: number, other: number): number {
    const [low, high] = one < other ? [one, other] : [other, one];
    return low * this.nodes.length - (low * (low + 1)) / 2 + (high - low - 1);
  }

  #list({ offsets, targets, weights }: KnowledgeGraph): void {
    const neighbours = this.nodes.map((node) => {
      const best = new Map<number, number>();
      for (let at = offsets[node] as number; at < (offsets[node + 1] as number); at++) {
        const place = this.#place.get(targets[at] as number) as number;
        best.set(place, Math.max(best.get(place) ?? 0, weights[at] as number));
      }
      return [...best];
    });
    for (const [start, direct] of neighbours.entries()) {
      for (const [one, passed] of direct) {
        if (start < one) this.#add(start, one, passed, none, none);
        for (const [two, further] of neighbours[one] as [number, number][]) {
          if (two === start) continue;
          const both = passed * further;
          if (start < two) this.#add(start, two, both, one, none);
          for (const [end, last] of neighbours[two] as [number, number][])
            if (start < end && end !== one) this.#add(start, end, both * last, one, two);
        }
      }
    }
  }

  #add(start: number, end: number, value: number, first: number, second: number): void {
    const pair = this.#pair(start, end);
    const from = pair * mostWays;
    const count = this.#counts[pair] as number;
    if (count === mostWays) {
      this.#cut[pair] = 1;
      if (value <= (this.#values[from + mostWays - 1] as number)) return;
    } else this.#counts[pair] = count + 1;
    let at = from + Math.min(count, mostWays - 1);
    for (; at > from && (this.#values[at - 1] as number) < value; at--) {
      this.#values[at] = this.#values[at - 1] as number;
      this.#first[at] = this.#first[at - 1] as number;
      this.#second[at] = this.#second[at - 1] as number;
    }
    this.#values[at] = value;
    this.#first[at] = first;
    this.#second[at] = second;
  }

  /** What is there of each node (0 to 1), by its place among `nodes`; all of it unless named. */
  presence(of: ReadonlyMap<number, number>): Float64Array {
    const present = new Float64Array(this.nodes.length).fill(1);
    for (const [node, share] of of) {
      const place = this.#place.get(node);
      if (place !== undefined) present[place] = share;
    }
    return present;
  }

  /**
   * What is lost when the nodes are there in part: of both directions of each pair. `through`, where given, becomes what passes each node (by its
   * place) afterwards, ends included; it has to be that of the whole before. NaN where a way may be left that is not listed.
   */
  lost(changed: ReadonlyMap<number, number>, through?: Float64Array): number {
    const present = this.presence(changed);
    const places = [...changed.keys()].flatMap((node) => this.#place.get(node) ?? []);
    const seen = new Set<number>();
    let lost = 0;
    for (const place of places) {
      for (let other = 0; other < this.nodes.length; other++)
        if (other !== place) seen.add(this.#pair(place, other));
      for (const pair of this.#passing[place] as number[]) seen.add(pair);
    }
    this.looked += seen.size;
    for (const pair of seen) {
      const best = this.#best[pair] as number;
      if (best === 0) continue;
      const left = this.#left(pair, present, through);
      if (Number.isNaN(left)) return left;
      lost += 2 * (best - left);
    }
    return lost;
  }

  #left(pair: number, present: Float64Array, through?: Float64Array): number {
    const [from, count] = [pair * mostWays, this.#counts[pair] as number];
    const [one, other] = this.#ends(pair);
    const ends = (present[one] as number) * (present[other] as number);
    let [best, way] = [0, -1];
    if (ends > 0) {
      for (let at = from; at < from + count && (this.#values[at] as number) > best; at++) {
        const [first, second] = [this.#first[at] as number, this.#second[at] as number];
        const value =
          (this.#values[at] as number) *
          (first === none ? 1 : (present[first] as number)) *
          (second === none ? 1 : (present[second] as number));
        if (value > best) [best, way] = [value, at];
      }
      const isHidden = this.#cut[pair] === 1 && (this.#values[from + count - 1] as number) > best;
      if (isHidden) return Number.NaN;
    }
    if (through) {
      const old = this.#best[pair] as number;
      this.#count(through, [one, other], from, -2 * old);
      if (way !== -1) this.#count(through, [one, other], way, 2 * best * ends);
    }
    return best * ends;
  }

  #count(through: Float64Array, ends: readonly number[], way: number, value: number): void {
    for (const on of [...ends, this.#first[way] as number, this.#second[way] as number])
      if (on !== none) through[on]! += value;
  }

  /** What passes each node, ends included, by its place, while everybody is there. */
  through(): Float64Array {
    const through = new Float64Array(this.nodes.length);
    for (const [pair, best] of this.#best.entries())
      if (best > 0) this.#count(through, this.#ends(pair), pair * mostWays, 2 * best);
    return through;
  }

  placeOf(node: number): number {
    return this.#place.get(node) ?? -1;
  }

  #ends(pair: number): [number, number] {
    const size = this.nodes.length;
    // Pairs of `one` begin at one * size - one * (one + 1) / 2: the root of that, and a step for rounding.
    let one = Math.floor(size - 0.5 - Math.sqrt((size - 0.5) ** 2 - 2 * pair));
    while ((one + 1) * size - ((one + 1) * (one + 2)) / 2 <= pair) one += 1;
    while (one * size - (one * (one + 1)) / 2 > pair) one -= 1;
    return [one, pair - (one * size - (one * (one + 1)) / 2) + one + 1];
  }
}
