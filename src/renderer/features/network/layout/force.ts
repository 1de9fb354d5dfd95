import iterate from 'graphology-layout-forceatlas2/iterate.js';
import { nodeSpacing } from './groups.ts';

/** The input of a force layout: nodes by index, edges as pairs of indexes. */
export interface ForceInput {
  /** x and y of each node, interleaved. */
  points: Float32Array;
  /** 1 for a fixed node. */
  fixed: Uint8Array;
  from: Uint32Array;
  to: Uint32Array;
}

const valuesPerNode = 10;
const valuesPerEdge = 3;
const fieldOffset = { x: 0, y: 1, mass: 6, convergence: 7, size: 8, fixed: 9 };

/** The layout is at rest if its nodes move less than this in a step, on average. */
const restMovement = 0.35;
/** From `barnesHutNodes` nodes on the Barnes-Hut approximation is used; from `largeNodes` on a step is slow. */
const barnesHutNodes = 800;
const largeNodes = 3000;
/** The maximum number of steps. Large networks start grouped by university: with 13,000 nodes, 40 steps suffice. */
const maxSteps = { small: 700, medium: 350, large: 60 };

function toMatrices({ points, fixed, from, to }: ForceInput): { nodes: Float32Array; edges: Float32Array } {
  const nodes = new Float32Array(fixed.length * valuesPerNode);
  for (let node = 0; node < fixed.length; node += 1) {
    const base = node * valuesPerNode;
    nodes[base + fieldOffset.x] = points[node * 2] ?? 0;
    nodes[base + fieldOffset.y] = points[node * 2 + 1] ?? 0;
    nodes[base + fieldOffset.mass] = 1;
    nodes[base + fieldOffset.convergence] = 1;
    nodes[base + fieldOffset.size] = 1;
    nodes[base + fieldOffset.fixed] = fixed[node] ?? 0;
  }
  const edges = new Float32Array(from.length * valuesPerEdge);
  for (let edge = 0; edge < from.length; edge += 1) {
    const ends = [(from[edge] ?? 0) * valuesPerNode, (to[edge] ?? 0) * valuesPerNode] as const;
    edges.set([...ends, 1], edge * valuesPerEdge);
    for (const end of ends) nodes[end + fieldOffset.mass] = (nodes[end + fieldOffset.mass] ?? 0) + 1;
  }
  return { nodes, edges };
}

/**
 * Settings of ForceAtlas2: linked nodes are about one spacing apart, and the network fits a disc with room for each node. With repulsion k
 * and strong gravity g, a total mass M fills a disc of radius √(kM/g).
 */
function forceSettings(nodeCount: number, edgeCount: number): Parameters<typeof iterate>[0] {
  const mass = (nodeCount + 2 * edgeCount) / Math.max(1, nodeCount);
  const repulsion = ((nodeSpacing * 1.1) / mass) ** 2;
  return {
    linLogMode: false,
    outboundAttractionDistribution: false,
    adjustSizes: false,
    edgeWeightInfluence: 0,
    scalingRatio: repulsion,
    strongGravityMode: true,
    gravity: (repulsion * Math.PI * mass) / (nodeSpacing * 1.5) ** 2,
    slowDown: 1 + Math.log(Math.max(1, nodeCount)) / 2,
    barnesHutOptimize: nodeCount > barnesHutNodes,
    barnesHutTheta: 0.8,
  };
}

/** An incremental force layout. Deterministic: the same start gives the same end. */
export class ForceLayout {
  readonly #nodes: Float32Array;
  readonly #edges: Float32Array;
  readonly #options: Parameters<typeof iterate>[0];
  readonly #maxSteps: number;
  #stepCount = 0;
  #meanMovement = Infinity;

  constructor(input: ForceInput) {
    const { nodes, edges } = toMatrices(input);
    this.#nodes = nodes;
    this.#edges = edges;
    const count = input.fixed.length;
    this.#options = forceSettings(count, input.from.length);
    this.#maxSteps =
      count > largeNodes ? maxSteps.large : count > barnesHutNodes ? maxSteps.medium : maxSteps.small;
  }

