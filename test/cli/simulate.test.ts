import { beforeAll, expect, test } from 'vitest';
import type { SimulationResult } from '#shared/contract/simulation.ts';
import { inFolder } from './frames.ts';

const { frames, json, refused, seed } = inFolder();
const w = ['--workspace', 'w'] as const;

beforeAll(async () => {
  await seed();
});

const steps = ['--document', 'link_00002', '--recruit', 'team_summit-flight-software:2'] as const;

test('a simulation shows the difference of the same runs', async () => {
  const found = await json<SimulationResult>('simulate', '--terms', '2', '--runs', '20', ...steps, ...w);
  expect(found.difference).toHaveLength(3);
  expect(found.difference[2]?.better).toBeGreaterThan(0.5);
  const { stdout } = await frames('simulate', '--terms', '2', '--runs', '20', ...steps, ...w);
  expect(stdout).toMatch(/^Effect on reach after 2 terms: \+\d\.\d points \(/);
  const unchanged = ['--strengthen', 'link_00002:fragile-temporary'] as const;
  const same = await frames('simulate', '--runs', '20', ...unchanged, ...w);
  expect(same.stdout).toMatch(/^No measurable effect on reach after 1 term: 0\.0 points \(0\.0 to 0\.0, /);
  expect((await frames('simulate', '--runs', '20', ...w)).stdout).not.toMatch(/effect on reach/i);
});

test('accepts rates', async () => {
  const given = ['--early', '20', '--joins', '50', '--newcomer-terms', '3', '--weak', '5', '--fragile', '30'];
  const { rates } = await json<SimulationResult>('simulate', '--runs', '2', ...given, ...w);
  expect(rates).toMatchObject({ early: 0.2, joins: 0.5, newcomer_terms: 3, weak: 0.05, fragile: 0.3 });
});

test.each(['team_1', 'team_1:0', 'team_1:many', ':2'])(
  'recruits of the form %j are refused',
  async (given) => {
    expect((await refused('simulate', '--recruit', given, ...w)).error).toMatchObject({
      message: expect.stringContaining('TEAM:COUNT') as string,
    });
  },
);
