import type { Option } from '../args/option.ts';
import { globalOptions } from '../command.ts';
import type { Command } from '../command.ts';
import { meaningOf, termOf, usageOf } from './help.ts';

/** Escapes special characters of roff, also at the start of a line. */
const escapeRoff = (text: string): string =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^([.'])/gm, '\\&$1');

const paragraphLines = (texts: readonly string[]): string[] =>
  texts.flatMap((text) => ['.PP', escapeRoff(text)]);

const entryLines = (term: string, meaning: string): string[] => [
  '.TP',
  `.B ${escapeRoff(term)}`,
  escapeRoff(meaning),
];

function optionEntries(options: Readonly<Record<string, Option<unknown>>>): string[] {
  return Object.entries(options).flatMap(([name, option]) =>
    entryLines(termOf(name, option), meaningOf(option)),
  );
}

function sectionLines(command: Command): string[] {
  const { path, summary, details = [], examples = [], parameters, options } = command;
  return [
    `.SS frames ${path.map(escapeRoff).join(' ')}`,
    `${escapeRoff(summary)}.`,
    '.PP',
    `.B ${escapeRoff(usageOf(command))}`,
    ...paragraphLines(details),
    ...Object.values(parameters).flatMap((parameter) =>
      entryLines(parameter.placeholder, meaningOf(parameter)),
    ),
    ...optionEntries(options),
    ...examples.flatMap((line) => ['.PP', '.EX', escapeRoff(line), '.EE']),
  ];
}

export function manualPage(commands: readonly Command[], version: string): string {
  return `${[
    `.TH FRAMES 1 "" "FRAMES ${escapeRoff(version)}" "User commands"`,
    '.SH NAME',
    'frames \\- see who and what a university space programme depends on',
    '.SH SYNOPSIS',
    '.B frames',
    '[FILE | LINK]',
    '.br',
    '.B frames',
    'COMMAND [options]',
    '.SH DESCRIPTION',
    'Without a command, frames opens its window. With one, it needs no display.',
    '.SH OPTIONS',
    'Every command has these options.',
    ...optionEntries(globalOptions),
    '.SH COMMANDS',
    ...commands.flatMap(sectionLines),
    '.SH EXIT STATUS',
    '0 on success, 1 on a refusal or failure, 2 on wrong usage.',
  ].join('\n')}\n`;
}
