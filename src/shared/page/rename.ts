export type Rename = (text: string) => string;

interface Candidate {
  name: string;
  kind: number;
}

const firstWord = /^[\p{L}\p{N}\p{M}]+/u;
const lastWord = /[\p{L}\p{N}\p{M}]$/u;

/**
 * Replaces whole names by numbered ones. Each group has its names and the replacement of the nth name. Numbers follow the order of first
 * occurrence, so the same texts give the same numbers. If names overlap, the longest wins.
 */
export function createRename(
  groups: readonly { names: Iterable<string>; write: (number: number) => string }[],
): Rename {
  /** By the first word of a name; '' for names that do not start with a letter. */
  const byWord = new Map<string, Candidate[]>();
  for (const [kind, { names }] of groups.entries())
    for (const name of new Set([...names].map((one) => one.trim()))) {
      if (name === '') continue;
      const first = firstWord.exec(name)?.[0] ?? '';
      byWord.set(first, [...(byWord.get(first) ?? []), { name, kind }]);
    }
  for (const candidates of byWord.values()) candidates.sort((a, b) => b.name.length - a.name.length);
  if (byWord.size === 0) return (text) => text;

  const numbers = groups.map(() => new Map<string, number>());
  const replace = ({ name, kind }: Candidate): string => {
    const known = numbers[kind] ?? new Map<string, number>();
    const number = known.get(name) ?? known.size + 1;
    known.set(name, number);
    return groups[kind]?.write(number) ?? name;
  };
  const find = (text: string, at: number, first: string): Candidate | undefined =>
    byWord.get(first)?.find(({ name }) => {
      if (!text.startsWith(name, at)) return false;
      const end = at + name.length;
      return !lastWord.test(name) || !firstWord.test(text.slice(end, end + 2));
    });

  return (text) => {
    let [result, at] = ['', 0];
    for (const part of text.matchAll(/[\p{L}\p{N}\p{M}]+|[^\p{L}\p{N}\p{M}]/gu)) {
      if (part.index < at) continue;
      const first = firstWord.exec(part[0])?.[0] ?? '';
      const found = find(text, part.index, first);
      const end = part.index + (found?.name.length ?? part[0].length);
      result += found ? replace(found) : text.slice(part.index, end);
      at = end;
    }
    return result;
  };
}
