import { posix } from 'node:path';

type Resolve = (target: string, from: string, files: FileIndex) => string | null;

/** Finds files by the ends of their paths. */
export class FileIndex {
  readonly #paths: ReadonlySet<string>;
  readonly #byName: ReadonlyMap<string, readonly string[]>;

  constructor(paths: readonly string[]) {
    this.#paths = new Set(paths);
    this.#byName = Map.groupBy(paths, (path) => posix.basename(path));
  }

  exact(path: string): string | null {
    const normal = posix.normalize(path);
    return this.#paths.has(normal) ? normal : null;
  }

  /** The file whose path ends with `target`; of several the one closest to `from`. Null for none, or if two are equally close. */
  ending(target: string, from: string): string | null {
    const found = (this.#byName.get(posix.basename(target)) ?? []).filter(
      (path) => path === target || path.endsWith(`/${target}`),
    );
    const folders = posix.dirname(from).split('/');
    const closeness = (path: string): number => {
      const parts = path.split('/');
      const different = folders.findIndex((folder, index) => folder !== parts[index]);
      return different === -1 ? folders.length : different;
    };
    const [first, second] = found.toSorted((a, b) => closeness(b) - closeness(a));
    if (first === undefined || (second !== undefined && closeness(first) === closeness(second))) return null;
    return first;
  }
}

const scriptEndings = [
  '',
  '.ts',
  '.tsx',
  '.js',
  '.jsx',
  '.mjs',
  '.cjs',
  '.vue',
  '.svelte',
  '/index.ts',
  '/index.js',
  '/index.tsx',
];

const resolveScript: Resolve = (target, from, files) => {
  if (!target.startsWith('.')) return null;
  const base = posix.join(posix.dirname(from), target);
  for (const ending of scriptEndings) {
    const found = files.exact(`${base}${ending}`) ?? files.exact(base.replace(/\.js$/, ending));
    if (found !== null) return found;
  }
  return null;
};

const resolveInclude: Resolve = (target, from, files) =>
  files.exact(posix.join(posix.dirname(from), target)) ??
  files.ending(target.replace(/^(?:\.\.?\/)+/, ''), from);

const resolvePython: Resolve = (target, from, files) => {
  const [, dots = '', name = ''] = /^(\.*)(.*)$/.exec(target) ?? [];
  const parts = name.split('.').join('/');
  const find = (path: string): string | null =>
    dots === ''
      ? files.ending(path, from)
      : files.exact(posix.join(posix.dirname(from), '../'.repeat(dots.length - 1), path));
  return find(`${parts}.py`) ?? find(`${parts}/__init__.py`);
};

const resolveClass: Resolve = (target, from, files) => {
  const path = target.replace(/\.\*$/, '').split('.').join('/');
  return files.ending(`${path}.java`, from) ?? files.ending(`${path}.kt`, from);
};

const resolveModule: Resolve = (target, from, files) => {
  const folder = posix.dirname(from);
  const own = /\/(?:mod|lib|main)\.rs$/.test(`/${from}`) ? folder : from.replace(/\.rs$/, '');
  return files.exact(posix.join(own, `${target}.rs`)) ?? files.exact(posix.join(own, target, 'mod.rs'));
};

const script = {
  pattern: /(?:\bfrom\s*|\bimport\s*(?:\(\s*)?|\brequire\s*\(\s*)['"]([^'"\n]+)['"]/g,
  resolve: resolveScript,
};
const include = { pattern: /^[ \t]*#[ \t]*include[ \t]*["<]([^">\n]+)[">]/gm, resolve: resolveInclude };
const classes = { pattern: /^[ \t]*import[ \t]+(?:static[ \t]+)?([\w.]+(?:\.\*)?)/gm, resolve: resolveClass };

/** The import syntax of each supported language. Each pattern reads any text in one pass. */
const importForms: Readonly<Record<string, { pattern: RegExp; resolve: Resolve }>> = {
  C: include,
  'C++': include,
  'Objective-C': include,
  CUDA: include,
  JavaScript: script,
  TypeScript: script,
  HTML: script,
  Python: {
    pattern: /^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import|import[ \t]+([\w.]+))/gm,
    resolve: resolvePython,
  },
  Java: classes,
  Kotlin: classes,
  Rust: { pattern: /^[ \t]*(?:pub(?:\([^)\n]*\))?[ \t]+)?mod[ \t]+(\w+)[ \t]*;/gm, resolve: resolveModule },
};

export const hasImports = (language: string): boolean => Object.hasOwn(importForms, language);

/** The files that a file imports, each once, and how many imports name none of these files, such as those of libraries. */
export function findImports(
  { path, language, text }: { path: string; language: string; text: string },
  files: FileIndex,
): { targets: string[]; external: number } {
  const form = importForms[language];
  const targets = new Set<string>();
  let external = 0;
  for (const match of form ? text.matchAll(form.pattern) : []) {
    const found = form?.resolve(match[1] ?? match[2] ?? '', path, files) ?? null;
    if (found === null) external += 1;
    else if (found !== path) targets.add(found);
  }
  return { targets: [...targets], external };
}
