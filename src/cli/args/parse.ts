import { parseArgs } from 'node:util';
import { everywhere } from '../command.ts';
import type { Command } from '../command.ts';
import { nearest } from './nearest.ts';
import { flag } from './option.ts';
import type { Option, Options, Values } from './option.ts';
import { UsageError } from './usage-error.ts';

export interface Line {
  words: readonly string[];
  /** What was given for each option, in order; '' for a flag. */
  options: ReadonlyMap<string, readonly string[]>;
}

/** What may stand in a line without any command. */
const ofProgram = { ...everywhere, version: flag('Show the version') };

/** Splits a command line into words and options, wherever the options stand. Throws UsageError for what no command knows. */
export function readLine(argv: readonly string[], commands: readonly Command[]): Line {
  const known = new Map<string, Option<unknown>>();
  for (const { options } of commands)
    for (const [name, option] of Object.entries(options)) known.set(name, option);
  // A command may have an option of that name: without any word it is the program's own.
  const ofNoCommand = argv.every((word) => word.startsWith('-'));
  for (const [name, option] of Object.entries(ofProgram))
    if (ofNoCommand || !known.has(name)) known.set(name, option);
  const { tokens } = parseArgs({
    args: [...argv],
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: {
      ...Object.fromEntries(
        [...known].map(([name, { kind }]) => [
          name,
          { type: kind === 'flag' ? 'boolean' : 'string' } as const,
        ]),
      ),
      help: { type: 'boolean', short: 'h' },
    },
  });
  const words: string[] = [];
  const options = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    const option = known.get(token.name);
    if (!option) throw unknownOption(token.rawName, [...known.keys()]);
    const values = options.get(token.name) ?? [];
    options.set(token.name, [...values, valueOf(token, option)]);
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
    throw new UsageError(`${rawName} takes no value; "${value}" was given.`, {
      argument: rawName,
      given: value,
    });
  }
  // A dash after an option is the next option, unless it begins a number.
  const missing = value === undefined || (!inlineValue && /^-(?!\d)./.test(value));
  if (missing)
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
      throw new UsageError(`--${option} was given ${given.length} times; it takes one value.`, {
        argument: `--${option}`,
      });
    }
  }
  const parameters = Object.entries(command.parameters);
  // One that may be given several times comes last and takes all that is left.
  const many = parameters.findIndex(([, { kind }]) => kind === 'list');
  const extra = many < 0 ? words[parameters.length] : undefined;
  if (extra !== undefined)
    throw new UsageError(`"${extra}" is one argument too many for ${name}.`, { given: extra });
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

function missing(argument: string, name: string): UsageError {
  return new UsageError(`${argument} is missing for ${name}.`, { argument });
}

function unknownOption(option: string, known: readonly string[], name?: string): UsageError {
  const close = nearest(option.replace(/^-+/, ''), known);
  const guess = close ? ` Did you mean --${close}?` : '';
  return new UsageError(`There is no option ${option}${name ? ` for ${name}` : ''}.${guess}`, {
    argument: option,
  });
}
