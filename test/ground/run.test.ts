import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { root } from '#scripts/lib/paths.ts';

/** A process that runs a shell command through `run` and ends with its exit code. */
function runner(command: string): ChildProcess {
  const code = `import { run } from ${JSON.stringify(join(root, 'scripts/lib/run.ts'))};
    process.exitCode = await run(${JSON.stringify(command)}, [], { shell: true });`;
  const args = ['--input-type=module', '--eval', code];
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function firstLine(child: ChildProcess): Promise<string> {
  const [chunk] = (await once(child.stdout ?? child, 'data')) as [Buffer];
  return chunk.toString().trim();
}

/** Whether a process is still at work; one that only waits to be reaped is not. */
async function isAtWork(pid: number): Promise<boolean> {
  const child = spawn('ps', ['-o', 'stat=', '-p', String(pid)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let state = '';
  child.stdout.on('data', (chunk: Buffer) => (state += chunk.toString()));
  await once(child, 'close');
  return state.trim() !== '' && !state.startsWith('Z');
}

async function untilGone(pid: number): Promise<void> {
  while (await isAtWork(pid)) await sleep(50);
}

describe.runIf(process.platform !== 'win32')('running a step', () => {
  test('gives the exit code of the command', async () => {
    const child = runner('exit 7');
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(7);
  });

  test('ending it ends its child processes, and gives its exit code', async () => {
    const child = runner('sleep 1000 & echo $!; wait');
    const sleeper = Number(await firstLine(child));
    expect(await isAtWork(sleeper)).toBe(true);
    child.kill('SIGTERM');
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(128 + 15);
    await untilGone(sleeper);
  });
});
