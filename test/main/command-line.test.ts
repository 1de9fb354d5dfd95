import { expect, it } from 'vitest';
import { isCommandLine } from '#main/command-line.ts';
import { commands } from '#cli/commands/index.ts';

it.each(commands.map(({ path }) => [path[0] ?? '']))('starts the command line for %s', (word) => {
  expect(isCommandLine([word, '--workspace', 'W'])).toBe(true);
});

it.each([['--help'], ['-h'], ['--version'], ['help']])('starts the command line for %s', (word) => {
  expect(isCommandLine([word])).toBe(true);
});

it.each([
  [[]],
  [['--workspace', 'W']],
  [['/home/ada/backup.frames']],
  [['frames://record/team-1']],
  [['C:\\Users\\Ada\\backup.frames']],
  [['backup.frames']],
])('opens a window for %j', (args) => {
  expect(isCommandLine(args)).toBe(false);
});
