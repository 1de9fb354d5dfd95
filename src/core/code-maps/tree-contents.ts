import type { CodeFile } from './code-files.ts';
import { maxOwnerRules, ownerPaths, parseOwners } from './code-owners.ts';
import type { InertGit } from './git/inert-git.ts';
import { readContents } from './git/read-contents.ts';
import type { Tree, TreeFile } from './git/read-tree.ts';
import { FileIndex, findImports, hasImports } from './imports.ts';
import { isManifest, readManifest } from './packages.ts';

const maxFileBytes = 200_000;

/** What the contents of files say. */
export interface TreeContents {
  packages: { path: string; name: string | null; dependencies: number | null }[];
  /** The rules of CODEOWNERS, none without such a file; null if it could not be read. */
  owners: ReturnType<typeof parseOwners> | null;
  /** Null if the content of a code file is not on this computer. */
  imports: { links: (readonly [from: string, to: string])[]; external: number } | null;
  /** Code files that were not searched for imports. */
  unread: number;
  missing: number;
}

interface TreeContentsOptions {
  secret: string;
  prefix: string;
  onProgress?: ((done: number, total: number) => void) | undefined;
}

/** Reads packages, owners, and the imports of code files. Throws RepositoryError. */
export async function readTreeContents(
  git: InertGit,
  tree: Tree,
  code: readonly CodeFile[],
  { secret, prefix, onProgress }: TreeContentsOptions,
): Promise<TreeContents> {
  const isReadable = ({ bytes }: TreeFile): boolean => bytes !== null && bytes <= maxFileBytes;
  const searched = code.filter(({ language }) => hasImports(language));
  const missing = code.filter(({ bytes }) => bytes === null).length;
  const ownersFile = ownerPaths
    .map((path) => tree.files.find((file) => file.path === path))
    .find((file) => file !== undefined);
  const manifests = tree.files.filter(
    ({ path }) =>
      isManifest(path) && (prefix === '' || path.startsWith(`${prefix}/`)) && !path.includes('node_modules/'),
  );
  const result: TreeContents = {
    packages: manifests
      .filter((file) => !isReadable(file))
      .map(({ path }) => ({ path, name: null, dependencies: null })),
    owners: ownersFile && !isReadable(ownersFile) ? null : [],
    imports: missing > 0 ? null : { links: [], external: 0 },
    unread: searched.filter((file) => !isReadable(file)).length,
    missing,
  };
  const files = new FileIndex(code.map(({ path }) => path));
  type Reader = (text: string) => void;
  const readers = new Map<string, Reader[]>();
  const addReader = (file: TreeFile, reader: Reader): void => {
    if (!isReadable(file)) return;
    const ofContent = readers.get(file.id);
    if (ofContent) ofContent.push(reader);
    else readers.set(file.id, [reader]);
  };
  for (const file of manifests)
    addReader(file, (text) => result.packages.push({ path: file.path, ...readManifest(file.path, text) }));
  if (ownersFile)
    addReader(ownersFile, (text) => (result.owners = parseOwners(text, secret).slice(0, maxOwnerRules)));
  for (const { path, language, ...file } of result.imports ? searched : [])
    addReader({ path, ...file }, (text) => {
      const { targets, external } = findImports({ path, language, text }, files);
      if (!result.imports) return;
      for (const target of targets) result.imports.links.push([path, target]);
      result.imports.external += external;
    });
  let done = 0;
  await readContents(git, [...readers.keys()], (id, content) => {
    done += 1;
    onProgress?.(done, readers.size);
    if (content === null) return;
    const text = content.toString('utf8');
    for (const read of readers.get(id) ?? []) read(text);
  });
  return result;
}
