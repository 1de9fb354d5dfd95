import { emptySums } from './betweenness.ts';
import type { PathOptions, SourceSums } from './betweenness.ts';
import { mapEntries } from './graph.ts';
import type { Graph } from './graph.ts';
import { DistanceHeap } from './distance-heap.ts';

const progressStep = 16;
/** Distances are whole millionths, so that paths of equal length compare equal. */
const distanceScale = 1e6;

/** The length of a link that passes a share: -ln(share) in millionths, at least 1, infinite if nothing passes. */
export const distanceOf = (share: number): number =>
  share > 0 ? Math.max(1, Math.round(-Math.log(share) * distanceScale)) : Infinity;

/** The graph weighted by `distanceOf`, without edges over which nothing passes. */
export const toDistanceGraph = (graph: Graph): Graph =>
  mapEntries(graph, (_node, _target, share) => (share > 0 ? distanceOf(share) : null));

/** Betweenness over paths of the least sum of weights, which must be positive. See `betweenness`. */
export const weightedBetweenness = (graph: Graph, options: PathOptions = {}): Float64Array =>
  sumWeightedPaths(graph, options).sums;

/** Sums over the sources of their dependency on each node. Brandes (2001) with Dijkstra's search (1959); O(m log n) for each source. */
export function sumWeightedPaths(
  graph: Graph,
  { sources, isSample = false, onProgress }: PathOptions = {},
): SourceSums {
  const { size } = graph;
  const search: Search = {
    graph,
    isSample,
    distances: new Float64Array(size).fill(Infinity),
    paths: new Float64Array(size),
    dependencies: new Float64Array(size),
    heap: new DistanceHeap(size),
    order: new Uint32Array(size),
  };
  const totals = emptySums(size);
  const sourceCount = sources?.length ?? size;
  for (let index = 0; index < sourceCount; index += 1) {
    addDependencies(search, findPaths(search, sources ? (sources[index] as number) : index), totals);
    if ((index + 1) % progressStep === 0 || index + 1 === sourceCount) onProgress?.(index + 1, sourceCount);
  }
  return totals;
}

interface Search {
  isSample: boolean;
  graph: Graph;
  /** Infinity before a node is reached. */
  distances: Float64Array;
  paths: Float64Array;
  dependencies: Float64Array;
  heap: DistanceHeap;
  order: Uint32Array;
}

/** Finds the nodes from the nearest to the farthest and counts the paths to them. Returns their number. */
function findPaths({ graph, distances, paths, heap, order }: Search, source: number): number {
  const { offsets, targets, weights } = graph;
  distances[source] = 0;
  paths[source] = 1;
  heap.put(source, 0);
  let count = 0;
  while (heap.size > 0) {
    const node = heap.takeNearest();
    order[count++] = node;
    const nodeDistance = distances[node] as number;
    const nodePaths = paths[node] as number;
    const end = offsets[node + 1] as number;
    for (let entry = offsets[node] as number; entry < end; entry += 1) {
      const target = targets[entry] as number;
      const distance = nodeDistance + (weights[entry] as number);
      const targetDistance = distances[target] as number;
      if (distance > targetDistance) continue;
      if (distance === targetDistance) {
        (paths[target] as number) += nodePaths;
        continue;
      }
      distances[target] = distance;
      paths[target] = nodePaths;
      heap.put(target, distance);
    }
  }
  return count;
}

/** Adds the dependency on each node, from the farthest to the nearest, and clears the paths. */
function addDependencies(search: Search, count: number, { sums, squares }: SourceSums): void {
  const { graph, isSample, distances, paths, dependencies, order } = search;
  const { offsets, targets, weights } = graph;
  for (let index = count - 1; index > 0; index -= 1) {
    const node = order[index] as number;
    const distance = distances[node] as number;
    // The term of each target as an end of paths, and the factor of the dependency.
    const [endTerm, factor] = isSample ? [1 / distance, distance] : [1, 0.5];
    const through = dependencies[node] as number;
    const dependency = factor * through;
    const ratio = (endTerm + through) / (paths[node] as number);
    const end = offsets[node + 1] as number;
    for (let entry = offsets[node] as number; entry < end; entry += 1) {
      const predecessor = targets[entry] as number;
      if ((distances[predecessor] as number) + (weights[entry] as number) === distance)
        (dependencies[predecessor] as number) += (paths[predecessor] as number) * ratio;
    }
    (sums[node] as number) += dependency;
    (squares[node] as number) += dependency * dependency;
  }
  for (let index = 0; index < count; index += 1) {
    const node = order[index] as number;
    distances[node] = Infinity;
    paths[node] = dependencies[node] = 0;
  }
}
