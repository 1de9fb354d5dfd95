import { expect, it } from 'vitest';
import { betweenness, sumPaths } from '#core/analysis/graph/betweenness.ts';
import { buildGraph } from '#core/analysis/graph/graph.ts';
import type { Graph } from '#core/analysis/graph/graph.ts';
import { seededRandom } from '#core/analysis/graph/random.ts';
import { weightedBetweenness } from '#core/analysis/graph/weighted-betweenness.ts';
import { sumPathsOnWorkers } from '#core/analysis/measures/path-sums-task.ts';
import type { PathSumsInput } from '#core/analysis/measures/path-sums-task.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { difference, everyNth } from '../graph/support.ts';

function randomGraph(size: number, edges: number): Graph {
  const random = seededRandom(1);
  const ends = (): number[] => Array.from({ length: edges }, () => Math.floor(random() * size));
  return buildGraph(size, ends(), ends());
}

const fromAll = (graph: Graph): PathSumsInput => {
  const sources = everyNth(graph, 0, 1);
  return { graph, sources, isSample: false, weighted: { graph, sources, isSample: false } };
};

const log = silentLog;

it.each([1, 3])('%i workers get the result of a single thread', async (workers) => {
  const graph = randomGraph(300, 600);
  const found = await sumPathsOnWorkers(fromAll(graph), { log, workers });
  expect(difference(found.dependencies.sums, betweenness(graph))).toBeLessThan(1e-9);
  expect(difference(found.weighted.sums, weightedBetweenness(graph))).toBeLessThan(1e-9);
  expect(found.distances).toEqual(sumPaths(graph).distances);
});

it('is defined for graphs of fewer nodes than workers', async () => {
  for (const size of [0, 1]) {
    const { dependencies, weighted } = await sumPathsOnWorkers(fromAll(buildGraph(size, [], [])), { log });
    expect([dependencies.sums.length, weighted.sums.length]).toEqual([size, size]);
  }
});

// Were they not ended, these would take minutes.
const large = fromAll(randomGraph(10_000, 100_000));

it('ends with the reason of the signal', async () => {
  const controller = new AbortController();
  const heard: number[] = [];
  const work = sumPathsOnWorkers(large, {
    log,
    signal: controller.signal,
    onProgress: (part) => {
      heard.push(part);
      controller.abort(new Error('cancelled'));
    },
  });
  await expect(work).rejects.toThrow('cancelled');
  expect(heard[0]).toBeGreaterThan(0);
  await expect(
    sumPathsOnWorkers(large, { log, signal: AbortSignal.abort(new Error('before')) }),
  ).rejects.toThrow('before');
});

it('fails with the error of the callback', async () => {
  const onProgress = (): never => {
    throw new Error('enough');
  };
  await expect(sumPathsOnWorkers(large, { log, onProgress })).rejects.toThrow('enough');
});
