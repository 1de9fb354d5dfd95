import { parseArgs } from 'node:util';
import { everywhere } from '../command.ts';
import type { Command } from '../command.ts';
import { UsageError } from '../output/errors.ts';
import { flag } from './option.ts';
import type { Option, Options, Values } from './option.ts';

export interface Line {
  words: readonly string[];
  /** What was given for each option, in order; '' for a flag. */
  options: ReadonlyMap<string, readonly string[]>;
}

/** What may stand in a line without any command. */
const ofProgram = { ...everywhere, version: flag('Show the version') };
const aliases: Readonly<Record<string, string>> = { dry: 'dry-run' };

/** Splits a command line into words and options, wherever the options stand. Throws UsageError for what no command knows. */
export function readLine(argv: readonly string[], commands: readonly Command[]): Line {
  const known = new Map<string, Option<unknown>>();
  for (const { options } of commands)
    for (const [name, option] of Object.entries(options)) known.set(name, option);
  // A command may have an option of that name: without any word it is the program's own.
  const isOfProgram = argv.every((word) => word.startsWith('-'));
  for (const [name, option] of Object.entries(ofProgram))
    if (isOfProgram || !known.has(name)) known.set(name, option);
  const types = [
    ...known,
    ...Object.entries(aliases).map(([alias, name]) => [alias, known.get(name)] as const),
  ];
  const { tokens } = parseArgs({
    args: [...argv],
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: {
      ...Object.fromEntries(
        types.map(([name, one]) => [name, { type: one?.kind === 'flag' ? 'boolean' : 'string' } as const]),
      ),
      help: { type: 'boolean', short: 'h' },
    },
  });
  const words: string[] = [];
  const options = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    const name = aliases[token.name] ?? token.name;
    const option = known.get(name);
    if (!option) throw unknownOption(token.rawName, [...known.keys()]);
    options.set(name, [...(options.get(name) ?? []), valueOf(token, option)]);
  }
  return { words, options };
}

interface OptionToken {
  rawName: string;
  value: string | undefined;
  inlineValue: boolean | undefined;
}

function valueOf(
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
  // A dash after an option is the next option, unless it begins a number.
  const isMissing = value === undefined || (!inlineValue && /^-(?!\d)./.test(value));
  if (isMissing)
    throw new UsageError(`${rawName} needs a value: ${rawName} ${placeholder}.`, { argument: rawName });
  return value;
}

/** Reads a command's arguments and options from a line. `words` are those after the command's own. Throws UsageError. */
export function readGiven(command: Command, line: Line, words: readonly string[]): Values<Options> {
  const name = `frames ${command.path.join(' ')}`;
  const accepted: Options = { ...everywhere, ...command.options };
  for (const [option, given] of line.options) {
    const spec = accepted[option];
    if (!spec) throw unknownOption(`--${option}`, Object.keys(accepted), name);
    if (spec.kind === 'value' && given.length > 1) {
      throw new UsageError(`--${option} can be given only once.`, {
        argument: `--${option}`,
      });
    }
  }
  const parameters = Object.entries(command.parameters);
  // One that may be given several times comes last and takes all that follow.
  const many = parameters.findIndex(([, { kind }]) => kind === 'list');
  const extra = many < 0 ? words[parameters.length] : undefined;
  if (extra !== undefined)
    throw new UsageError(`Unexpected argument "${extra}" for ${name}.`, { given: extra });
  const values: Record<string, unknown> = {};
  for (const [at, [key, parameter]] of parameters.entries()) {
    const given = words.slice(at, at === many ? undefined : at + 1);
    if (given.length === 0 && parameter.required) throw missing(parameter.placeholder, name);
    values[key] = parameter.read(given, parameter.placeholder);
  }
  for (const [key, option] of Object.entries(accepted)) {
    const given = line.options.get(key) ?? [];
    if (given.length === 0 && option.required) throw missing(`--${key} ${option.placeholder}`, name);
    values[key] = option.read(given, `--${key}`);
  }
  return values;
}

/** The error for a missing argument or option. */
export function missing(argument: string, name: string): UsageError {
  return new UsageError(`${name} requires ${argument}.`, { argument });
}

function unknownOption(option: string, known: readonly string[], name?: string): UsageError {
  const close = nearest(option.replace(/^-+/, ''), known);
  const guess = close ? ` Did you mean --${close}?` : '';
  return new UsageError(`Unknown option ${option}${name ? ` for ${name}` : ''}.${guess}`, {
    argument: option,
  });
}

const begins = (words: readonly string[], start: readonly string[]): boolean =>
  start.length <= words.length && start.every((word, at) => words[at] === word);

/** What the first words of a line name: a command with the words after it, or a group of commands. */
export type Found = { command: Command; rest: readonly string[] } | { group: readonly string[] };

/** Finds the command that the words name; words that only begin commands are a group. Throws UsageError for any other. */
export function findCommand(words: readonly string[], commands: readonly Command[]): Found {
  const command = longest(commands.filter(({ path }) => begins(words, path)));
  if (command) return { command, rest: words.slice(command.path.length) };
  if (commands.some(({ path }) => begins(path, words))) return { group: words };
  const [first = '', second = ''] = words;
  const within = commands.filter(({ path }) => path[0] === first);
  const [prefix, wrong, at] = within.length > 0 ? [`frames ${first}`, second, 1] : ['frames', first, 0];
  const close = nearest(
    wrong,
    (at === 1 ? within : commands).map(({ path }) => path[at] ?? ''),
  );
  const guess = close ? ` Did you mean "${prefix} ${close}"?` : '';
  throw new UsageError(`Unknown command "${prefix} ${wrong}".${guess}`, { given: words.join(' ') });
}

/** Of a command and one that goes on from it, as `serve` and `serve backup`, the latter. */
export const longest = (commands: readonly Command[]): Command | undefined =>
  commands.toSorted((a, b) => b.path.length - a.path.length)[0];

/** The known word that is closest to a mistyped one, or undefined when none is near enough. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const ranked = known.map((candidate) => ({ candidate, distance: distance(word, candidate) }));
  const best = ranked.toSorted((a, b) => a.distance - b.distance)[0];
  return best && best.distance <= Math.max(1, Math.floor(word.length / 3)) ? best.candidate : undefined;
}

function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (const [at, letter] of Array.from(from).entries()) {
    const next = [at + 1];
    for (let other = 1; other <= to.length; other++) {
      const replace = (row[other - 1] ?? 0) + (letter === to[other - 1] ? 0 : 1);
      next.push(Math.min(replace, (row[other] ?? 0) + 1, (next[other - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
