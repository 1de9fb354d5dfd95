export type NameReplacer = (text: string) => string;

interface Candidate {
  name: string;
  group: number;
}

const wordAtStart = /^[\p{L}\p{N}\p{M}]+/u;
const letterAtEnd = /[\p{L}\p{N}\p{M}]$/u;

/**
 * Replaces whole names by numbered ones. Each group has its names and the replacement of the nth name. Numbers follow the order of first
 * occurrence, so the same texts give the same numbers. If names overlap, the longest wins.
 */
export function createNameReplacer(
  groups: readonly { names: Iterable<string>; replacementOf: (number: number) => string }[],
): NameReplacer {
  /** By the first word of a name; '' for names that do not start with a letter. */
  const candidatesByWord = new Map<string, Candidate[]>();
  for (const [group, { names }] of groups.entries())
    for (const name of new Set([...names].map((raw) => raw.trim()))) {
      if (name === '') continue;
      const word = wordAtStart.exec(name)?.[0] ?? '';
      candidatesByWord.set(word, [...(candidatesByWord.get(word) ?? []), { name, group }]);
    }
  for (const candidates of candidatesByWord.values())
    candidates.sort((a, b) => b.name.length - a.name.length);
  if (candidatesByWord.size === 0) return (text) => text;

  const numbers = groups.map(() => new Map<string, number>());
  const replace = ({ name, group }: Candidate): string => {
    const numbersByName = numbers[group] ?? new Map<string, number>();
    const number = numbersByName.get(name) ?? numbersByName.size + 1;
    numbersByName.set(name, number);
    return groups[group]?.replacementOf(number) ?? name;
  };
  const find = (text: string, index: number, word: string): Candidate | undefined =>
    candidatesByWord.get(word)?.find(({ name }) => {
      if (!text.startsWith(name, index)) return false;
      const end = index + name.length;
      return !letterAtEnd.test(name) || !wordAtStart.test(text.slice(end, end + 2));
    });

  return (text) => {
    let [result, position] = ['', 0];
    for (const part of text.matchAll(/[\p{L}\p{N}\p{M}]+|[^\p{L}\p{N}\p{M}]/gu)) {
      if (part.index < position) continue;
      const word = wordAtStart.exec(part[0])?.[0] ?? '';
      const match = find(text, part.index, word);
      const end = part.index + (match?.name.length ?? part[0].length);
      result += match ? replace(match) : text.slice(part.index, end);
      position = end;
    }
    return result;
  };
}
