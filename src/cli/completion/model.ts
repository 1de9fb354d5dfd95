import type { Option } from '../args/option.ts';
import { globalOptions } from '../command.ts';
import type { Command } from '../command.ts';

export interface CompletionOption {
  readonly name: string;
  readonly summary: string;
  readonly takesValue: boolean;
  readonly choices: readonly string[];
}

/** Completions after a command path, such as `frames entities`. */
export interface CompletionPoint {
  /** `''` for the program, else for example `entities` or `entities list`. */
  readonly path: string;
  readonly words: readonly { readonly name: string; readonly summary: string }[];
  readonly options: readonly CompletionOption[];
  readonly choices: readonly string[];
}

export function completionPoints(commands: readonly Command[]): CompletionPoint[] {
  const prefixes = commands.flatMap(({ path }) => path.map((_, index) => path.slice(0, index + 1)));
  const paths = new Set(['', ...prefixes.map((path) => path.join(' '))]);
  return [...paths].map((path) => {
    const command = commands.find((candidate) => candidate.path.join(' ') === path);
    return {
      path,
      words: wordsAfter(path, commands),
      options: optionsOf(command),
      choices: Object.values(command?.parameters ?? {})[0]?.choices ?? [],
    };
  });
}

function wordsAfter(path: string, commands: readonly Command[]): CompletionPoint['words'] {
  const typedWords = path === '' ? [] : path.split(' ');
  const words = new Map<string, string>();
  for (const command of commands) {
    const word = command.path[typedWords.length];
    if (word === undefined || typedWords.some((name, index) => command.path[index] !== name)) continue;
    const isGroup = command.path.length > typedWords.length + 1;
    if (!words.has(word) || !isGroup) words.set(word, isGroup ? `Commands of ${word}` : command.summary);
  }
  return [...words].map(([name, summary]) => ({ name, summary }));
}

function optionsOf(command: Command | undefined): CompletionOption[] {
  const options = command ? { ...command.options, ...globalOptions } : { help: globalOptions.help };
  return Object.entries<Option<unknown>>(options).map(([name, { kind, summary, choices }]) => ({
    name: `--${name}`,
    summary,
    takesValue: kind !== 'flag',
    choices,
  }));
}
