export type Renamer = (text: string) => string;

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
export function createRenamer(
  groups: readonly { names: Iterable<string>; write: (number: number) => string }[],
): Renamer {
  /** By the first word of a name; '' for names that do not start with a letter. */
  const byWord = new Map<string, Candidate[]>();
  for (const [kind, { names }] of groups.entries())
    for (const name of new Set([...names].map((raw) => raw.trim()))) {
      if (name === '') continue;
      const word = firstWord.exec(name)?.[0] ?? '';
      byWord.set(word, [...(byWord.get(word) ?? []), { name, kind }]);
    }
  for (const candidates of byWord.values()) candidates.sort((a, b) => b.name.length - a.name.length);
  if (byWord.size === 0) return (text) => text;

  const numbers = groups.map(() => new Map<string, number>());
  const replace = ({ name, kind }: Candidate): string => {
    const numbersByName = numbers[kind] ?? new Map<string, number>();
    const number = numbersByName.get(name) ?? numbersByName.size + 1;
    numbersByName.set(name, number);
    return groups[kind]?.write(number) ?? name;
  };
  const find = (text: string, index: number, word: string): Candidate | undefined =>
    byWord.get(word)?.find(({ name }) => {
      if (!text.startsWith(name, index)) return false;
      const end = index + name.length;
      return !lastWord.test(name) || !firstWord.test(text.slice(end, end + 2));
    });

  return (text) => {
    let [result, position] = ['', 0];
    for (const part of text.matchAll(/[\p{L}\p{N}\p{M}]+|[^\p{L}\p{N}\p{M}]/gu)) {
      if (part.index < position) continue;
      const word = firstWord.exec(part[0])?.[0] ?? '';
      const match = find(text, part.index, word);
      const end = part.index + (match?.name.length ?? part[0].length);
      result += match ? replace(match) : text.slice(part.index, end);
      position = end;
    }
    return result;
  };
}
