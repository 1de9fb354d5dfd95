const testFolders = new Set(['test', 'tests', 'unit', 'functional', 'integrated']);

/** The module of a file: the package and the folder below it. Tests belong to the code they test, so folders of tests are left out. */
export const moduleOf = (path: string): string =>
  path
    .split('/')
    .slice(0, -1)
    .filter((folder) => !testFolders.has(folder))
    .slice(0, 2)
    .join('/') || '.';

/** With at least this share of the own changes in a module, a developer is a member of it; of at most so many modules. */
const minMemberShare = 0.2;
const maxMemberships = 5;

/** The modules in which a developer works, most changes first. */
export function memberships(changes: ReadonlyMap<number, number>, paths: readonly string[]): string[] {
  const counts = new Map<string, number>();
  let total = 0;
  for (const [file, count] of changes) {
    const module = moduleOf(paths[file] ?? '');
    counts.set(module, (counts.get(module) ?? 0) + count);
    total += count;
  }
  return [...counts]
    .sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
    .filter(([, count], index) => index === 0 || count >= minMemberShare * total)
    .slice(0, maxMemberships)
    .map(([module]) => module);
}
