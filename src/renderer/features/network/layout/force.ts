import iterate from 'graphology-layout-forceatlas2/iterate.js';
import { spacing } from './seed.ts';

/** A network as forces see it: nodes by their place, edges as pairs of places. */
export interface ForceInput {
  /** x and y of each node, one after the other. */
  points: Float32Array;
  /** 1 for a node that stays where it is. */
  fixed: Uint8Array;
  from: Uint32Array;
  to: Uint32Array;
}

const perNode = 10;
const perEdge = 3;
const at = { x: 0, y: 1, mass: 6, convergence: 7, size: 8, fixed: 9 };

/** How far a node may still go on average in one step for the picture to be at rest, in units of the layout. */
const rest = 0.35;
/** From this many nodes on far groups of them count as one; from the greater number on a step takes long. */
const many = 800;
const crowd = 3000;
/**
 * Steps at most. A crowd begins with those of a university together (places.ts): with 13,000 nodes, lines are after 40 steps as long, and
 * the whole as wide, as after 160, to some per cent.
 */
const steps = { few: 700, many: 350, crowd: 60 };

function matrices({ points, fixed, from, to }: ForceInput): { nodes: Float32Array; edges: Float32Array } {
  const nodes = new Float32Array(fixed.length * perNode);
  for (let node = 0; node < fixed.length; node += 1) {
    const base = node * perNode;
    nodes[base + at.x] = points[node * 2] ?? 0;
    nodes[base + at.y] = points[node * 2 + 1] ?? 0;
    nodes[base + at.mass] = 1;
    nodes[base + at.convergence] = 1;
    nodes[base + at.size] = 1;
    nodes[base + at.fixed] = fixed[node] ?? 0;
  }
  const edges = new Float32Array(from.length * perEdge);
  for (let edge = 0; edge < from.length; edge += 1) {
    const ends = [(from[edge] ?? 0) * perNode, (to[edge] ?? 0) * perNode] as const;
    edges.set([...ends, 1], edge * perEdge);
    for (const end of ends) nodes[end + at.mass] = (nodes[end + at.mass] ?? 0) + 1;
  }
  return { nodes, edges };
}

/**
 * ForceAtlas2 with its strengths chosen so that joined nodes come to stand about one spacing apart, and the whole on a disc that
 * gives each node its room: with a repulsion of k and a strong gravity of g, masses of M in all fill a disc of radius √(kM/g).
 */
function settings(count: number, edges: number): Parameters<typeof iterate>[0] {
  const mass = (count + 2 * edges) / Math.max(1, count);
  const repulsion = ((spacing * 1.1) / mass) ** 2;
  return {
    linLogMode: false,
    outboundAttractionDistribution: false,
    adjustSizes: false,
    edgeWeightInfluence: 0,
    scalingRatio: repulsion,
    strongGravityMode: true,
    gravity: (repulsion * Math.PI * mass) / (spacing * 1.5) ** 2,
    slowDown: 1 + Math.log(Math.max(1, count)) / 2,
    barnesHutOptimize: count > many,
    barnesHutTheta: 0.8,
  };
}

/** A layout by forces that is worked on step by step. Deterministic: the same start gives the same end. */
export class ForceLayout {
  readonly #nodes: Float32Array;
  readonly #edges: Float32Array;
  readonly #options: Parameters<typeof iterate>[0];
  readonly #most: number;
  #done = 0;
  #moved = Infinity;

  constructor(input: ForceInput) {
    const { nodes, edges } = matrices(input);
    this.#nodes = nodes;
    this.#edges = edges;
    const count = input.fixed.length;
    this.#options = settings(count, input.from.length);
    this.#most = count > crowd ? steps.crowd : count > many ? steps.many : steps.few;
  }

  /** How much of the longest run is done, 0 to 1. */
  get progress(): number {
    return Math.min(1, this.#done / this.#most);
  }

  get atRest(): boolean {
    return this.#done >= this.#most || this.#moved < rest;
  }

  /** One round of forces on every node. */
  step(): void {
    const before = this.points();
    iterate(this.#options, this.#nodes, this.#edges);
    const after = this.points();
    let way = 0;
    for (let node = 0; node < after.length; node += 2)
      way += Math.hypot(
        (after[node] ?? 0) - (before[node] ?? 0),
        (after[node + 1] ?? 0) - (before[node + 1] ?? 0),
      );
    this.#moved = way / Math.max(1, after.length / 2);
    this.#done += 1;
  }

  /** Where the nodes are now: x and y, one after the other. */
  points(): Float32Array {
    const count = this.#nodes.length / perNode;
    const points = new Float32Array(count * 2);
    for (let node = 0; node < count; node += 1) {
      points[node * 2] = this.#nodes[node * perNode + at.x] ?? 0;
      points[node * 2 + 1] = this.#nodes[node * perNode + at.y] ?? 0;
    }
    return points;
  }
}
