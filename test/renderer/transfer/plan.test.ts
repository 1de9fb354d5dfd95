import { describe, expect, it } from 'vitest';
import '#renderer/i18n/setup.ts';
import {
  firstChoices,
  importSum,
  needsConsent,
  planLines,
  writes,
} from '#renderer/features/transfer/import/plan.ts';
import { planSentences } from '#renderer/features/transfer/import/Preview.tsx';
import type { ImportPlan } from '#shared/contract/transfer.ts';
import { sumOf } from '#shared/domain/counts.ts';

const plan: ImportPlan = {
  source: 'frames_data.json',
  sha256: 'x',
  bytes: 100,
  counts: { teams: 8, faculty: 1, interfaces: 0 },
  creates: { teams: 5, faculty: 0 },
  updates: { teams: 1, faculty: 0 },
  restores: { teams: 1 },
  unchanged: { teams: 1, faculty: 1 },
  duration_unit: 'years',
  loss_unit: null,
  same_universities: 0,
  problems: [],
  problem_counts: {},
  sample: { teams: [{ id: 't1', title: 'Thermal' }], faculty: [{ id: 'f1', title: '' }] },
  changed: [],
  workspace_empty: false,
};
const empty = { creates: {}, updates: {}, restores: {}, unchanged: {} };

describe('what an import will do', () => {
  it('is told kind by kind, in the usual order, without kinds that the file has not', () => {
    expect(planLines(plan)).toEqual([
      { type: 'team', inFile: 8, creates: 5, updates: 1, restores: 1, unchanged: 1, sample: ['Thermal'] },
      { type: 'faculty', inFile: 1, creates: 0, updates: 0, restores: 0, unchanged: 1, sample: ['f1'] },
    ]);
    expect(writes(plan)).toBe(7);
    expect(sumOf(plan.counts)).toBe(9);
  });

  it('is said in plain words', () => {
    expect(planSentences(plan)).toEqual([
      '5 teams will be added.',
      '1 team will be changed to what the file says.',
      'Deleted records will be restored: 1 team.',
      '1 team and 1 faculty member are here already, just as the file has them.',
      'Nothing is deleted.',
    ]);
  });

  it('says when there is nothing to do', () => {
    expect(planSentences({ ...plan, ...empty, unchanged: { teams: 8 } })[0]).toContain('nothing to import');
    expect(planSentences({ ...plan, ...empty, counts: {} })[0]).toContain('no record that can be imported');
  });

  it('into a workspace that has records only with consent, and after a backup unless told otherwise', () => {
    expect(firstChoices(plan)).toEqual({ force: false, backup: true });
    expect(needsConsent({ plan, force: false })).toBe(true);
    expect(needsConsent({ plan, force: true })).toBe(false);
    expect(needsConsent({ plan: { ...plan, workspace_empty: true }, force: false })).toBe(false);
    expect(firstChoices({ ...plan, workspace_empty: true }).backup).toBe(false);
  });

  it('adds up what was made, changed and brought back', () => {
    const result = { op_id: 'x', problems: 0, verified: true, backup: null };
    const sum = importSum({
      ...result,
      created: { teams: 1 },
      updated: { teams: 2 },
      restored: { faculty: 3 },
    });
    expect(sum).toEqual({ teams: 3, faculty: 3 });
  });
});
