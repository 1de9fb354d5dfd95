import type { Log } from '../../kernel/logger.ts';
import { defineTask } from '../../kernel/workers/task.ts';
import { runWithFallback } from '../../kernel/workers/worker-pool.ts';
import { sumPaths } from '../graph/betweenness.ts';
import type { PathSums, SourceSums } from '../graph/betweenness.ts';
import type { Graph } from '../graph/graph.ts';
import { sumWeightedPaths } from '../graph/weighted-betweenness.ts';

export interface PathSumsInput {
  graph: Graph;
  sources: Uint32Array;
  isSample: boolean;
  /** The sources for weighted paths; the weights of this graph are distances. */
  weighted: { graph: Graph; sources: Uint32Array; isSample: boolean };
}

export interface AllPathSums extends PathSums {
  weighted: SourceSums;
}

/** A weighted search takes about this many times as long as an unweighted one. */
const weightedCost = 8;

export const pathSumsTask = defineTask(
  'path-sums',
  (
    { graph, sources, isSample, weighted }: PathSumsInput,
    onProgress: (part: number) => void,
  ): AllPathSums => {
    const total = Math.max(1, sources.length + weightedCost * weighted.sources.length);
    return {
      ...sumPaths(graph, { sources, isSample, onProgress: (done) => onProgress(done / total) }),
      weighted: sumWeightedPaths(weighted.graph, {
        sources: weighted.sources,
        isSample: weighted.isSample,
        onProgress: (done) => onProgress((sources.length + weightedCost * done) / total),
      }),
    };
  },
);

interface WorkerOptions {
  log: Log;
  signal?: AbortSignal | undefined;
  /** The share done, 0 to 1. May throw to cancel. */
  onProgress?: ((part: number) => void) | undefined;
  workers?: number | undefined;
}

/** Runs `pathSumsTask` on several workers. Throws the signal's reason or the error of `onProgress` after all workers have ended. */
export async function sumPathsOnWorkers(
  input: PathSumsInput,
  { log, signal, onProgress, workers = 2 }: WorkerOptions,
): Promise<AllPathSums> {
  const failure = new AbortController();
  const anySignal = signal ? AbortSignal.any([signal, failure.signal]) : failure.signal;
  const shareOf = (sources: Uint32Array, index: number): Uint32Array =>
    sources.filter((_, at) => at % workers === index);
  // Unweighted searches do not read the weights, so these are not copied.
  const graph = { ...input.graph, weights: new Float64Array() };
  const parts = new Float64Array(workers);
  const shares = Array.from(parts, async (_, index) => {
    const { sources, weighted } = input;
    const share = {
      ...input,
      graph,
      sources: shareOf(sources, index),
      weighted: { ...weighted, sources: shareOf(weighted.sources, index) },
    };
    try {
      return await runWithFallback(pathSumsTask, share, {
        signal: anySignal,
        log,
        onProgress: (part) => {
          parts[index] = part;
          onProgress?.(parts.reduce((sum, one) => sum + one, 0) / workers);
        },
      });
    } catch (error) {
      failure.abort(error);
      throw error;
    }
  });
  await Promise.allSettled(shares);
  const [first, ...others] = await Promise.all(shares);
  if (!first) throw new RangeError('no workers');
  for (const other of others) addTo(first, other);
  return first;
}

function addTo(sums: AllPathSums, other: AllPathSums): void {
  const add = (to: SourceSums, addend: SourceSums): void => {
    addend.sums.forEach((sum, node) => ((to.sums[node] as number) += sum));
    addend.squares.forEach((square, node) => ((to.squares[node] as number) += square));
  };
  add(sums.dependencies, other.dependencies);
  add(sums.distances, other.distances);
  add(sums.weighted, other.weighted);
}
