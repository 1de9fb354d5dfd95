import { describe, expect, it } from 'vitest';
import { maxStoredProblems } from '#core/kernel/files/read-file.ts';
import { RowProblems } from '#core/import/table/rows/row-problems.ts';

const note = { column: 1, field: 'size', code: 'not_a_number', action: 'empty' } as const;

describe('problems of rows', () => {
  it('of one value and one kind are one, with the lines that have it', () => {
    const problems = new RowProblems();
    for (const line of [2, 5]) problems.add({ ...note, line, value: 'many' });
    problems.add({ ...note, line: 3, value: 'few', action: 'skipped' });
    expect(problems.list()).toMatchObject([
      { value: 'few', action: 'skipped' },
      { value: 'many', count: 2, lines: [2, 5] },
    ]);
    expect(problems.size).toBe(2);
  });

  it('are counted all, and remembered only as far as memory is for', () => {
    const problems = new RowProblems();
    for (let line = 0; line < maxStoredProblems + 10; line++)
      problems.add({ ...note, line, value: `${line}` });
    problems.add({ ...note, line: 7, value: '7' });
    expect(problems.size).toBe(maxStoredProblems + 10);
    problems.add({ ...note, line: 8, value: `${maxStoredProblems + 5}` });
    expect(problems.size).toBe(maxStoredProblems + 11);
    expect(problems.list()[7]).toMatchObject({ value: '7', count: 2 });
  });
});