  /** The steps done, as a share (0 to 1) of the maximum. */
  get progress(): number {
    return Math.min(1, this.#stepCount / this.#maxSteps);
  }

  get isAtRest(): boolean {
    return this.#stepCount >= this.#maxSteps || this.#meanMovement < restMovement;
  }

  step(): void {
    const before = this.points();
    iterate(this.#options, this.#nodes, this.#edges);
    const after = this.points();
    let distance = 0;
    for (let node = 0; node < after.length; node += 2)
      distance += Math.hypot(
        (after[node] ?? 0) - (before[node] ?? 0),
        (after[node + 1] ?? 0) - (before[node + 1] ?? 0),
      );
    this.#meanMovement = distance / Math.max(1, after.length / 2);
    this.#stepCount += 1;
  }

  /** Current positions, x and y interleaved. */
  points(): Float32Array {
    const count = this.#nodes.length / valuesPerNode;
    const points = new Float32Array(count * 2);
    for (let node = 0; node < count; node += 1) {
      points[node * 2] = this.#nodes[node * valuesPerNode + fieldOffset.x] ?? 0;
      points[node * 2 + 1] = this.#nodes[node * valuesPerNode + fieldOffset.y] ?? 0;
    }
    return points;
  }
}

/** Messages to the worker: begin, and continue after drawing a state. `states`: those to send back. `slice`: milliseconds until the next. */
export type ToWorker =
  | { kind: 'begin'; input: ForceInput; states: 'all' | 'last'; slice: number }
  | { kind: 'continue'; slice: number };

/** A state of the layout; the last one is at rest. `progress` is 0 to 1. */
export interface FromWorker {
  points: Float32Array;
  progress: number;
  isDone: boolean;
}

/**
 * Separates overlapping nodes in place: `points` has x and y interleaved, nodes with a 1 in `fixed` stay. Nodes nearer than `minDistance`
 * are pushed apart by half of the missing distance each, for at most `rounds` rounds.
 */
export function separateNodes(
  points: Float32Array,
  fixed: Uint8Array,
  minDistance: number,
  rounds = 40,
): void {
  for (let round = 0; round < rounds; round += 1) if (!separateOnce(points, fixed, minDistance)) return;
}

function separateOnce(points: Float32Array, fixed: Uint8Array, minDistance: number): boolean {
  const cells = new Map<string, number[]>();
  const cellIndex = (value: number): number => Math.floor(value / minDistance);
  for (let node = 0; node < fixed.length; node += 1) {
    const key = `${cellIndex(points[node * 2] ?? 0)}/${cellIndex(points[node * 2 + 1] ?? 0)}`;
    const cellNodes = cells.get(key);
    if (cellNodes) cellNodes.push(node);
    else cells.set(key, [node]);
  }
  let hasMoved = false;
  for (let node = 0; node < fixed.length; node += 1) {
    const column = cellIndex(points[node * 2] ?? 0);
    const row = cellIndex(points[node * 2 + 1] ?? 0);
    for (let dx = -1; dx <= 1; dx += 1)
      for (let dy = -1; dy <= 1; dy += 1)
        for (const other of cells.get(`${column + dx}/${row + dy}`) ?? [])
          if (other > node && separatePair(points, fixed, node, other, minDistance)) hasMoved = true;
  }
  return hasMoved;
}

function separatePair(
  points: Float32Array,
  fixed: Uint8Array,
  a: number,
  b: number,
  minDistance: number,
): boolean {
  let dx = (points[b * 2] ?? 0) - (points[a * 2] ?? 0);
  let dy = (points[b * 2 + 1] ?? 0) - (points[a * 2 + 1] ?? 0);
  let distance = Math.hypot(dx, dy);
  if (distance >= minDistance * 0.999 || (fixed[a] === 1 && fixed[b] === 1)) return false;
  if (distance < 0.001) {
    // Two nodes at one point: a different direction for each pair.
    [dx, dy] = [Math.cos(a + b * 0.7), Math.sin(a + b * 0.7)];
    distance = 1;
  }
  const push = (minDistance - distance) / distance;
  const [shareA, shareB] = fixed[a] === 1 ? [0, 1] : fixed[b] === 1 ? [1, 0] : [0.5, 0.5];
  const shift = (node: number, share: number): void => {
    points[node * 2] = (points[node * 2] ?? 0) + dx * push * share;
    points[node * 2 + 1] = (points[node * 2 + 1] ?? 0) + dy * push * share;
  };
  shift(a, -shareA);
  shift(b, shareB);
  return true;
}
