import { expect, it } from 'vitest';
import { exactBetweenness } from '#core/analysis/measures/betweenness-task.ts';
import { betweenness } from '#core/analysis/graph/betweenness.ts';
import { buildGraph } from '#core/analysis/graph/graph.ts';
import { seededRandom } from '#core/analysis/graph/random.ts';
import { difference } from '../graph/support.ts';

function randomGraph(size: number, edges: number): ReturnType<typeof buildGraph> {
  const random = seededRandom(1);
  const ends = (): number[] => Array.from({ length: edges }, () => Math.floor(random() * size));
  return buildGraph(size, ends(), ends());
}

it.each([1, 2, 3])('%i workers find what one thread finds', async (workers) => {
  const graph = randomGraph(300, 600);
  const expected = betweenness(graph);
  const scores = await exactBetweenness(graph, { workers });
  expect(difference(scores, expected)).toBeLessThan(1e-9);
});

it('is defined for graphs of fewer nodes than workers', async () => {
  expect([...(await exactBetweenness(buildGraph(0, [], [])))]).toEqual([]);
  expect([...(await exactBetweenness(buildGraph(1, [], [])))]).toEqual([0]);
});

// Were they not ended, these would go on for minutes.
const large = randomGraph(40_000, 400_000);

it('ends with the reason of the signal', async () => {
  const controller = new AbortController();
  const heard: number[] = [];
  const work = exactBetweenness(large, {
    signal: controller.signal,
    onProgress: (done, total) => {
      heard.push(done / total);
      controller.abort(new Error('cancelled'));
    },
  });
  await expect(work).rejects.toThrow('cancelled');
  expect(heard[0]).toBeGreaterThan(0);
  await expect(exactBetweenness(large, { signal: AbortSignal.abort(new Error('before')) })).rejects.toThrow(
    'before',
  );
});

it('ends with what progress throws', async () => {
  const onProgress = (): never => {
    throw new Error('enough');
  };
  await expect(exactBetweenness(large, { onProgress })).rejects.toThrow('enough');
});
