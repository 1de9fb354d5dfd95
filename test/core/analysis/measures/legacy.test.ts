import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { legacyModel, roundHalfEven } from '#core/analysis/measures/legacy.ts';
import type { LegacyCounts } from '#core/analysis/measures/legacy.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import { resultOf } from '#test/support/sandboxes.ts';

const fixture = join(import.meta.dirname, '../../../fixtures/frames_data.json');
const none: LegacyCounts = { teams: [], faculty: 0, projects: [], interfaces: [] };
const team = (lifecycle: string | null, discipline = 'software') => ({ lifecycle, discipline });
const teams = (incoming: number, established: number, outgoing: number) => [
  ...Array.from({ length: incoming }, () => team('incoming')),
  ...Array.from({ length: established }, () => team('established')),
  ...Array.from({ length: outgoing }, () => team('outgoing')),
];
const link = (bond: string | null, loss: number | null = null, isCrossDiscipline = false) => ({
  bond,
  loss,
  isCrossDiscipline,
});
const links = (bond: string, count: number) => Array.from({ length: count }, () => link(bond));
const nda = (counts: Partial<LegacyCounts>) => legacyModel({ ...none, ...counts }).nda;

const expected = {
  statistics: {
    totalMolecules: 14,
    totalBonds: 11,
    energyFlow: 63.6,
    decompositionRisk: 36.4,
    totalEnergyLoss: 20.9,
  },
  nda: {
    actorAutonomy: 0,
    partitionedKnowledge: 60,
    emergentOutputs: 30,
    temporalMisalignment: 25,
    integrationCost: 0,
    couplingDegradation: 0,
  },
  backward: {
    documentation: { risk: 36, riskLevel: 'LOW' },
    communication: { risk: 100, riskLevel: 'HIGH' },
    rationale: { risk: 27, riskLevel: 'LOW' },
    handoff: { risk: 38, riskLevel: 'LOW' },
  },
  lifecycle: {
    incoming: { count: 3, percentage: 37.5 },
    established: { count: 4, percentage: 50 },
    outgoing: { count: 1, percentage: 12.5 },
    total: 8,
  },
};

test('the legacy file has the measures of the original program', async () => {
  const workspace = await testWorkspace({ template: await makeTemplate(async () => {}) });
  const grant = workspace.core.grants.issue(fixture, 'read');
  const client = workspace.as();
  await resultOf(await client.transfer.importFile({ grant, options: { duration_unit: 'years' } }));
  expect(await client.analysis.originalMeasures({})).toEqual(expected);
});

test('an empty workspace has defined measures', () => {
  const { statistics, nda: scores, lifecycle } = legacyModel(none);
  expect(statistics).toEqual({
    totalMolecules: 0,
    totalBonds: 0,
    energyFlow: 0,
    decompositionRisk: 0,
    totalEnergyLoss: 0,
  });
  expect(Object.values(scores).some(Number.isNaN)).toBe(false);
  expect(lifecycle.incoming).toEqual({ count: 0, percentage: 0 });
});

test('halves go to the even neighbour', () => {
  expect([0.5, 1.5, 2.5, 37.5].map((value) => roundHalfEven(value))).toEqual([0, 2, 2, 38]);
  expect(roundHalfEven(36.25, 1)).toBe(36.2);
});

test('losses up to 15 % count as flowing, from 35 % as decomposing; unknown losses are in no mean', () => {
  const losses = [15, 15.1, 34.9, 35].map((loss) => link(null, loss));
  expect(legacyModel({ ...none, interfaces: losses }).statistics).toMatchObject({
    energyFlow: 25,
    decompositionRisk: 25,
  });
  const known = legacyModel({ ...none, interfaces: [link(null, 20), link(null)] }).statistics;
  expect(known).toMatchObject({ totalBonds: 2, totalEnergyLoss: 20 });
});

