import { describe, expect, test } from 'vitest';
import { plantedFaults } from './simulator/planted.ts';
import { simulate } from './simulator/simulate.ts';

const from = Number(process.env['SYNC_SEED'] ?? process.env['FC_SEED'] ?? 1);
const count = Number(process.env['SYNC_SEEDS'] ?? 4000);

describe('clients and a server, with faults in between', () => {
  test(`converge, lose nothing and bypass no permission, over ${count} seeds from ${from}`, () => {
    const { failed, faults } = simulate({ from, count });
    expect(failed).toEqual([]);
    expect(Object.entries(faults).filter(([, times]) => times === 0)).toEqual([]);
  });

  test.each(Object.entries(plantedFaults))('find it where %s', (_name, rules) => {
    expect(simulate({ from: 1, count: 3000, rules }).failed).not.toEqual([]);
  });
});
