import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testFolder } from '#test/support/folder.ts';
import { programFile } from '#test/support/program.ts';
import type { Folded } from './no-thread-child.ts';

const child = new URL('./no-thread-child.ts', import.meta.url);
/** Node lets it do everything but begin threads. */
const noThreads = ['--permission', '--allow-fs-read=*', '--allow-fs-write=*', '--allow-addons'];

test('without a thread, a long WAL is checkpointed here, and this is logged', () => {
  const file = join(testFolder(), 'plain.sqlite');
  const args = [...noThreads, programFile(child), file];
  const said = execFileSync(process.execPath, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const { log, folded, warnings } = JSON.parse(said) as Folded;
  expect(folded).toBe(log);
  expect(log).toBeGreaterThan(1000);
  expect(warnings).toEqual(['no worker for a checkpoint']);
});
