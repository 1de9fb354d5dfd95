import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { isCommandLine } from '#main/command-line.ts';
import { argumentsAfterLauncher } from '#shared/shell/launcher.ts';
import { root } from '#scripts/lib/paths.ts';
import { makeFolder, removeFolder } from '../support/folder.ts';
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

it.each([
  [
    ['frames', 'verify', '--json'],
    ['verify', '--json'],
  ],
  [
    ['frames', '--no-sandbox', 'verify'],
    ['--no-sandbox', 'verify'],
  ],
])('the arguments of %j, started without the launcher, are %j', (argv, args) => {
  expect(argumentsAfterLauncher(argv, false)).toEqual(args);
  expect(argumentsAfterLauncher(argv, true)).toEqual(args);
});

it.runIf(process.platform === 'linux')('the switches of the launcher are not arguments', () => {
  const folder = makeFolder();
  try {
    mkdirSync(join(folder, 'bin'));
    copyFileSync(join(root, 'resources/linux/launcher.sh'), join(folder, 'bin/frames'));
    writeFileSync(join(folder, 'frames'), '#!/bin/sh\nprintf "%s\\n" "$0" "$@"\n', { mode: 0o755 });
    symlinkSync(join(folder, 'bin/frames'), join(folder, 'link'));
    const args = ['import', 'a file.json', '--no-sandbox'];
    const argv = execFileSync('sh', [join(folder, 'link'), ...args], { encoding: 'utf8' })
      .trim()
      .split('\n');
    expect(argv).toContain('--log-level=3');
    expect(argumentsAfterLauncher(argv, process.getuid?.() === 0)).toEqual(args);
  } finally {
    removeFolder(folder);
  }
});
