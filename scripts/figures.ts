import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { reasonOf } from './lib/electron-kinds.ts';
import { root, toolEnv } from './lib/paths.ts';
import { capture } from './lib/capture.ts';
import { git } from './lib/git.ts';

/** A module of the sources as dependency-cruiser reports it. */
interface Module {
  source: string;
  dependents: string[];
}

const isSource = (path: string): boolean => /^src\/.*\.(ts|tsx|css)$/.test(path);
const isCode = (path: string): boolean => /\.(ts|tsx)$/.test(path);
const isComment = (line: string): boolean => /^\s*(\/\/|\/\*|\*)/.test(line);
const oneWordExport = /^export (?:async )?(?:function\*?|const) [a-z]+\b/gm;

/** Prints how large the program is: `npm run figures`. Counts files that git tracks. */
async function main(): Promise<void> {
  const files = git(['ls-files']).split('\n');
  const textsOf = (isCounted: (path: string) => boolean): string[] =>
    files.filter(isCounted).map((path) => readFileSync(join(root, path), 'utf8'));
  const linesOf = (texts: readonly string[]): string[] => texts.flatMap((text) => text.trimEnd().split('\n'));

  const source = textsOf(isSource);
  const code = textsOf((path) => isSource(path) && isCode(path));
  const { modules } = JSON.parse(
    await output('depcruise', ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'src']),
  ) as { modules: Module[] };
  const isImportedOnce = ({ source: path, dependents }: Module): boolean =>
    isSource(path) && isCode(path) && dependents.filter(isSource).length === 1;

  const figures: [name: string, count: number][] = [
    ['lines of source with CSS and texts', linesOf(source).length],
    ['lines of tests', linesOf(textsOf((path) => path.startsWith('test/') && isCode(path))).length],
    ['comment lines of source', linesOf(source).filter(isComment).length],
    ['lines of CSS', linesOf(textsOf((path) => isSource(path) && path.endsWith('.css'))).length],
    ['source files', code.length],
    ['source files with one importer', modules.filter(isImportedOnce).length],
    [
      'exported functions and values named with one word',
      code.flatMap((text) => text.match(oneWordExport) ?? []).length,
    ],
    ['characters of ARCHITECTURE.md', readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8').length],
  ];
  for (const [name, count] of figures) console.log(`${String(count).padStart(8)}  ${name}`);
}

async function output(command: string, args: string[]): Promise<string> {
  const { code, stdout, stderr } = await capture(command, args, { env: toolEnv() });
  if (code !== 0) throw new Error(`${command} ended with code ${code}: ${stderr}`);
  return stdout;
}

try {
  await main();
} catch (error) {
  console.error(reasonOf(error));
  process.exitCode = 1;
}
