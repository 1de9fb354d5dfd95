/** One or two letters that stand for a person: of the first and the last word of the name. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s._-]+/u).filter((word) => word !== '');
  const first = (word = ''): string => /^\P{M}\p{M}*/u.exec(word)?.[0] ?? '';
  const letters = words.length > 1 ? first(words[0]) + first(words.at(-1)) : first(words[0]);
  return letters.toUpperCase() || '?';
}
