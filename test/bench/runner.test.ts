import { expect, test } from 'vitest';
import { conclude, pairs, PeerMissing } from '#bench/row.ts';
import type { Figures, Row } from '#bench/row.ts';
import { benchRun, smokeRun } from '#bench/run.ts';
import { smoke } from '#bench/runner.ts';

const row = (id: string, measure: () => Promise<Figures>, more: Partial<Row> = {}): Row => ({
  id,
  name: id,
  target: 1,
  better: 'lower',
  measure,
  ...more,
});

test('a row that ends in an error or measures nothing fails the run, a missing peer does not', async () => {
  const said: string[] = [];
  const { results, failed } = await smoke(
    [
      row('works', async () => ({ runs: [2] })),
      row('throws', () => Promise.reject(new Error('CLIENT_OUTDATED'))),
      row('measures nothing', async () => ({ runs: [] })),
      row('never ends', async () => ({ runs: [Infinity] })),
      row('lacks its peer', () => Promise.reject(new PeerMissing('restic'))),
      row('is large', () => Promise.reject(new Error()), { notInSmoke: 'it is large' }),
    ],
    (text) => said.push(text),
  );
  expect(results.map(({ id }) => id)).toEqual(['works']);
  expect(failed.toSorted()).toEqual(['measures nothing', 'never ends', 'throws']);
  expect(said.join('\n')).toContain('left out: it is large');
});

test('a target beyond the floor is 1.3 times the floor', () => {
  const lower = row('lower', async () => ({ runs: [] }));
  expect(conclude(lower, { runs: [2.5], floors: [2] })).toMatchObject({ target: 2.6, ok: true, floor: 2 });
  expect(conclude(lower, { runs: [2.7], floors: [2] }).ok).toBe(false);
  expect(conclude(lower, { runs: [1.2], floors: [0.5] })).toMatchObject({ target: 1, ok: false });
  const higher: Row = { ...lower, better: 'higher' };
  expect(conclude(higher, { runs: [0.4], floors: [0.5] })).toMatchObject({ target: 0.5 / 1.3, ok: true });
});

test('a round measures all sides; the first one counts only in a smoke run', async () => {
  const rounds: number[] = [];
  const sides = {
    ours: async (round: number) => (rounds.push(round), 2),
    theirs: async () => 4,
    floor: async () => 1,
  };
  expect(await pairs(benchRun(2), 'lower', sides)).toEqual({ runs: [0.5, 0.5], floors: [0.25, 0.25] });
  expect(await pairs(smokeRun(), 'higher', sides)).toEqual({ runs: [2], floors: [4] });
  expect(rounds).toEqual([-1, 0, 1, -1]);
});
