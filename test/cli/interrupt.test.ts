import { spawn, spawnSync } from 'node:child_process';
import type { StdioOptions } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { root } from '#scripts/lib/paths.ts';
import { testFolder } from '#test/support/folder.ts';
import { makePipe } from '#test/support/make-pipe.ts';

test.each([
  ['stdout', ['--help'], 1, /^frames: The output cannot be written \(ENOSPC\)\.\n$/],
  ['stderr', ['nonsense'], 2, /^$/],
] as const)(
  'a full disk under %s ends a command with its exit code and no stack',
  (stream, args, code, said) => {
    const full = openSync('/dev/full', 'w');
    onTestFinished(() => closeSync(full));
    const stdio: StdioOptions = stream === 'stdout' ? ['ignore', full, 'pipe'] : ['ignore', 'pipe', full];
    const ended = spawnSync(join(root, 'bin/frames'), args, { stdio, encoding: 'utf8' });
    expect((stream === 'stdout' ? ended.stderr : ended.stdout) ?? '').toMatch(said);
    expect(ended.status).toBe(code);
  },
);

test.each([
  ['SIGTERM', 'SIGTERM'],
  ['SIGTERM', 'SIGINT'],
  ['SIGINT', 'SIGTERM'],
] as const)('after %s, %s ends a command at once, even if a thread of it hangs', async (first, second) => {
  const pipe = join(testFolder(), 'pipe');
  makePipe(pipe);
  const child = spawn(process.execPath, [join(root, 'test/cli/stuck.ts'), 'stuck', pipe], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = once(child, 'exit');
  const said: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    said.push(line);
    child.kill(line === 'waiting' ? first : second);
  }
  expect(said).toEqual(['waiting', 'asked to stop']);
  expect(await ended).toEqual([null, second]);
});
