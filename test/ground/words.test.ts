import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '#scripts/lib/paths.ts';
import {
  catalogueTexts,
  commentProblems,
  documentProblems,
  phraseProblems,
  refusedIn,
  refusedPhrases,
  refusedWords,
  sourceTexts,
  wordProblems,
} from '#scripts/words.ts';

const glossary = readFileSync(join(root, 'docs/glossary.md'), 'utf8');
const refused = refusedWords(glossary);
const phrases = refusedPhrases(glossary);

test('declared names and file names made of refused words are found, local ones too', () => {
  const source = [
    'export function toldStream(asked: string) {}',
    'export const isGone = true;',
    'export type Progress = number;',
    'const told = 1;',
    'interface Answer { wantedRows: number; asked_at: string }',
    'class Queue { readonly #deeds = []; #tell() {} }',
    'const { rows: besideRows } = read(({ whose }) => whose.gone);',
  ];
  const kept = new Set(['asked_at']);
  expect(wordProblems('src/core/went-with.ts', source.join('\n'), refused, kept)).toEqual([
    'src/core/went-with.ts: the file\'s name has the word "went"',
    'src/core/went-with.ts:1: toldStream has the word "told"',
    'src/core/went-with.ts:1: asked has the word "asked"',
    'src/core/went-with.ts:2: isGone has the word "gone"',
    'src/core/went-with.ts:4: told has the word "told"',
    'src/core/went-with.ts:5: wantedRows has the word "wanted"',
    'src/core/went-with.ts:6: #deeds has the word "deeds"',
    'src/core/went-with.ts:6: #tell has the word "tell"',
    'src/core/went-with.ts:7: besideRows has the word "beside"',
    'src/core/went-with.ts:7: whose has the word "whose"',
  ]);
});

test('words that only contain a refused one pass', () => {
  expect(wordProblems('src/a.ts', 'export const litmus = 1;\nexport const split = 2;', refused)).toEqual([]);
});

test('a glossary without a list is an error', () => {
  expect(() => refusedWords('# Glossary')).toThrow('lists no refused words');
});

test('refused phrases are found in texts of the window, with anything for …', () => {
  const texts = catalogueTexts({
    title: 'Forecast',
    refused: { taken: 'Another sandbox is called so already.' },
    sure: 'same rank in {{share}} of {{runs}} perturbed networks',
  });
  expect(phraseProblems('en.ts', texts, phrases)).toEqual([
    'en.ts: refused.taken has the phrase "is called so"; write "A … with this name already exists"',
    'en.ts: sure has the phrase "same rank in … perturbed networks"; write "Rank is uncertain: holds in … of … stress tests"',
    'en.ts: sure has the phrase "perturbed network"; write "stress test"',
  ]);
});

test('refused phrases are found in texts of commands, not in comments', () => {
  const source =
    "/** Records behind the value. */\nconst help = 'Shows a link.';\nsay(`Records behind the value: ${n}`);";
  expect(phraseProblems('cli.ts', sourceTexts(source), phrases)).toEqual([
    'cli.ts: 3 has the phrase "Records behind the value"; write "Based on these records"',
  ]);
});

test('a glossary without phrases is an error', () => {
  expect(() => refusedPhrases('# Glossary')).toThrow('lists no refused phrases');
});

test('refused phrases are found in comments, also over lines, not in texts', () => {
  const source = "/**\n * Reads what\n * is there anew.\n */\nconst label = 'What is new';\n// Whoever asks.";
  expect(commentProblems('a.ts', source, refusedIn('comments', glossary))).toEqual([
    'a.ts:1: the comment has the phrase "anew"; name the thing',
    'a.ts:1: the comment has the phrase "what is"; name the thing',
    'a.ts:6: the comment has the phrase "whoever"; name the thing',
  ]);
  expect(() => refusedIn('comments', '# Glossary')).toThrow('lists no phrases of comments');
});

test('refused phrases are found in documents', () => {
  const text = '# Views\n\nThe panel opens beside the list.\n';
  expect(documentProblems('docs/views.md', text, refusedIn('documents', glossary))).toEqual([
    'docs/views.md:3: the document has the phrase "beside"',
  ]);
  expect(() => refusedIn('documents', '# Glossary')).toThrow('lists no phrases of documents');
});
