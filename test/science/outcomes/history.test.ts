import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { formatHistory, readHistory } from '#scripts/science/outcomes/history.ts';
import { openHistory } from '#scripts/science/outcomes/sources.ts';
import { testFolder } from '#test/support/folder.ts';

const text = 'C\t18500\t0,3\nA\t0\nM\t1\nC\t18400\t3\nD\t0\nT\t1\nF\t0\ta/one.py\nF\t1\ta/b/two.py\n';

describe('a history as numbers', () => {
  test('is read in the order of its lines, and written back', () => {
    const history = readHistory(text, 'h.tsv');
    expect(history).toEqual({
      commits: [
        {
          day: 18_500,
          authors: [0, 3],
          changes: [
            { file: 0, kind: 'A' },
            { file: 1, kind: 'M' },
          ],
        },
        {
          day: 18_400,
          authors: [3],
          changes: [
            { file: 0, kind: 'D' },
            { file: 1, kind: 'T' },
          ],
        },
      ],
      paths: ['a/one.py', 'a/b/two.py'],
    });
    expect(formatHistory(history)).toBe(text);
  });

  test.for([
    ['an unknown kind of line', 'C\t1\t0\nX\t0\nF\t0\ta\n', 'line 2: a line begins with C, A, M, T, D or F'],
    ['a day that is no number', 'C\t1.5\t0\n', 'line 1: “1.5” is not a number'],
    ['a commit without an author', 'C\t1\n', 'line 1: “” is not a number'],
    ['a change before any commit', 'M\t0\nF\t0\ta\n', 'line 1: there is no commit before this change'],
    ['a path twice', 'C\t1\t0\nF\t0\ta\nF\t0\tb\n', 'line 3: this file has a path already'],
    ['a file without a path', 'C\t1\t0\nM\t0\nM\t7\nF\t0\ta\n', 'line 3: file 7 has no path'],
    ['a column too many', 'C\t1\t0\nM\t0\t1\t2\n', 'line 2: there are too many columns'],
    ['no commits', '\n', 'has no commits'],
  ] as const)('is refused with %s', ([, bad, message]) => {
    expect(() => readHistory(bad, 'h.tsv')).toThrow(message);
    expect(() => readHistory(bad, 'h.tsv')).toThrow('h.tsv');
  });

  test('can be compressed; an error names the file', () => {
    const folder = testFolder();
    const [good, plain, broken] = ['good.tsv.gz', 'plain.tsv', 'broken.tsv.gz'].map((name) =>
      join(folder, name),
    ) as [string, string, string];
    writeFileSync(good, gzipSync(text));
    writeFileSync(plain, text);
    writeFileSync(broken, gzipSync(text).subarray(0, 30));
    expect(openHistory(good)).toEqual(readHistory(text, 'h.tsv'));
    expect(openHistory(plain)).toEqual(readHistory(text, 'h.tsv'));
    expect(() => openHistory(broken)).toThrow(`${broken} cannot be decompressed`);
    expect(() => openHistory(join(folder, 'none.tsv'))).toThrow('none.tsv does not exist');
    expect(() => openHistory(folder)).toThrow(
      `The git history of ${folder} cannot be read: fatal: not a git`,
    );
  });
});
