import type { Command } from '../command.ts';
import { nearest } from './nearest.ts';
import { UsageError } from './usage-error.ts';

/** What the first words of a line name: a command with the words after it, or a group of commands. */
export type Found = { command: Command; rest: readonly string[] } | { group: readonly string[] };

const begins = (words: readonly string[], start: readonly string[]): boolean =>
  start.length <= words.length && start.every((word, at) => words[at] === word);

/** Finds the command that the words call. Words that only begin commands are a group. Throws UsageError for any other. */
export function findCommand(words: readonly string[], commands: readonly Command[]): Found {
  const command = commands.find(({ path }) => begins(words, path));
  if (command) return { command, rest: words.slice(command.path.length) };
  if (commands.some(({ path }) => begins(path, words))) return { group: words };
  const [first = '', second] = words;
  const within = commands.filter(({ path }) => path[0] === first);
  const choices =
    within.length > 0 ? within.map(({ path }) => path[1] ?? '') : commands.map(({ path }) => path[0] ?? '');
  const wrong = within.length > 0 ? (second ?? '') : first;
  const close = nearest(wrong, choices);
  const prefix = within.length > 0 ? `frames ${first}` : 'frames';
  const guess = close ? ` Did you mean "${prefix} ${close}"?` : '';
  throw new UsageError(`There is no command "${prefix} ${wrong}".${guess}`, { given: words.join(' ') });
}
