import { cpSync, mkdirSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';

import { afterAll, beforeAll, expect, test } from 'vitest';
import { fillUp, mountSmall, smallDisks } from '#test/support/disk.ts';
import { FailingCalls } from '#test/support/failing-calls.ts';
import { inFolder } from './frames.ts';

/*
 * Every call of the file system that a command makes fails once. The command then ends by itself with a sentence, and the workspace
 * verifies. `IO_ERRORS=all` tries all calls; without it, some of each command.
 */
const samples = process.env['IO_ERRORS'] === 'all' ? Infinity : 4;
const codes = ['EIO', 'ENOSPC', 'EACCES'] as const;

const { at, seed, frames, json } = inFolder();
const calls = new FailingCalls(at('copy'));
let documentId: string;

beforeAll(async () => {
  await seed();
  writeFileSync(at('notes.md'), '# Handover\n');
  writeFileSync(at('teams.json'), '{"teams":[{"id":"team_new","name":"New team"}]}');
  const on = ['--workspace', 'w'];
  const { record } = await json<{ record: { id: string } }>('documents', 'attach', 'notes.md', ...on);
  documentId = record.id;
  await json('backup', 'create', ...on);
  await json('sandbox', 'create', 'Plan', ...on);
  const handle = await open(at('notes.md'));
  calls.install(handle);
  await handle.close();
});
afterAll(() => calls.restore());

const freshContents = (): void => {
  cpSync(at('w'), at('copy'), { recursive: true });
  writeFileSync(at('copy/more.md'), '# More\n');
};
const freshCopy = (): void => {
  rmSync(at('copy'), { recursive: true, force: true });
  freshContents();
};

const leftovers = (): string[] =>
  readdirSync(at('copy'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.part'));

const commands: readonly [name: string, command: () => string][] = [
  ['entities create', () => 'entities create team --data {"name":"A"}'],
  ['import', () => 'import teams.json --force --no-backup'],
  ['export', () => 'export --out copy/out.json'],
  ['backup create', () => 'backup create'],
  ['backup list', () => 'backup list'],
  ['verify', () => 'verify'],
  ['health', () => 'health'],
  ['documents attach', () => 'documents attach copy/more.md'],
  ['documents save', () => `documents save ${documentId} --out copy/saved.md`],
  ['sandbox create', () => 'sandbox create Other'],
  ['sandbox list', () => 'sandbox list'],
  ['search', () => 'search bench'],
  ['people find', () => 'people find Nobody'],
  ['support-copy', () => 'support-copy copy/support.tar.gz'],
  ['jobs run', () => 'jobs run'],
];

test.each(commands)(
  'an error of any call of the file system ends %s with a sentence, and the workspace intact',
  async (_, command) => {
    freshCopy();
    calls.arm(Infinity);
    const whole = await frames(command(), '--workspace', 'copy');
    const names = calls.names;
    expect(names.length, whole.stderr).toBeGreaterThan(0);
    const step = Math.max(1, names.length / samples);
    for (let position = 0; position < names.length; position += step) {
      const number = Math.floor(position);
      const code = codes[number % codes.length] ?? 'EIO';
      const what = `${command()}: ${code} at call ${number} (${names[number]})`;
      freshCopy();
      calls.arm(number, code);
      const ended = await frames(command(), '--workspace', 'copy').catch((error: unknown) => ({
        code: null,
        stderr: String((error as Error).stack),
      }));
      calls.arm(Infinity);
      expect.soft([0, 1], `${what}: ${ended.stderr}`).toContain(ended.code);
      expect.soft(ended.stderr, what).not.toMatch(/\n\s+at |Internal error/);
      const { code: verified, stdout, stderr } = await frames('verify --workspace copy');
      expect.soft(verified, `${what}: ${stdout}${stderr}`).toBe(0);
      // A part that could not be removed stays until it is stale.
      const expected = /^(?:rm|unlink)/.test(names[number] ?? '') ? leftovers() : [];
      expect.soft(leftovers(), what).toEqual(expected);
    }
  },
);

/*
 * Calls of SQLite, of workers and of other processes are not those of `node:fs` in this thread. A disk with so much room left makes them fail
 * where they first need more.
 */
const roomBytes = process.env['IO_ERRORS'] === 'all' ? rooms(16_384, 8_000_000) : [0, 100_000, 1_000_000];

function rooms(first: number, last: number): number[] {
  const all = [0];
  for (let room = first; room < last; room = Math.ceil(room * 1.3)) all.push(room);
  return all;
}

const fullDiskCommands = smallDisks().flatMap((disk) =>
  commands.map((command) => [disk, ...command] as const),
);

test.runIf(fullDiskCommands.length > 0).each(fullDiskCommands)(
  'on %s that is full at any point, %s ends with a sentence, and the workspace intact',
  async (_disk, _name, command) => {
    rmSync(at('copy'), { recursive: true, force: true });
    mkdirSync(at('copy'));
    const unmount = mountSmall(at('copy'), 48_000_000);
    try {
      for (const room of roomBytes) {
        for (const name of readdirSync(at('copy'))) rmSync(at(`copy/${name}`), { recursive: true });
        freshContents();
        const filler = fillUp(at('copy'));
        truncateSync(filler, Math.max(0, statSync(filler).size - room));
        const what = `${command()}: ${room} bytes left`;
        const ended = await frames(command(), '--workspace', 'copy').catch((error: unknown) => ({
          code: null,
          stderr: String((error as Error).stack),
        }));
        expect.soft([0, 1], `${what}: ${ended.stderr}`).toContain(ended.code);
        expect.soft(ended.stderr, what).not.toMatch(/\n\s+at |Internal error/);
        rmSync(filler);
        const { code: verified, stdout, stderr } = await frames('verify --workspace copy');
        expect.soft(verified, `${what}: ${stdout}${stderr}`).toBe(0);
        expect.soft(leftovers(), what).toEqual([]);
      }
    } finally {
      unmount();
    }
  },
);
