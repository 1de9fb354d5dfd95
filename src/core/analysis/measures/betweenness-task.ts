import { defineTask } from '../../kernel/workers/task.ts';
import { runInWorker } from '../../kernel/workers/worker-pool.ts';
import { betweenness } from '../graph/betweenness.ts';
import type { BetweennessOptions } from '../graph/betweenness.ts';
import type { Graph, OnProgress } from '../graph/graph.ts';

export interface BetweennessInput {
  graph: Graph;
  share: NonNullable<BetweennessOptions['share']>;
}

/** Computes a share of betweenness. Progress: how many of its sources are done, and how many there are. */
export const betweennessTask = defineTask(
  'betweenness',
  ({ graph, share }: BetweennessInput, onProgress: (progress: [done: number, total: number]) => void) =>
    betweenness(graph, { share, onProgress: (done, total) => onProgress([done, total]) }),
);

export interface ExactBetweennessOptions {
  signal?: AbortSignal | undefined;
  /** Sources done, and how many there are. May throw to cancel. */
  onProgress?: OnProgress | undefined;
  workers?: number | undefined;
}

/**
 * `betweenness` with its sources dealt out to workers (2 by default). Throws NoWorker, the signal's reason, and what `onProgress` throws;
 * all workers have ended then.
 */
export async function exactBetweenness(
  { size, offsets, targets }: Graph,
  { signal, onProgress, workers = 2 }: ExactBetweennessOptions = {},
): Promise<Float64Array> {
  const failure = new AbortController();
  const anySignal = signal ? AbortSignal.any([signal, failure.signal]) : failure.signal;
  // Weights do not count, so they need not be copied either.
  const graph: Graph = { size, offsets, targets, weights: new Float64Array() };
  const done = new Uint32Array(workers);
  const shares = Array.from(done, async (_, index) => {
    try {
      return await runInWorker(
        betweennessTask,
        { graph, share: { index, of: workers } },
        {
          signal: anySignal,
          onProgress: ([sources]) => {
            done[index] = sources;
            onProgress?.(
              done.reduce((sum, one) => sum + one, 0),
              size,
            );
          },
        },
      );
    } catch (error) {
      failure.abort(error);
      throw error;
    }
  });
  await Promise.allSettled(shares);
  const [scores = new Float64Array(size), ...others] = await Promise.all(shares);
  for (const other of others) other.forEach((score, node) => ((scores[node] as number) += score));
  return scores;
}
