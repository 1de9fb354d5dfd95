import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findCommand } from '#cli/args/parse.ts';
import { commands } from '#cli/commands/index.ts';
import { root } from '#scripts/lib/paths.ts';
import { inFolder } from './frames.ts';

/** A command in quotation marks: what a text tells a person to run. */
const hintPattern = /["“„](frames [a-z][^"”“]*)["”“]/g;
const hintsIn = (text: string): string[] => [...text.matchAll(hintPattern)].map(([, hint = '']) => hint);

const sources = [
  'src/cli',
  'src/core',
  'src/server',
  'src/data',
  'src/shared/texts',
  'src/renderer/i18n',
].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(root, folder, name), 'utf8')),
);

describe('every command that a text names', () => {
  // Texts of code join two lines in the middle of a command.
  const hints = new Set(sources.flatMap((source) => hintsIn(source.replaceAll(/' \+\s*'/g, ''))));

  test.each([...hints].filter((hint) => !hint.includes('${')).toSorted())('%s', (hint) => {
    const words = hint.split(' ').slice(1);
    const options = words.filter((word) => word.startsWith('--')).map((word) => word.slice(2));
    const path = words.slice(0, words.findIndex((word) => !/^[a-z][a-z-]*$/.test(word)) >>> 0);
    const isKnown = commands.some((command) => path.every((word, at) => command.path[at] === word));
    expect(isKnown, path.join(' ')).toBe(true);
    const match = findCommand(path, commands);
    const known = 'command' in match ? Object.keys(match.command.options) : [];
    expect(options.filter((option) => !known.includes(option))).toEqual([]);
  });
});

const { at, seed, frames, json } = inFolder();
const on = ['--workspace', 'w'];

/** What leads to a message, the command that shows it, and what the placeholders of its hint are. */
interface Case {
  name: string;
  prepare: () => Promise<unknown>;
  command: string;
  hint: string;
  with?: () => Readonly<Record<string, string>>;
  more?: string;
}

const backup = async (): Promise<string> => (await json<{ id: string }>('backup', 'create', ...on)).id;
const newestBackup = (): Record<string, string> => ({
  ID:
    readdirSync(at('w/backups'))
      .find((name) => name.endsWith('.frames'))
      ?.replace('.frames', '') ?? '',
});
const spoil = (): void => writeFileSync(at('w/frames.sqlite'), 'no database '.repeat(1000));

const cases: readonly Case[] = [
  {
    name: 'a corrupt file with a backup',
    prepare: async () => {
      await backup();
      spoil();
    },
    command: 'verify --workspace w',
    hint: 'frames backup restore ID',
    with: newestBackup,
    more: '--yes',
  },
  {
    name: 'a missing file with a backup',
    prepare: async () => {
      await backup();
      for (const name of ['frames.sqlite', 'frames.sqlite-wal', 'frames.sqlite-shm'])
        rmSync(at(`w/${name}`), { force: true });
    },
    command: 'search bench --workspace w',
    hint: 'frames backup list',
  },
  {
    name: 'an older copy in the place of the file',
    prepare: async () => {
      const before = readFileSync(at('w/frames.sqlite'));
      await json('entities', 'create', 'team', '--data', '{"name":"New"}', ...on);
      writeFileSync(at('w/frames.sqlite'), before);
    },
    command: 'search bench --workspace w',
    hint: 'frames accept',
    more: '--yes',
  },
  {
    name: 'a job that failed for good',
    prepare: async () => {
      writeFileSync(at('no.json'), '{');
      await frames('jobs add import --file no.json', ...on);
    },
    command: 'jobs run --workspace w',
    hint: 'frames jobs retry',
  },
];

const noValues = (): Readonly<Record<string, string>> => ({});

describe('the command of a message', () => {
  test.each(cases)('helps: $name', async ({ prepare, command, hint, with: values = noValues, more = '' }) => {
    rmSync(at('w'), { recursive: true, force: true });
    await seed();
    await prepare();
    const { code, stderr } = await frames(command);
    expect(code, stderr).toBe(1);
    const found = hintsIn(stderr).find((one) => one.startsWith(hint));
    expect(found, stderr).toBeDefined();
    const placeholders = values();
    const words = (found ?? '')
      .split(' ')
      .slice(1)
      .map((word) => placeholders[word] ?? word);
    const followed = await frames([...words, ...on, more].join(' ').trim());
    expect(followed.code, `${words.join(' ')}: ${followed.stderr}`).toBe(0);
  });
});
