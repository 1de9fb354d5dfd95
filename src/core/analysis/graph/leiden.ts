import { buildGraph, nodesOf } from './graph.ts';
import type { Graph } from './graph.ts';
import { modularity, nodeStrengths } from './modularity.ts';
import { shuffle } from './random.ts';

interface Level {
  graph: Graph;
  /** The summed strength of the nodes that each node stands for. */
  strength: Float64Array;
  /** Twice the weight of all edges of the original graph. */
  total: number;
  random: () => number;
}

/** Each iteration starts from the last communities; one without improvement is the last. */
const maxIterations = 5;
/** The randomness of refinement, in edges of average weight, as in the paper. */
const theta = 0.01;
/** A gain below this share of the total weight counts as rounding, so that two moves cannot alternate forever. */
const minGainShare = 1e-13;

/**
 * Finds communities of high modularity. Returns the community of each node, numbered by their smallest node. The same random numbers give
 * the same communities. Weights must not be negative. Traag, Waltman and van Eck (2019), "From Louvain to Leiden: guaranteeing
 * well-connected communities".
 */
export function leiden(graph: Graph, random: () => number): Uint32Array {
  const strength = nodeStrengths(graph);
  const total = strength.reduce((sum, value) => sum + value, 0);
  let communities: Uint32Array = nodesOf(graph.size);
  if (total === 0) return communities;
  let quality = modularity(graph, communities);
  for (let iteration = 0; iteration < maxIterations; iteration += 1) {
    const candidate = improveCommunities({ graph, strength, total, random }, communities);
    const candidateQuality = modularity(graph, candidate);
    if (candidateQuality <= quality + minGainShare) break;
    [communities, quality] = [candidate, candidateQuality];
  }
  return communities;
}

/** Moves nodes, refines and aggregates until nothing is left to aggregate. */
function improveCommunities(firstLevel: Level, start: Uint32Array): Uint32Array {
  let level = firstLevel;
  let communities: Uint32Array = start.slice();
  /** The node of the level that stands for each original node. */
  const levelNodes = Uint32Array.from(start, (_, node) => node);
  for (;;) {
    moveNodes(level, communities);
    const refined = renumber(refine(level, communities));
    if (refined.count === level.graph.size) break;
    levelNodes.forEach((levelNode, node) => (levelNodes[node] = refined.labels[levelNode] as number));
    const parents = new Uint32Array(refined.count);
    refined.labels.forEach((label, node) => (parents[label] = communities[node] as number));
    level = aggregate(level, refined.labels, refined.count);
    communities = renumber(parents).labels;
  }
  return renumber(levelNodes.map((levelNode) => communities[levelNode] as number)).labels;
}

/** Renumbers labels in order of appearance. Labels must be below their count. */
function renumber(labels: Uint32Array): { labels: Uint32Array; count: number } {
  const numbers = new Map<number, number>();
  const renumbered = labels.map((label) => {
    const number = numbers.get(label) ?? numbers.size;
    if (number === numbers.size) numbers.set(label, number);
    return number;
  });
  return { labels: renumbered, count: numbers.size };
}

function aggregate(level: Level, labels: Uint32Array, count: number): Level {
  const { size, offsets, targets, weights } = level.graph;
  const [from, to, weight]: [number[], number[], number[]] = [[], [], []];
  const strength = new Float64Array(count);
  for (let node = 0; node < size; node += 1) {
    const label = labels[node] as number;
    (strength[label] as number) += level.strength[node] as number;
    for (let entry = offsets[node] as number; entry < (offsets[node + 1] as number); entry += 1) {
      const target = targets[entry] as number;
      if (target > node || labels[target] === label) continue;
      from.push(label);
      to.push(labels[target] as number);
      weight.push(weights[entry] as number);
    }
  }
  return { ...level, graph: buildGraph(count, from, to, weight), strength };
}

/** Sums the weights of a node's edges by label, in reused arrays. */
class LabelWeights {
  readonly #graph: Graph;
  readonly #labels: Uint32Array;
  /** By label; 0 except for labels in `foundLabels`. */
  readonly weights: Float64Array;
  readonly foundLabels: Uint32Array;
  count = 0;

  constructor(graph: Graph, labels: Uint32Array) {
    this.#graph = graph;
    this.#labels = labels;
    this.weights = new Float64Array(graph.size);
    this.foundLabels = new Uint32Array(graph.size);
  }

  /** With `parts`, counts only neighbours in the same part. */
  collect(node: number, parts?: Uint32Array): void {
    const { offsets, targets, weights } = this.#graph;
    for (let index = 0; index < this.count; index += 1) this.weights[this.foundLabels[index] as number] = 0;
    this.count = 0;
    for (let entry = offsets[node] as number; entry < (offsets[node + 1] as number); entry += 1) {
      const target = targets[entry] as number;
      if (parts && parts[target] !== parts[node]) continue;
      const label = this.#labels[target] as number;
      if (this.weights[label] === 0) this.foundLabels[this.count++] = label;
      (this.weights[label] as number) += weights[entry] as number;
    }
  }
}

