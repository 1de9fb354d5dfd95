import type { Place } from './model.ts';

/** A word in single quotes, for bash and zsh. */
export const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

/** Formats a list of completions for a shell. */
export interface ListWriter {
  /** Names with descriptions. */
  named(entries: readonly { name: string; summary: string }[]): string;
  plain(words: readonly string[]): string;
}

/**
 * The parts that bash and zsh share: `known`, a pattern of every place but the first; `values`, the branches of a `case` over a place and the
 * option before the cursor; `offers`, the branches over the place.
 */
export function shellCases(places: readonly Place[], write: ListWriter) {
  const branch = (pattern: string, commands: string): string => `    ${quoted(pattern)}) ${commands} ;;`;
  const known = places.filter(({ path }) => path !== '').map(({ path }) => quoted(path));
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
  return { known: known.join('|'), values: values.join('\n'), offers: offers.join('\n') };
}
