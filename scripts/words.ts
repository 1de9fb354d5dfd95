import { readFileSync, readdirSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import ts from 'typescript';
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

/** The keys that the glossary keeps although they have a refused word: those of stored records and of public JSON. */
export function keptNames(glossary: string): ReadonlySet<string> {
  const list = /<!-- kept -->([^<]*)<!-- end -->/.exec(glossary)?.[1] ?? '';
  return new Set(list.split(/[\s,]+/).filter(Boolean));
}

const isKey = (node: ts.Node): boolean =>
  ts.isPropertySignature(node) ||
  ts.isPropertyAssignment(node) ||
  ts.isShorthandPropertyAssignment(node) ||
  ts.isBindingElement(node);

/** The names that a source file declares, local ones too, each with its line. */
function declaredNames(file: string, source: string): { name: string; line: number; isKey: boolean }[] {
  const kind = file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const parsed = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, false, kind);
  const found: { name: string; line: number; isKey: boolean }[] = [];
  const visit = (node: ts.Node): void => {
    const name = (node as ts.NamedDeclaration).name;
    const isDeclared = !ts.isPropertyAccessExpression(node) && !ts.isJsxAttribute(node);
    if (
      name &&
      isDeclared &&
      (ts.isIdentifier(name) || ts.isPrivateIdentifier(name) || ts.isStringLiteral(name))
    )
      found.push({
        name: name.text,
        line: parsed.getLineAndCharacterOfPosition(name.getStart(parsed)).line + 1,
        isKey: isKey(node),
      });
    ts.forEachChild(node, visit);
  };
  visit(parsed);
  return found;
}

/** The refused words in a file's name and in the names that it declares, each as one sentence. */
export function wordProblems(
  file: string,
  source: string,
  refused: ReadonlySet<string>,
  kept: ReadonlySet<string> = new Set(),
): string[] {
  const bad = (name: string): string | undefined => wordsOf(name).find((word) => refused.has(word));
  const own = bad(basename(file, extname(file)));
  // The keys of texts are codes of states and reasons.
  const hasNames = !file.endsWith('.css') && !/\/(i18n|texts)\/(en|de)\//.test(file);
  const declared = hasNames ? declaredNames(file, source) : [];
  return [
    ...(own ? [`${file}: the file's name has the word "${own}"`] : []),
    ...declared
      .filter(({ name, isKey: isOfKey }) => bad(name) && !(isOfKey && kept.has(name)))
      .map(({ name, line }) => `${file}:${line}: ${name} has the word "${bad(name)}"`),
  ];
}

/** A phrase that the glossary refuses in texts, and what to write instead. */
export interface RefusedPhrase {
  phrase: string;
  instead: string;
  pattern: RegExp;
}

/** The phrases that the glossary refuses in texts; `…` in one of them is anything. Throws if the glossary lists none. */
export function refusedPhrases(glossary: string): readonly RefusedPhrase[] {
  const table = /<!-- phrases -->([\s\S]*?)<!-- end -->/.exec(glossary)?.[1] ?? '';
  const rows = [...table.matchAll(/^\| (.+?) \| (.+?) \|$/gm)].slice(1);
  if (rows.length === 0) throw new Error('docs/glossary.md lists no refused phrases');
  return rows.map(([, phrase = '', instead = '']) => ({
    phrase,
    instead,
    pattern: new RegExp(
      phrase.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('…', '.+?'),
      'i',
    ),
  }));
}

/** Every text of a catalogue, with its key. */
export function catalogueTexts(part: object, path = ''): [key: string, text: string][] {
  return Object.entries(part).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'string' ? [[path + key, value]] : catalogueTexts(value as object, `${path}${key}.`),
  );
}

