import type { Place } from './model.ts';

export const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

export interface ListWriter {
  named(entries: readonly { name: string; summary: string }[]): string;
  plain(words: readonly string[]): string;
}

/**
 * The code that bash and zsh share. `known` is a pattern of all places but the first. `values` are `case` branches by place and preceding option.
 * `offers` are the branches by place.
 */
export function shellCases(places: readonly Place[], write: ListWriter) {
  const branch = (pattern: string, commands: string): string => `    ${quoted(pattern)}) ${commands} ;;`;
  const knownPaths = places.filter(({ path }) => path !== '').map(({ path }) => quoted(path));
  const values = places.flatMap(({ path, options }) =>
    options
      .filter(({ takesValue }) => takesValue)
      .map(({ name, choices }) => branch(`${path} ${name}`, `isValue=1; values=(${write.plain(choices)})`)),
  );
  const offers = places.map(({ path, words, options, choices }) =>
    branch(
      path,
      `offered=(${write.named(words)} ${write.plain(choices)}); options=(${write.named(options)})`,
    ),
  );
  return { known: knownPaths.join('|'), values: values.join('\n'), offers: offers.join('\n') };
}
