import { editDistance } from '#core/model/interchange/likeness.ts';
import { parseArgs } from 'node:util';
import { globalOptions } from '../command.ts';
import type { Command } from '../command.ts';
import { UsageError } from '../output/errors.ts';
import { flag } from './option.ts';
import type { Option, Options, Values } from './option.ts';

export interface CommandLine {
  words: readonly string[];
  /** Raw values by option, in order; '' for a flag. */
  options: ReadonlyMap<string, readonly string[]>;
}

const programOptions = { ...globalOptions, version: flag('Show the version') };
const aliases: Readonly<Record<string, string>> = { dry: 'dry-run' };

/**
 * Splits a command line into words and options. Throws UsageError for an option that the command does not have, a missing value, or a value
 * of a flag.
 */
export function parseCommandLine(argv: readonly string[], commands: readonly Command[]): CommandLine {
  const optionsByName = new Map<string, Option<unknown>>();
  for (const { options } of commands)
    for (const [name, option] of Object.entries(options)) optionsByName.set(name, option);
  // If the line has only options, they belong to the program, even if a command has an option of the same name.
  const hasOnlyOptions = argv.every((word) => word.startsWith('-'));
  for (const [name, option] of Object.entries(programOptions))
    if (hasOnlyOptions || !optionsByName.has(name)) optionsByName.set(name, option);
  const optionsAndAliases = [
    ...optionsByName,
    ...Object.entries(aliases).map(([alias, name]) => [alias, optionsByName.get(name)] as const),
  ];
  const { tokens } = parseArgs({
    args: [...argv],
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: {
      ...Object.fromEntries(
        optionsAndAliases.map(([name, option]) => [
          name,
          { type: option?.kind === 'flag' ? 'boolean' : 'string' } as const,
        ]),
      ),
      help: { type: 'boolean', short: 'h' },
    },
  });
  const words = tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []));
  const command = longestMatch(commands.filter(({ path }) => startsWith(words, path)));
  const acceptedNames = command
    ? Object.keys({ ...globalOptions, ...command.options })
    : [...optionsByName.keys()];
  const options = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const name = aliases[token.name] ?? token.name;
    const option = optionsByName.get(name);
    if (!option || !acceptedNames.includes(name))
      throw unknownOption(token.rawName, acceptedNames, command && `frames ${command.path.join(' ')}`);
    options.set(name, [...(options.get(name) ?? []), optionValue(token, option)]);
  }
  return { words, options };
}

interface OptionToken {
  rawName: string;
  value: string | undefined;
  inlineValue: boolean | undefined;
}

function optionValue(
  { rawName, value, inlineValue }: OptionToken,
  { kind, placeholder }: Option<unknown>,
): string {
  if (kind === 'flag') {
    if (value === undefined) return '';
    throw new UsageError(`${rawName} does not take a value ("${value}" was given).`, {
      argument: rawName,
      given: value,
    });
  }
  // A dash starts the next option, unless it starts a number.
  const isMissing = value === undefined || (!inlineValue && /^-(?!\d)./.test(value));
  if (isMissing)
    throw new UsageError(`${rawName} needs a value: ${rawName} ${placeholder}.`, { argument: rawName });
  return value;
}

/** Parses the arguments and options of a command. `words` are the words after the path of the command, which has all options of the line. Throws UsageError. */
export function parseArguments(
  command: Command,
  line: CommandLine,
  words: readonly string[],
): Values<Options> {
  const commandName = `frames ${command.path.join(' ')}`;
  const acceptedOptions: Options = { ...globalOptions, ...command.options };
  for (const [name, rawValues] of line.options) {
    if (acceptedOptions[name]?.kind === 'value' && rawValues.length > 1) {
      throw new UsageError(`--${name} can be given only once.`, {
        argument: `--${name}`,
      });
    }
  }
  const parameters = Object.entries(command.parameters);
  // A repeatable argument is last and takes all remaining words.
  const listIndex = parameters.findIndex(([, { kind }]) => kind === 'list');
  const extraWord = listIndex < 0 ? words[parameters.length] : undefined;
  if (extraWord !== undefined)
    throw new UsageError(`Unexpected argument "${extraWord}" for ${commandName}.`, { given: extraWord });
  const values: Record<string, unknown> = {};
  for (const [index, [key, parameter]] of parameters.entries()) {
    const rawValues = words.slice(index, index === listIndex ? undefined : index + 1);
    if (rawValues.length === 0 && parameter.required)
      throw missingArgument(parameter.placeholder, commandName);
    values[key] = parameter.parse(rawValues, parameter.placeholder);
  }
  for (const [key, option] of Object.entries(acceptedOptions)) {
    const rawValues = line.options.get(key) ?? [];
    if (rawValues.length === 0 && option.required)
      throw missingArgument(`--${key} ${option.placeholder}`, commandName);
    values[key] = option.parse(rawValues, `--${key}`);
  }
  return values;
}

export function missingArgument(argument: string, commandName: string): UsageError {
  return new UsageError(`${commandName} requires ${argument}.`, { argument });
}

function unknownOption(option: string, knownOptions: readonly string[], commandName?: string): UsageError {
  const nearest = nearestWord(option.replace(/^-+/, ''), knownOptions);
  const suggestion = nearest ? ` Did you mean --${nearest}?` : '';
  return new UsageError(`Unknown option ${option}${commandName ? ` for ${commandName}` : ''}.${suggestion}`, {
    argument: option,
  });
}

const startsWith = (words: readonly string[], start: readonly string[]): boolean =>
  start.length <= words.length && start.every((word, index) => words[index] === word);

export type CommandMatch =
  | { command: Command; argumentWords: readonly string[] }
  | { group: readonly string[] };

/** Finds a command by its words; an incomplete path is a group. Throws UsageError for unknown words. */
export function findCommand(words: readonly string[], commands: readonly Command[]): CommandMatch {
  const command = longestMatch(commands.filter(({ path }) => startsWith(words, path)));
  if (command) return { command, argumentWords: words.slice(command.path.length) };
  if (commands.some(({ path }) => startsWith(path, words))) return { group: words };
  const [first = '', second = ''] = words;
  const groupCommands = commands.filter(({ path }) => path[0] === first);
  const [prefix, unknownWord, wordIndex] =
    groupCommands.length > 0 ? [`frames ${first}`, second, 1] : ['frames', first, 0];
  const nearest = nearestWord(
    unknownWord,
    (wordIndex === 1 ? groupCommands : commands).map(({ path }) => path[wordIndex] ?? ''),
  );
  const suggestion = nearest ? ` Did you mean "${prefix} ${nearest}"?` : '';
  throw new UsageError(`Unknown command "${prefix} ${unknownWord}".${suggestion}`, {
    given: words.join(' '),
  });
}

/** Prefers the longer path, such as `serve backup` over `serve`. */
export const longestMatch = (commands: readonly Command[]): Command | undefined =>
  commands.toSorted((a, b) => b.path.length - a.path.length)[0];

/** Returns the known word closest to a mistyped one; undefined if none is close enough. */
export function nearestWord(word: string, candidates: readonly string[]): string | undefined {
  const distances = candidates.map((candidate) => ({ candidate, distance: editDistance(word, candidate) }));
  const best = distances.toSorted((a, b) => a.distance - b.distance)[0];
  return best && best.distance <= Math.max(1, Math.floor(word.length / 3)) ? best.candidate : undefined;
}
