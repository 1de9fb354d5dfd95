import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '#scripts/lib/paths.ts';
import { inFolder, runHere, startFrames } from './frames.ts';
import type { FramesError } from './frames.ts';

const { folder, at, frames, refused } = inFolder('program');

const inProcess = (argv: readonly string[]) => runHere(folder, argv);

describe('wrong usage', () => {
  test.each([
    ['an unknown command of a group', ['entities', 'explode'], 'explode'],
    ['a group without a command', ['entities'], 'entities'],
    ['nothing to update', ['entities', 'update', 'team', 'x', '--workspace', 'w'], '--data'],
  ])('%s ends with 2 and is named', async (_what, args, named) => {
    const program = await inProcess([...args, '--json']);
    expect(program).toMatchObject({ code: 2, stdout: '' });
    const { error } = JSON.parse(program.stderr) as { error: FramesError };
    expect(error).toMatchObject({ code: 'USAGE', message: expect.stringContaining(named) as string });
    expect(error).toMatchObject({ timestamp: '2026-11-20T08:30:00.000Z', request_id: 'request-1' });
  });

  test('is the same through the program', async () => {
    const { code, stdout, error } = await refused('verify', '--workspace', 'w', '--loud');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(error.code).toBe('USAGE');
    expect(error.request_id).toMatch(/^[0-9a-f-]{36}$/);
    expect(Date.parse(error.timestamp)).not.toBeNaN();
    expect(existsSync(at('w'))).toBe(false);
  });
});

describe('the program', () => {
  test('prints its version', async () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    expect(await frames('--version')).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
    expect(JSON.parse((await frames('--version', '--json')).stdout)).toEqual({ version });
  });

  test('helps, with and without a command, without a workspace', async () => {
    const [all, group, one, short] = await Promise.all([
      inProcess(['--help']),
      inProcess(['help', 'migrate']),
      inProcess(['entities', 'list', '--help']),
      inProcess(['seed', '-h']),
    ]);
    for (const { code, stderr } of [all, group, one, short])
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(all.stdout).toContain('entities restore');
    expect(group.stdout).toContain('migrate down');
    expect(one.stdout).toContain('--filter FILTER');
    expect(short.stdout).toContain('--size SIZE');
  });

  test('explains a missing command', async () => {
    const { code, stderr } = await inProcess([]);
    expect(code).toBe(2);
    expect(stderr).toBe('frames: frames requires a command.\nRun "frames --help" for usage.\n');
  });

  test('is quiet when its reader has seen enough', async () => {
    const { child, ended } = startFrames(folder, ['--help']);
    child.stdout.destroy();
    const { stderr } = await ended.catch(() => ({ stderr: '' }));
    expect(stderr).toBe('');
  });
});
