import type { Option } from '../args/option.ts';
import { globalOptions } from '../command.ts';
import type { Command } from '../command.ts';

const helpWidth = 96;

/** Wraps text to `helpWidth` columns. Lines after the first are indented by `indent`. */
export function wrapText(text: string, indent: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line && indent + line.length + 1 + word.length > helpWidth) {
      lines.push(line);
      line = word;
    } else line = line ? `${line} ${word}` : word;
  }
  lines.push(line);
  return lines.map((part, index) => (index === 0 ? part : `${' '.repeat(indent)}${part}`));
}

function definitionLines(pairs: readonly (readonly [term: string, meaning: string])[]): string[] {
  const column = Math.min(32, Math.max(0, ...pairs.map(([term]) => term.length)) + 4);
  return pairs.flatMap(([term, meaning]) => {
    const [firstLine = '', ...otherLines] = wrapText(meaning, column);
    return term.length + 3 < column
      ? [`  ${term}`.padEnd(column) + firstLine, ...otherLines]
      : [`  ${term}`, ' '.repeat(column) + firstLine, ...otherLines];
  });
}

export function termOf(name: string, { kind, placeholder }: Option<unknown>): string {
  if (kind === 'flag') return name === 'help' ? '-h, --help' : `--${name}`;
  return `--${name} ${placeholder}`;
}

export function meaningOf({ summary, choices, required, kind }: Option<unknown>): string {
  const notes = [
    choices.length > 0 ? `one of ${choices.join(', ')}` : '',
    kind === 'list' ? 'repeatable' : '',
    required ? 'required' : '',
  ].filter(Boolean);
  return notes.length > 0 ? `${summary} (${notes.join('; ')})` : summary;
}

export function usageOf(command: Command): string {
  const parameters = Object.values(command.parameters).map(({ placeholder, required, kind }) =>
    required ? placeholder : `[${placeholder}${kind === 'list' ? ' …' : ''}]`,
  );
  const requiredOptions = Object.entries(command.options)
    .filter(([, { required }]) => required)
    .map(([name, option]) => termOf(name, option));
  return ['frames', ...command.path, ...parameters, ...requiredOptions, '[options]'].join(' ');
}

const commandsIn = (group: readonly string[], commands: readonly Command[]): readonly Command[] =>
  commands.filter(({ path }) => group.every((word, index) => path[index] === word));
const summaryLines = (commands: readonly Command[]): string[] =>
  definitionLines(commands.map(({ path, summary }) => [path.join(' '), summary]));

/** Help of a command, with its subcommands. */
export function commandHelp(command: Command, commands: readonly Command[]): string {
  const parameters = Object.values(command.parameters).map(
    (parameter) => [parameter.placeholder, meaningOf(parameter)] as const,
  );
  const options = Object.entries<Option<unknown>>({ ...command.options, ...globalOptions }).map(
    ([name, option]) => [termOf(name, option), meaningOf(option)] as const,
  );
  const longerCommands = commandsIn(command.path, commands).filter(({ path }) => path !== command.path);
  const sections = [
    [`${command.summary}.`],
    [`Usage: ${usageOf(command)}`],
    ...(command.details ?? []).map((paragraph) => wrapText(paragraph, 0)),
    parameters.length > 0 ? ['Arguments:', ...definitionLines(parameters)] : [],
    ['Options:', ...definitionLines(options)],
    longerCommands.length > 0 ? ['Commands:', ...summaryLines(longerCommands)] : [],
    (command.examples ?? []).length > 0
      ? ['Examples:', ...(command.examples ?? []).map((line) => `  ${line}`)]
      : [],
    ['Exit codes: 0 success, 1 failure, 2 wrong usage.'],
  ];
  return joinSections(sections);
}

/** Help of the program or of a command group, such as `frames entities`. */
export function groupHelp(group: readonly string[], commands: readonly Command[], version: string): string {
  const name = ['frames', ...group].join(' ');
  const introduction =
    group.length === 0
      ? [`FRAMES ${version}: see who and what your programme depends on, before people leave.`]
      : [];
  return joinSections([
    introduction,
    [`Usage: ${name} COMMAND [options]`],
    ['Commands:', ...summaryLines(commandsIn(group, commands))],
    [
      `Run "frames COMMAND --help" for the options of a command${group.length === 0 ? ', "frames --version" for the version' : ''}.`,
    ],
  ]);
}

function joinSections(sections: readonly (readonly string[])[]): string {
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}