describe('each rule of NDA, just below and just above its threshold', () => {
  const short = { type: null, duration_months: 36 };
  const ofDisciplines = (count: number) => Array.from({ length: count }, (_, at) => team(null, `d${at}`));
  test.each([
    ['three teams for each of the faculty', 'actorAutonomy', { teams: teams(0, 3, 0), faculty: 1 }, 0],
    ['more', 'actorAutonomy', { teams: teams(0, 4, 0), faculty: 1 }, 30],
    [
      'as many institutional as codified',
      'actorAutonomy',
      { interfaces: [...links('codified-strong', 1), ...links('institutional-weak', 1)] },
      0,
    ],
    [
      'more institutional',
      'actorAutonomy',
      { interfaces: [...links('codified-strong', 1), ...links('institutional-weak', 2)] },
      40,
    ],
    ['30 % outgoing', 'actorAutonomy', { teams: teams(0, 7, 3), faculty: 4 }, 0],
    ['more outgoing', 'actorAutonomy', { teams: teams(0, 6, 4), faculty: 4 }, 30],
    ['four disciplines', 'partitionedKnowledge', { teams: ofDisciplines(4) }, 35],
    ['five', 'partitionedKnowledge', { teams: ofDisciplines(5) }, 60],
    [
      'links across disciplines enough',
      'partitionedKnowledge',
      { teams: ofDisciplines(1), interfaces: [link(null, null, true), link(null, null, true)] },
      0,
    ],
    [
      'one too few',
      'partitionedKnowledge',
      { teams: ofDisciplines(1), interfaces: [link(null, null, true)] },
      35,
    ],
    [
      'half institutional',
      'partitionedKnowledge',
      { interfaces: [...links('institutional-weak', 1), ...links('codified-strong', 1)] },
      0,
    ],
    ['more than half', 'partitionedKnowledge', { interfaces: links('institutional-weak', 1) }, 40],
    ['no multiversity project', 'emergentOutputs', { projects: [{ ...short, type: 'cubesat' }] }, 0],
    ['one', 'emergentOutputs', { projects: [{ ...short, type: 'multiversity' }] }, 30],
    [
      'as much research as contracts',
      'emergentOutputs',
      { projects: ['research', 'jpl-contract'].map((type) => ({ ...short, type })) },
      0,
    ],
    ['more research', 'emergentOutputs', { projects: [{ ...short, type: 'research' }] }, 40],
    ['40 % incoming', 'emergentOutputs', { teams: teams(4, 6, 0) }, 0],
    ['more incoming', 'emergentOutputs', { teams: teams(5, 5, 0) }, 30],
    ['as many incoming as outgoing', 'temporalMisalignment', { teams: teams(1, 2, 1) }, 0],
    ['more incoming than outgoing', 'temporalMisalignment', { teams: teams(2, 2, 1) }, 25],
    ['more than half as many outgoing as established', 'temporalMisalignment', { teams: teams(2, 3, 2) }, 35],
    ['projects of three years', 'temporalMisalignment', { projects: [short] }, 0],
    ['longer ones', 'temporalMisalignment', { projects: [{ ...short, duration_months: 37 }] }, 40],
    ['two links for each', 'integrationCost', { faculty: 1, interfaces: links('x', 2) }, 0],
    ['more', 'integrationCost', { faculty: 1, interfaces: links('x', 3) }, 30],
    ['30 % lost on all', 'integrationCost', { faculty: 1, interfaces: [link(null, 30)] }, 0],
    ['more', 'integrationCost', { faculty: 1, interfaces: [link(null, 30.1)] }, 40],
    [
      '20 % fragile',
      'couplingDegradation',
      { interfaces: [...links('fragile-temporary', 1), ...links('x', 4)] },
      0,
    ],
    ['more', 'couplingDegradation', { interfaces: [...links('fragile-temporary', 1), ...links('x', 3)] }, 35],
    [
      '40 % institutional',
      'couplingDegradation',
      { interfaces: [...links('institutional-weak', 2), ...links('x', 3)] },
      0,
    ],
    [
      'more',
      'couplingDegradation',
      { interfaces: [...links('institutional-weak', 3), ...links('x', 3)] },
      30,
    ],
  ] as [string, keyof ReturnType<typeof nda>, Partial<LegacyCounts>, number][])(
    '%s: %s',
    (_, score, counts, points) => {
      expect(nda(counts)[score]).toBe(points);
    },
  );
});

test('a risk is HIGH above 70 and MEDIUM above 40', () => {
  const levels = [40, 41, 70, 71].map((share) => {
    const interfaces = [...links('institutional-weak', share), ...links('codified-strong', 100 - share)];
    return legacyModel({ ...none, interfaces }).backward.rationale.riskLevel;
  });
  expect(levels).toEqual(['LOW', 'MEDIUM', 'MEDIUM', 'HIGH']);
});
