import { findCommand, parseArguments, parseCommandLine } from '#cli/args/parse.ts';
import type { Option } from '#cli/args/option.ts';
import type { Command } from '#cli/command.ts';
import { UsageError } from '#cli/output/errors.ts';
import { blockLines, spanLines } from './markdown.ts';

/** A word of a shell, or an operator between two programs. */
const wordOrOperator = /"(?:[^"\\]|\\.)*"|'[^']*'|\|\||&&|[|;<>]|[^\s"'|;<>]+(?:"[^"]*"|'[^']*')?/g;
const operator = /^(\|\||&&|[|;])$/;

/** The calls of `frames` in a line of a shell, without the program's name. */
function callsIn(line: string): string[][] {
  const parts: string[][] = [[]];
  for (const [word] of line.replace(/(^|\s)#\s.*$/, '').matchAll(wordOrOperator))
    if (operator.test(word)) parts.push([]);
    else parts.at(-1)?.push(word);
  return parts.flatMap((words) => {
    const at = words.findIndex((word) => !/^\w+=("|'|$)|^\w+="?\$|^(sudo|\$|\(set)$/.test(word));
    const [program = '', ...rest] = words.slice(Math.max(at, 0));
    if (!/^(ExecStart=)?([\w./~-]*\/)?frames$/.test(program)) return [];
    const redirect = rest.findIndex((word) => /^[<>]$/.test(word));
    return [redirect < 0 ? rest : rest.slice(0, redirect)];
  });
}

const isPlaceholder = (word: string): boolean => /^[A-Z][A-Z0-9_:#-]*$|^…$/.test(word);
const unquoted = (word: string): string => word.replaceAll(/^(["'])(.*)\1$/g, '$2');
/** Something that the option reads. */
const example = ({ choices, placeholder }: Option<unknown>): string =>
  choices[0] ?? (placeholder === '' ? '' : '1');

/** A placeholder stands for a value: one that the option does not read as it is becomes an example. */
function filled(option: Option<unknown>, given: readonly string[]): string[] {
  return given.map((value) => {
    if (!isPlaceholder(value)) return value;
    try {
      option.parse([value], 'x');
      return value;
    } catch {
      return example(option);
    }
  });
}

/** Reads one call as the program does, but for required arguments that it leaves out. Throws UsageError. */
function read(call: readonly string[], commands: readonly Command[]): void {
  // `[ID]` and `[options]` of a synopsis; an ellipsis says that more may follow.
  const argv = call
    .map(unquoted)
    .filter((word, at) => word !== '[options]' && !(word === '…' && !call[at - 1]?.startsWith('--')))
    .map((word) => word.replace(/^\[(.*)\]$/, '$1'));
  if (argv.length === 0 || argv[0] === 'COMMAND') return;
  const line = parseCommandLine(argv, commands);
  const words = line.words[0] === 'help' ? line.words.slice(1) : line.words;
  const found = words.length === 0 ? { group: [] } : findCommand(words, commands);
  if ('group' in found) return;
  const { command, argumentWords: rest } = found;
  const options = new Map(line.options);
  for (const [name, option] of Object.entries(command.options)) {
    const given = options.get(name) ?? (option.required ? [example(option)] : []);
    if (given.length > 0) options.set(name, filled(option, given));
  }
  const parameters = Object.values(command.parameters);
  const given = [...rest, ...parameters.slice(rest.length).map(example)];
  const values = given.flatMap((word, at) => {
    // The last one may take all that follow.
    const parameter = parameters[at] ?? parameters.at(-1);
    return parameter ? filled(parameter, [word]) : [word];
  });
  parseArguments(command, { words: line.words, options }, values);
}

function problemOf(call: readonly string[], commands: readonly Command[]): string[] {
  try {
    read(call, commands);
    return [];
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return [`frames ${call.join(' ')}: ${error.message}`];
  }
}

/** The words of a call before its first option, placeholder or value. */
function leadingWords(call: readonly string[]): readonly string[] {
  const end = call.findIndex((word) => !/^[a-z][a-z-]*$/.test(word));
  return end < 0 ? call : call.slice(0, end);
}

/** The calls of a line of code spans: `… --option` goes on from the call before it. */
function callsOfSpans(spans: readonly string[]): string[][] {
  let before: readonly string[] | null = null;
  return spans.flatMap((span) => {
    if (before && span.startsWith('… --')) return [[...leadingWords(before), ...span.split(' ').slice(1)]];
    const calls = callsIn(span);
    before = calls.at(-1) ?? before;
    return calls;
  });
}

/** Every call of `frames` in the code of a page. */
export const callsOf = (text: string): string[][] => [
  ...blockLines(text).flatMap(callsIn),
  ...spanLines(text).flatMap(callsOfSpans),
];

/** What the command line would refuse of the calls in a page. */
export const commandProblems = (text: string, commands: readonly Command[]): string[] =>
  callsOf(text).flatMap((call) => problemOf(call, commands));