const tokens = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\[\s\S])*`/g;

/** The texts and comments of a source file, each with the line that it begins in. */
const tokensOf = (source: string): { line: string; token: string }[] =>
  [...source.matchAll(tokens)].map(({ 0: token, index }) => ({
    line: String(source.slice(0, index).split('\n').length),
    token,
  }));

/** The literal texts of a source file, with the line each begins in. Comments are skipped. */
export const sourceTexts = (source: string): [key: string, text: string][] =>
  tokensOf(source)
    .filter(({ token }) => !token.startsWith('/'))
    .map(({ line, token }) => [line, token.slice(1, -1)]);

/** The phrases that the glossary refuses in comments or documents. Throws if it lists none. */
export function refusedIn(place: 'comments' | 'documents', glossary: string): readonly string[] {
  const list = new RegExp(`<!-- ${place} -->([^<]*)<!-- end -->`).exec(glossary)?.[1] ?? '';
  const phrases = list.split(',').map((phrase) => phrase.trim());
  if (phrases.some((phrase) => phrase === ''))
    throw new Error(`docs/glossary.md lists no phrases of ${place}`);
  return phrases;
}

/** The refused phrases in the comments of a source file, each as one plain sentence. */
export function commentProblems(file: string, source: string, refused: readonly string[]): string[] {
  return tokensOf(source)
    .filter(({ token }) => token.startsWith('/'))
    .flatMap(({ line, token }) =>
      refused
        .filter((phrase) =>
          new RegExp(String.raw`\b${phrase}\b`, 'i').test(token.replaceAll(/\s+\*?\s*/g, ' ')),
        )
        .map((phrase) => `${file}:${line}: the comment has the phrase "${phrase}"; name the thing`),
    );
}

/** The refused phrases in a document, each as one sentence. */
export const documentProblems = (file: string, text: string, refused: readonly string[]): string[] =>
  text
    .split('\n')
    .flatMap((line, index) =>
      refused
        .filter((phrase) => new RegExp(String.raw`\b${phrase}\b`, 'i').test(line))
        .map((phrase) => `${file}:${index + 1}: the document has the phrase "${phrase}"`),
    );

/** The refused phrases in the texts of a file, each as one plain sentence. */
export function phraseProblems(
  file: string,
  texts: readonly [key: string, text: string][],
  refused: readonly RefusedPhrase[],
): string[] {
  return texts.flatMap(([key, text]) =>
    refused
      .filter(({ pattern }) => pattern.test(text))
      .map(({ phrase, instead }) => `${file}: ${key} has the phrase "${phrase}"; write "${instead}"`),
  );
}

const filesIn = (folder: string, ending: RegExp): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => ending.test(file))
    .map((file) => join(folder, file));

const read = (file: string): string => readFileSync(join(root, file), 'utf8');

async function main(): Promise<number> {
  const glossary = read('docs/glossary.md');
  const [words, kept] = [refusedWords(glossary), keptNames(glossary)];
  const phrases = refusedPhrases(glossary);
  const names = filesIn('src', /\.(tsx?|css)$/).flatMap((file) =>
    wordProblems(file, read(file), words, kept),
  );
  const windowTexts = await Promise.all(
    [...filesIn('src/renderer/i18n/en', /\.ts$/), ...filesIn('src/shared/texts/en', /\.ts$/)].map(
      async (file) => {
        const catalogue = (await import(join(root, file))) as { default: object };
        return phraseProblems(file, catalogueTexts(catalogue.default), phrases);
      },
    ),
  );
  const commandTexts = filesIn('src/cli', /\.ts$/).flatMap((file) =>
    phraseProblems(file, sourceTexts(read(file)), phrases),
  );
  const inComments = refusedIn('comments', glossary);
  const comments = filesIn('src', /\.tsx?$/).flatMap((file) => commentProblems(file, read(file), inComments));
  const inDocuments = refusedIn('documents', glossary);
  const documents = [
    ...filesIn('docs', /^(?!reference|glossary).*\.md$/),
    ...readdirSync(root).filter((file) => file.endsWith('.md')),
  ];
  const documentTexts = documents.flatMap((file) => documentProblems(file, read(file), inDocuments));
  for (const problem of names) console.error(`${problem}: docs/glossary.md has a better one`);
  const texts = [...windowTexts.flat(), ...commandTexts, ...comments, ...documentTexts];
  for (const problem of texts) console.error(problem);
  return names.length + texts.length === 0 ? 0 : 1;
}

if (import.meta.main) process.exitCode = await main();
