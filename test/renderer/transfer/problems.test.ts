import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import '#renderer/i18n/setup.ts';
import {
  firstOpen,
  groupProblems,
  groupText,
  problemRows,
} from '#renderer/features/transfer/import/Problems.tsx';
import { problem } from '#shared/contract/transfer.ts';
import type { Problem } from '#shared/contract/transfer.ts';

const codes = problem.shape.code.options;
const actions = problem.shape.action.options;
const arbitrary = fc.record({
  path: fc.string(),
  code: fc.constantFrom(...codes),
  message: fc.string(),
  action: fc.constantFrom(...actions),
});

function countsOf(problems: readonly Problem[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { code } of problems) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

const dangling: Problem = {
  path: '$.interfaces[3].to',
  code: 'dangling_end',
  message: 'There is no record "nowhere"; the interface is left out.',
  action: 'skipped',
};
const unknown: Problem = {
  path: '$.teams[0].discipline',
  code: 'unknown_value',
  message: '"astrology" is no known discipline; it is kept as it is.',
  action: 'kept',
};

describe('problems by kind', () => {
  test.prop([fc.array(arbitrary)])('every problem is in just one group, and all are counted', (problems) => {
    const groups = groupProblems({ problems, problem_counts: countsOf(problems) });
    expect(groups.flatMap((group) => group.problems)).toHaveLength(problems.length);
    expect(groups.every((group) => group.problems.every(({ code }) => code === group.code))).toBe(true);
    expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(problems.length);
  });

  it('what is lost comes before what is kept', () => {
    const groups = groupProblems({
      problems: [unknown, dangling],
      problem_counts: { unknown_value: 1, dangling_end: 1 },
    });
    expect(groups.map(({ code }) => code)).toEqual(['dangling_end', 'unknown_value']);
  });

  it('counts those that are not listed', () => {
    const [group] = groupProblems({ problems: [unknown], problem_counts: { unknown_value: 1500 } });
    expect(group?.count).toBe(1500);
    const rows = problemRows(group ? [group] : [], new Set(['unknown_value']), '');
    expect(rows.at(-1)).toEqual({ kind: 'more', code: 'unknown_value', count: 1499 });
  });

  it.each(codes)('%s has words of its own', (code) => {
    expect(groupText(code, 1)).not.toContain(code);
    expect(groupText(code, 2)).toContain('2');
  });
});

describe('the list of problems', () => {
  const groups = groupProblems({
    problems: [dangling, unknown],
    problem_counts: { dangling_end: 1, unknown_value: 1 },
  });

  it('shows only the kinds until one is opened', () => {
    expect(problemRows(groups, new Set(), '').map(({ kind }) => kind)).toEqual(['group', 'group']);
    expect(problemRows(groups, new Set(['dangling_end']), '').map(({ kind }) => kind)).toEqual([
      'group',
      'problem',
      'group',
    ]);
  });

  it('a search opens what has a hit and leaves out the rest, by words in path and message', () => {
    const rows = problemRows(groups, new Set(), 'ASTROLOGY teams');
    expect(rows.map(({ kind }) => kind)).toEqual(['group', 'problem']);
    expect(problemRows(groups, new Set(), 'no such words')).toEqual([]);
  });

  it('is open at first only when that is not much to read', () => {
    expect(firstOpen(groups)).toEqual(new Set(['dangling_end', 'unknown_value']));
    const many = Array.from({ length: 13 }, () => unknown);
    expect(firstOpen(groupProblems({ problems: many, problem_counts: {} })).size).toBe(0);
  });
});