/** Moves each node to the community with the largest gain and queues its neighbours again. Modifies `communities`. */
function moveNodes({ graph, strength, total, random }: Level, communities: Uint32Array): void {
  const { size, offsets, targets } = graph;
  const communityStrengths = new Float64Array(size);
  const memberCounts = new Uint32Array(size);
  communities.forEach((community, node) => {
    (communityStrengths[community] as number) += strength[node] as number;
    (memberCounts[community] as number) += 1;
  });
  const emptyCommunities: number[] = [];
  memberCounts.forEach((count, community) => count === 0 && emptyCommunities.push(community));
  const labelWeights = new LabelWeights(graph, communities);
  // A ring buffer; each node is in it at most once.
  const queue = shuffle(nodesOf(size), random);
  const isQueued = new Uint8Array(size).fill(1);
  for (let [head, queueLength] = [0, size]; queueLength > 0; head = (head + 1) % size, queueLength -= 1) {
    const node = queue[head] as number;
    isQueued[node] = 0;
    const currentCommunity = communities[node] as number;
    const expected = (strength[node] as number) / total;
    (memberCounts[currentCommunity] as number) -= 1;
    if (memberCounts[currentCommunity] === 0) {
      communityStrengths[currentCommunity] = 0;
      emptyCommunities.push(currentCommunity);
    } else (communityStrengths[currentCommunity] as number) -= strength[node] as number;
    labelWeights.collect(node);
    let best = currentCommunity;
    let maxGain =
      (labelWeights.weights[currentCommunity] as number) -
      expected * (communityStrengths[currentCommunity] as number) +
      minGainShare * total;
    const consider = (community: number): void => {
      const gain =
        (labelWeights.weights[community] as number) - expected * (communityStrengths[community] as number);
      if (gain > maxGain) [best, maxGain] = [community, gain];
    };
    for (let index = 0; index < labelWeights.count; index += 1)
      consider(labelWeights.foundLabels[index] as number);
    if (emptyCommunities.length > 0) consider(emptyCommunities.at(-1) as number);
    if (memberCounts[best] === 0) emptyCommunities.pop();
    (memberCounts[best] as number) += 1;
    (communityStrengths[best] as number) += strength[node] as number;
    if (best === currentCommunity) continue;
    communities[node] = best;
    for (let entry = offsets[node] as number; entry < (offsets[node + 1] as number); entry += 1) {
      const target = targets[entry] as number;
      if (isQueued[target] === 1 || communities[target] === best) continue;
      isQueued[target] = 1;
      queue[(head + queueLength++) % size] = target;
    }
  }
}

/** Splits each community into well-connected parts. Returns the part of each node, named by one of its nodes. */
function refine({ graph, strength, total, random }: Level, communities: Uint32Array): Uint32Array {
  const { size, offsets } = graph;
  const parts = Uint32Array.from(communities, (_, node) => node);
  const partStrengths = strength.slice();
  const memberCounts = new Uint32Array(size).fill(1);
  const communityStrengths = new Float64Array(size);
  communities.forEach(
    (community, node) => ((communityStrengths[community] as number) += strength[node] as number),
  );
  const labelWeights = new LabelWeights(graph, parts);
  /** The weight of the edges from each part to the rest of its community. */
  const outsideWeights = new Float64Array(size);
  for (let node = 0; node < size; node += 1) {
    labelWeights.collect(node, communities);
    for (let index = 0; index < labelWeights.count; index += 1)
      (outsideWeights[node] as number) += labelWeights.weights[
        labelWeights.foundLabels[index] as number
      ] as number;
  }
  const scale = (theta * total) / (offsets[size] as number);
  const odds: number[] = [];
  for (const node of shuffle(nodesOf(size), random)) {
    const communityStrength = communityStrengths[communities[node] as number] as number;
    const isWellConnected = (part: number): boolean => {
      const partStrength = partStrengths[part] as number;
      const expectedWeight = (partStrength * (communityStrength - partStrength)) / total;
      return (outsideWeights[part] as number) >= expectedWeight - minGainShare * total;
    };
    if (memberCounts[node] !== 1 || parts[node] !== node || !isWellConnected(node)) continue;
    labelWeights.collect(node, communities);
    const expected = (strength[node] as number) / total;
    const gainOf = (part: number): number =>
      (labelWeights.weights[part] as number) - expected * (partStrengths[part] as number);
    let maxGain = 0;
    for (let index = 0; index < labelWeights.count; index += 1)
      maxGain = Math.max(maxGain, gainOf(labelWeights.foundLabels[index] as number));
    // The node can also stay a part of its own, which gains 0.
    let totalOdds = Math.exp(-maxGain / scale);
    for (let index = 0; index < labelWeights.count; index += 1) {
      const part = labelWeights.foundLabels[index] as number;
      const gain = gainOf(part);
      odds[index] = gain >= 0 && isWellConnected(part) ? Math.exp((gain - maxGain) / scale) : 0;
      totalOdds += odds[index] as number;
    }
    let remainder = random() * totalOdds;
    let choice = 0;
    while (choice < labelWeights.count && (remainder -= odds[choice] as number) >= 0) choice += 1;
    if (choice === labelWeights.count) continue;
    const part = labelWeights.foundLabels[choice] as number;
    parts[node] = part;
    memberCounts[part] = (memberCounts[part] as number) + 1;
    memberCounts[node] = 0;
    (partStrengths[part] as number) += strength[node] as number;
    (outsideWeights[part] as number) +=
      (outsideWeights[node] as number) - 2 * (labelWeights.weights[part] as number);
  }
  return parts;
}
