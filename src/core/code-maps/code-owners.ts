import { accountKeyOf } from './account-keys.ts';
import { pathMatcher } from './path-patterns.ts';

interface OwnerRule {
  line: number;
  pattern: string;
  /** Teams as written ("@uni/radio"), people as account keys. */
  owners: readonly string[];
  matches: (path: string) => boolean;
}

/** Where a repository can keep its owners; the first one counts. */
export const ownerPaths: readonly string[] = [
  '.github/CODEOWNERS',
  'CODEOWNERS',
  'docs/CODEOWNERS',
  '.gitlab/CODEOWNERS',
];
export const maxOwnerRules = 2000;

/** The rules of a CODEOWNERS file; of several that match a path, the last one counts. */
export function parseOwners(text: string, secret: string): OwnerRule[] {
  return text.split(/\r?\n/).flatMap((line, index): OwnerRule[] => {
    const [pattern = '', ...owners] = line
      .replace(/(?:^|\s)#.*$/, '')
      .trim()
      .split(/\s+/);
    // A line in brackets is a section of GitLab.
    if (pattern === '' || /^\^?\[/.test(pattern)) return [];
    const known = owners.map((owner) => (/^@[^/]+\//.test(owner) ? owner : accountKeyOf(secret, owner)));
    return [{ line: index + 1, pattern, owners: known, matches: pathMatcher(pattern) }];
  });
}

/** The owners of more than half of the files. */
export function ownersOf(rules: readonly OwnerRule[], paths: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const path of paths)
    for (const owner of rules.findLast(({ matches }) => matches(path))?.owners ?? [])
      counts.set(owner, (counts.get(owner) ?? 0) + 1);
  return [...counts].flatMap(([owner, count]) => (2 * count > paths.length ? [owner] : []));
}

export const deadRules = (
  rules: readonly OwnerRule[],
  paths: readonly string[],
): { pattern: string; line: number }[] =>
  rules.filter(({ matches }) => !paths.some(matches)).map(({ pattern, line }) => ({ pattern, line }));
