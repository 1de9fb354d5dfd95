import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '#scripts/lib/paths.ts';
import { refusedWords, wordProblems } from '#scripts/words.ts';

const refused = refusedWords(readFileSync(join(root, 'docs/glossary.md'), 'utf8'));

test('exported names and file names made of refused words are found', () => {
  const source = [
    'export function toldStream() {}',
    'export const isGone = true;',
    'export type Progress = number;',
    'const told = 1;',
  ];
  expect(wordProblems('src/core/went-with.ts', source.join('\n'), refused)).toEqual([
    'src/core/went-with.ts: the file\'s name has the word "went"',
    'src/core/went-with.ts: toldStream has the word "told"',
    'src/core/went-with.ts: isGone has the word "gone"',
  ]);
});

test('words that only contain a refused one pass', () => {
  expect(wordProblems('src/a.ts', 'export const litmus = 1;\nexport const split = 2;', refused)).toEqual([]);
});

test('a glossary without a list is an error', () => {
  expect(() => refusedWords('# Glossary')).toThrow('lists no refused words');
});
