import { expect, test } from 'vitest';
import { importedLines, planLines } from '#cli/output/import.ts';
import type { ImportPlan, ImportResult, Problem } from '#shared/contract/transfer.ts';

const problem = (at: number): Problem => ({
  path: `$.teams[${at}].name`,
  code: 'missing_name',
  message: 'The name\nis missing.',
  action: 'given',
});
const plan: ImportPlan = {
  source: 'data.json',
  sha256: '0',
  bytes: 10,
  counts: { teams: 2, risk_factors: 1, faculty: 0 },
  creates: { teams: 1, risk_factors: 1 },
  updates: { teams: 0 },
  restores: {},
  unchanged: { teams: 1 },
  duration_unit: null,
  loss_unit: null,
  same_universities: 0,
  problems: [],
  problem_counts: {},
  sample: {},
  changed: [],
  workspace_empty: true,
};

test('a dry run says what would come, and that nothing was changed', () => {
  expect(planLines(plan, '/tmp/map.json')).toEqual([
    'data.json would bring: 2 teams, 1 risk factor.',
    '  new: 1 team, 1 risk factor',
    '  as they are: 1 team',
    '  No problems.',
    'Nothing was changed. The map is in /tmp/map.json.',
  ]);
});

test('of many problems the first twenty are shown, each on one line, and the rest is counted', () => {
  const problems = Array.from({ length: 30 }, (_, at) => problem(at));
  const lines = planLines(
    { ...plan, duration_unit: 'years', problems, problem_counts: { missing_name: 1234 } },
    'm',
  );
  expect(lines).toContain('  Durations are taken as years.');
  expect(lines).toContain('  1,234 problems:');
  expect(lines).toContain('    $.teams[0].name (given): The name is missing.');
  expect(lines.filter((line) => line.includes('(given)'))).toHaveLength(20);
  expect(lines).toContain('    … and 1,214 more, in the map');
});

test('an import says what it did, where the copy is, and when there was nothing to do', () => {
  const result: ImportResult = {
    op_id: 'op',
    created: { teams: 2 },
    updated: { teams: 0 },
    restored: { projects: 1 },
    problems: 1,
    verified: true,
    backup: '20261120T083000000Z',
  };
  expect(importedLines(result, [problem(3)], 'map.json')).toEqual([
    'Imported: created 2 teams; restored 1 project.',
    '  1 problem:',
    '    $.teams[3].name (given): The name is missing.',
    'A copy of the workspace as it was is in backups/20261120T083000000Z.',
    'The map is in map.json.',
  ]);
  const none = { ...result, created: {}, restored: {}, problems: 0, backup: null };
  expect(importedLines(none, [], undefined)).toEqual([
    'Nothing to change: the workspace holds all of it already.',
  ]);
});
