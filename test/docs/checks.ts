import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { anchorsOf, blockLines, linksOf, spanLines } from './markdown.ts';
import type { Page } from './markdown.ts';

/** Every Markdown file of the repository. */
export function pagesOf(root: string): Page[] {
  const generated = new Set(['node_modules', 'out', 'dist', 'test-results', 'coverage', '.git']);
  return globSync('**/*.md', { cwd: root, exclude: (name) => generated.has(name) })
    .filter((path) => !path.includes('fixtures'))
    .toSorted()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

/** Links and images of a page that lead nowhere, in files or in their anchors. */
export function linkProblems({ path, text }: Page, root: string): string[] {
  return linksOf(text).flatMap((link) => {
    if (/^[a-z]+:/.test(link)) return [];
    const [file = '', anchor] = decodeURIComponent(link).split('#');
    const target = file === '' ? path : normalize(join(dirname(path), file));
    if (target !== path && (target.startsWith('..') || !existsSync(join(root, target))))
      return [`${link}: there is no ${target}`];
    if (anchor === undefined || !target.endsWith('.md')) return [];
    const anchors = anchorsOf(target === path ? text : readFileSync(join(root, target), 'utf8'));
    return anchors.has(anchor) ? [] : [`${link}: ${target} has no heading for #${anchor}`];
  });
}

const codeOf = (text: string): string[] => [...blockLines(text), ...spanLines(text).flat()];

/** `npm run X`, `npm X` and `npm X` of the scripts that npm knows by name, which package.json does not have. */
export function scriptProblems({ text }: Page, scripts: ReadonlySet<string>): string[] {
  const named = codeOf(text).flatMap((line) =>
    [...line.matchAll(/\bnpm (?:run (?:-s )?([\w:-]+)|(start|test)\b)/g)].map(
      ([, script, own]) => script ?? own ?? '',
    ),
  );
  return named
    .filter((script) => !scripts.has(script))
    .map((script) => `npm run ${script}: there is no such script`);
}

const variable = /\bFRAMES_[A-Z][A-Z_]*[A-Z]\b/g;

/** The variables of the environment that programs, scripts and workflows name. */
export function variablesOf(root: string): Set<string> {
  const files = globSync(
    [
      '{src,scripts,test,bench,bin,deploy,.ci,.github}/**/*',
      'package.json',
      '.env.example',
      'electron.vite.config.ts',
    ],
    { cwd: root, exclude: (name) => name === 'docs' || name.endsWith('.md') },
  );
  const texts = files
    .map((file) => join(root, file))
    .filter((file) => statSync(file).isFile() && statSync(file).size < 500_000)
    .map((file) => readFileSync(file, 'utf8'));
  return new Set(texts.flatMap((text) => text.match(variable) ?? []));
}

export const variableProblems = ({ text }: Page, known: ReadonlySet<string>): string[] =>
  [...new Set(text.match(variable) ?? [])]
    .filter((name) => !known.has(name))
    .map((name) => `${name}: nothing reads it`);

/** Results of a run, which a fresh clone does not have. */
const made = new Set(['bench/results.json']);

/** Paths in code spans that lead to no file. `*`, `<word>` and a word in capitals stand for anything. */
export function pathProblems({ text }: Page, root: string): string[] {
  const paths = spanLines(text)
    .flat()
    .filter(
      (span) => /^(src|scripts|deploy|docs|test|migrations|bench)\/[^\s`]*$/.test(span) && !made.has(span),
    );
  return paths.flatMap((path) => {
    const pattern = path.replaceAll(/<\w+>|\b[A-Z]{3,}\b(?!\.md)/g, '*').replace(/\/$/, '');
    const isThere = /[*{]/.test(pattern)
      ? globSync(pattern, { cwd: root }).length > 0
      : existsSync(join(root, pattern));
    return isThere ? [] : [`${path}: there is no such file`];
  });
}
