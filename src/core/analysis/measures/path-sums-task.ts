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
  /** The share done, 0 to 1. Can throw to cancel. */
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
  const sourcesOfWorker = (sources: Uint32Array, index: number): Uint32Array =>
    sources.filter((_, position) => position % workers === index);
  // Unweighted searches do not read the weights, so these are not copied.
  const graph = { ...input.graph, weights: new Float64Array() };
  const parts = new Float64Array(workers);
  const results = Array.from(parts, async (_, index) => {
    const { sources, weighted } = input;
    const workerInput = {
      ...input,
      graph,
      sources: sourcesOfWorker(sources, index),
      weighted: { ...weighted, sources: sourcesOfWorker(weighted.sources, index) },
    };
    try {
      return await runWithFallback(pathSumsTask, workerInput, {
        signal: anySignal,
        log,
        onProgress: (part) => {
          parts[index] = part;
          onProgress?.(parts.reduce((sum, share) => sum + share, 0) / workers);
        },
      });
    } catch (error) {
      failure.abort(error);
      throw error;
    }
  });
  await Promise.allSettled(results);
  const [sums, ...otherSums] = await Promise.all(results);
  if (!sums) throw new RangeError('no workers');
  for (const other of otherSums) addTo(sums, other);
  return sums;
}

function addTo(sums: AllPathSums, addends: AllPathSums): void {
  const add = (target: SourceSums, addend: SourceSums): void => {
    addend.sums.forEach((sum, node) => ((target.sums[node] as number) += sum));
    addend.squares.forEach((square, node) => ((target.squares[node] as number) += square));
  };
  add(sums.dependencies, addends.dependencies);
  add(sums.distances, addends.distances);
  add(sums.weighted, addends.weighted);
}
