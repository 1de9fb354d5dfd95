import { readFileSync, readdirSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { root } from './lib/paths.ts';

/** The words that the glossary refuses in names. Throws where the glossary lists none. */
export function refusedWords(glossary: string): ReadonlySet<string> {
  const list = /<!-- refused -->([^<]*)<!-- end -->/.exec(glossary)?.[1] ?? '';
  const words = list.split(/[\s,]+/).filter(Boolean);
  if (words.length === 0) throw new Error('docs/glossary.md lists no refused words');
  return new Set(words);
}

/** The words that a name is made of: `toldStream`, `TOLD_STREAM` and `told-stream` are told and stream. */
const wordsOf = (name: string): string[] =>
  (name.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g) ?? []).map((word) => word.toLowerCase());

const exported =
  /^export (?:declare |default )?(?:async )?(?:abstract )?(?:function\*?|const|let|class|interface|type|enum) ([\w$]+)/gm;

/** What a file's name and its exported names have of the refused words, each as one plain sentence. */
export function wordProblems(file: string, source: string, refused: ReadonlySet<string>): string[] {
  const bad = (name: string): string | undefined => wordsOf(name).find((word) => refused.has(word));
  const own = bad(basename(file, extname(file)));
  const names = [...source.matchAll(exported)].map(([, name = '']) => name).filter((name) => bad(name));
  return [
    ...(own ? [`${file}: the file's name has the word "${own}"`] : []),
    ...names.map((name) => `${file}: ${name} has the word "${bad(name)}"`),
  ];
}

function main(): number {
  const refused = refusedWords(readFileSync(join(root, 'docs/glossary.md'), 'utf8'));
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(tsx?|css)$/.test(file))
    .map((file) => join('src', file));
  const problems = files.flatMap((file) =>
    wordProblems(file, readFileSync(join(root, file), 'utf8'), refused),
  );
  for (const problem of problems) console.error(`${problem}: docs/glossary.md has a better one`);
  return problems.length === 0 ? 0 : 1;
}

if (import.meta.main) process.exitCode = main();
