import type { Option } from '../args/option.ts';
import { globalOptions } from '../command.ts';
import type { Command } from '../command.ts';

export interface OfferedOption {
  readonly name: string;
  readonly summary: string;
  readonly takesValue: boolean;
  readonly choices: readonly string[];
}

/** Completions after a command path, such as `frames entities`. */
export interface Place {
  /** `''` for the program, else for example `entities` or `entities list`. */
  readonly path: string;
  readonly words: readonly { readonly name: string; readonly summary: string }[];
  readonly options: readonly OfferedOption[];
  readonly choices: readonly string[];
}

export function placesOf(commands: readonly Command[]): Place[] {
  const prefixes = commands.flatMap(({ path }) => path.map((_, at) => path.slice(0, at + 1)));
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

function wordsAfter(path: string, commands: readonly Command[]): Place['words'] {
  const before = path === '' ? [] : path.split(' ');
  const words = new Map<string, string>();
  for (const command of commands) {
    const word = command.path[before.length];
    if (word === undefined || before.some((name, at) => command.path[at] !== name)) continue;
    const isGroup = command.path.length > before.length + 1;
    if (!words.has(word) || !isGroup) words.set(word, isGroup ? `Commands of ${word}` : command.summary);
  }
  return [...words].map(([name, summary]) => ({ name, summary }));
}

function optionsOf(command: Command | undefined): OfferedOption[] {
  const options = command ? { ...command.options, ...globalOptions } : { help: globalOptions.help };
  return Object.entries<Option<unknown>>(options).map(([name, { kind, summary, choices }]) => ({
    name: `--${name}`,
    summary,
    takesValue: kind !== 'flag',
    choices,
  }));
}
