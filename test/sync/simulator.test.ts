import { afterAll, expect, test } from 'vitest';
import { plantedFaults } from './simulator/planted.ts';
import { Workers } from './simulator/workers.ts';

const from = Number(process.env['SYNC_SEED'] ?? process.env['FC_SEED'] ?? 1);
const count = Number(process.env['SYNC_SEEDS'] ?? 80);
/** Seeds that once failed. */
const earlier = [98, 10_766, 20_832, 93_959];

const workers = new Workers(2);
afterAll(() => workers.close());

test(`over ${count} seeds from ${from}, clients converge, lose nothing and keep to their permissions`, async () => {
  const { failed, faults } = await workers.runAll({ from, count });
  expect(failed).toEqual([]);
  expect(Object.entries(faults).filter(([, times]) => times === 0)).toEqual([]);
});

test.each(earlier)('seed %i', async (seed) => {
  expect((await workers.run({ from: seed, count: 1 })).failed).toEqual([]);
});

test.concurrent.each(Object.entries(plantedFaults))('finds that %s', async (fault, { seed }) => {
  expect((await workers.run({ from: seed, count: 50, fault })).failed).toHaveLength(1);
});
