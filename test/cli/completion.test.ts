import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { commands } from '#cli/commands/index.ts';
import { completionPoints } from '#cli/commands/completion.ts';
import { capture } from '#scripts/lib/capture.ts';
import { ensurePackages } from '#scripts/system.ts';
import { makeFolder, removeFolder } from '../support/folder.ts';
import { runHere } from './frames.ts';

const folder = makeFolder();
afterAll(() => removeFolder(folder));

const printed = async (...args: string[]): Promise<string> => {
  const { code, stdout } = await runHere(folder, args);
  expect(code).toBe(0);
  return stdout;
};

/** On Debian all shells, which are installed where they are missing; on other systems those that are there. */
const isDebian = await ensurePackages(['bash', 'fish', 'zsh']);
const has = async (shell: string): Promise<boolean> =>
  isDebian || (await capture(shell, ['-c', 'exit 0'])).code === 0;
const [hasBash, hasZsh, hasFish] = await Promise.all(['bash', 'zsh', 'fish'].map(has));

const lines: [typed: string[], offered: string[]][] = [
  [['en'], ['entities']],
  [['entities', 'l'], ['list']],
  [['entities', 'list', 'te'], ['team']],
  [['entities', 'list', 'team', '--so'], ['--sort']],
  [
    ['import', 'file.gexf', '--format', 'gr'],
    ['graphml', 'graphology'],
  ],
  [['completion', 'f'], ['fish']],
];

it('knows every command and each of its options', () => {
  const places = new Map(completionPoints(commands).map((place) => [place.path, place]));
  for (const { path, options } of commands) {
    const offered = places.get(path.join(' '))?.options.map(({ name }) => name);
    expect(offered).toEqual(expect.arrayContaining(Object.keys(options).map((name) => `--${name}`)));
    const parent = places.get(path.slice(0, -1).join(' '))?.words.map(({ name }) => name);
    expect(parent).toContain(path.at(-1));
  }
});

describe.runIf(hasBash)('in bash', () => {
  it.each(lines)('completes %j', async (typed, offered) => {
    const script = join(folder, 'frames.bash');
    writeFileSync(script, await printed('completion', 'bash'));
    const call = `source "$0"; COMP_WORDS=(frames "$@"); COMP_CWORD=$#; _frames; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = await capture('bash', ['-c', call, script, ...typed]);
    expect(stdout.trim().split('\n'), stderr).toEqual(offered);
  });
});

describe.runIf(hasFish)('in fish', () => {
  it.each(lines)('completes %j', async (typed, offered) => {
    const script = join(folder, 'frames.fish');
    writeFileSync(script, await printed('completion', 'fish'));
    const call = `source ${script}; complete -C ${JSON.stringify(['frames', ...typed].join(' '))}`;
    const { stdout, stderr } = await capture('fish', ['--no-config', '-c', call]);
    const names = stdout
      .trim()
      .split('\n')
      .map((line) => line.split('\t')[0]);
    expect(names, stderr).toEqual(offered);
  });
});

it.runIf(hasZsh)('is a valid script for zsh', async () => {
  const script = join(folder, '_frames');
  writeFileSync(script, await printed('completion', 'zsh'));
  expect(await capture('zsh', ['-n', script])).toEqual({ code: 0, stdout: '', stderr: '' });
});

it('prints a manual page with every command, in which no text is taken for a request', async () => {
  const page = (await printed('man')).trimEnd().split('\n');
  for (const { path } of commands)
    expect(page).toContain(`.SS frames ${path.join(' ').replaceAll('-', '\\-')}`);
  const requests = page.filter((line) => /^[.']/.test(line)).map((line) => line.split(' ')[0]);
  expect(new Set(requests)).toEqual(new Set(['.B', '.EE', '.EX', '.PP', '.SH', '.SS', '.TH', '.TP', '.br']));
});
