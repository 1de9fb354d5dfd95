import type { Option } from '#cli/args/option.ts';
import { globalOptions } from '#cli/command.ts';
import type { Command } from '#cli/command.ts';
import { meaningOf, termOf, usageOf } from '#cli/output/help.ts';
import { cell, code, generated, linkTo, page, table } from './markdown.ts';

interface Topic {
  heading: string;
  commands: readonly Command[];
}

const headingOf = ({ path }: Command): string => `frames ${path.join(' ')}`;

/** Commands that share their first word, in the order of the help. The others are one topic, and come first. */
function topicsOf(commands: readonly Command[]): Topic[] {
  const byWord = Map.groupBy(commands, ({ path }) => path[0] ?? '');
  const groups = [...byWord].filter(([, { length }]) => length > 1);
  const single = [...byWord.values()].flatMap((group) => (group.length === 1 ? group : []));
  return [
    { heading: 'Single commands', commands: single },
    ...groups.map(([word, group]) => ({ heading: `Commands of ${word}`, commands: group })),
  ];
}

const optionRows = (options: Readonly<Record<string, Option<unknown>>>): string[][] =>
  Object.entries(options).map(([name, option]) => [code(termOf(name, option)), cell(meaningOf(option))]);

function sectionOf(command: Command): string[][] {
  const { summary, details = [], examples = [], parameters, options, operation } = command;
  const rows = [
    ...Object.values(parameters).map((one) => [code(one.placeholder), cell(meaningOf(one))]),
    ...optionRows(options),
  ];
  return [
    [`### ${headingOf(command)}`],
    [`${cell(summary)}.`],
    ['```text', usageOf(command), '```'],
    ...details.map((paragraph) => [cell(paragraph)]),
    rows.length > 0 ? table(['argument or option', 'meaning'], rows) : [],
    examples.length > 0 ? ['```text', ...examples, '```'] : [],
    operation === undefined ? [] : [`Operation of the contract: \`${operation}\`.`],
  ];
}

/** The page of all commands, from the same declarations as their help, the manual page and the completion. */
export function commandsPage(commands: readonly Command[]): string {
  const topics = topicsOf(commands);
  return page([
    ['# Commands'],
    [generated('the declarations in `src/cli/commands`')],
    [
      `All ${commands.length} commands of \`frames\`. [The command line](../guide/command-line.md) lists them by job and explains what they share.`,
    ],
    ['Every command has these options:'],
    table(['option', 'meaning'], optionRows(globalOptions)),
    ['The exit code is 0 on success, 1 on a refusal or failure, and 2 on wrong usage.'],
    ['## Contents'],
    ...topics.flatMap(({ heading, commands: group }) => [
      [`**${linkTo(heading)}**`],
      table(
        ['command', 'what it does'],
        group.map((one) => [linkTo(headingOf(one), code(headingOf(one))), cell(one.summary)]),
      ),
    ]),
    ...topics.flatMap(({ heading, commands: group }) => [[`## ${heading}`], ...group.flatMap(sectionOf)]),
  ]);
}
