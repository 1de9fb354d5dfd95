import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, assert, beforeEach, describe, expect, it, vi } from 'vitest';
import { ProcessFailure, runInProcess } from '#core/kernel/processes/run-in-process.ts';
import type { ProcessLimits } from '#core/kernel/processes/run-in-process.ts';
import type { ProcessTask } from '#core/kernel/processes/task.ts';
import { taskProgramVariable } from '#shared/shell/task-program.ts';
import { programFile } from '../../../support/program.ts';
import * as tasks from './task-names.ts';

const limits = { timeoutMs: 20_000, maxBytes: 400_000_000 };
let temporary: string;

beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), 'frames-processes-'));
  const program = programFile(new URL('tasks.ts', import.meta.url));
  vi.stubEnv(taskProgramVariable, JSON.stringify([process.execPath, program]));
  vi.stubEnv('TMPDIR', temporary);
  vi.stubEnv('FRAMES_ACTOR', 'secret');
});

afterEach(() => {
  // Other files may be run in this process after this one.
  vi.unstubAllEnvs();
  const left = readdirSync(temporary);
  rmSync(temporary, { recursive: true });
  assert.deepEqual(left, []);
});

const failure = (task: ProcessTask<null, unknown>, more: Partial<ProcessLimits> = {}): Promise<unknown> =>
  runInProcess(task, null, { ...limits, ...more }).catch((error: unknown) => {
    if (error instanceof ProcessFailure) return { fault: error.fault, code: error.code };
    throw error;
  });

describe('a task in a separate process', () => {
  it('gets and returns JSON', async () => {
    const value = {
      text: 'ß “ \u2028 \u0000 😀',
      list: [null, true, -1.5e300, {}],
      long: 'x'.repeat(3_000_000),
    };
    expect(await runInProcess(tasks.echo, value, limits)).toEqual(value);
  });

  it('has its own folder and no secrets in its environment', async () => {
    const { folder, names, cwd } = await runInProcess(tasks.environment, null, limits);
    expect(folder.startsWith(temporary)).toBe(true);
    expect(cwd).toBe(folder);
    expect(names.filter((name) => name.startsWith('FRAMES_'))).toEqual([]);
  });

  it('is killed after its time, inside one long call', async () => {
    const began = performance.now();
    expect(await failure(tasks.endless, { timeoutMs: 1000 })).toEqual({ fault: 'timeout', code: undefined });
    expect(performance.now() - began).toBeLessThan(3000);
  });

  it('is killed when it holds too much memory', async () => {
    expect(await failure(tasks.greedy)).toEqual({ fault: 'memory' });
  });

  it('is killed when it writes too large temporary files', async () => {
    expect(await failure(tasks.spilling, { maxDiskBytes: 20_000_000 })).toEqual({ fault: 'disk' });
  });

  it('is killed when the call is cancelled', async () => {
    const reason = new Error('cancelled');
    const controller = new AbortController();
    setTimeout(() => controller.abort(reason), 200);
    const running = runInProcess(tasks.endless, null, { ...limits, signal: controller.signal });
    await expect(running).rejects.toBe(reason);
    await expect(runInProcess(tasks.echo, 1, { ...limits, signal: AbortSignal.abort(reason) })).rejects.toBe(
      reason,
    );
  });

  it('ends, and leaves nothing, when its parent is killed', async () => {
    const program = programFile(new URL('parent.ts', import.meta.url));
    const parent = spawn(process.execPath, [program], { stdio: 'ignore' });
    const working = (): void => {
      const [folder = ''] = readdirSync(temporary);
      assert(existsSync(join(temporary, folder, 'began')));
    };
    await vi.waitFor(working, { timeout: 20_000 });
    parent.kill('SIGKILL');
    await vi.waitFor(() => assert.deepEqual(readdirSync(temporary), []), { timeout: 20_000 });
  });

  it('reports crashes, missing answers and its own errors', async () => {
    expect(await failure(tasks.crash)).toEqual({ fault: 'crashed' });
    expect(await failure(tasks.silent)).toEqual({ fault: 'crashed' });
    expect(await failure(tasks.refuse)).toEqual({ fault: 'failed', code: 'NOT_ALLOWED' });
    expect(await failure(tasks.unknown)).toEqual({ fault: 'failed', code: 'ERROR' });
  });

  it('fails as a crash if the program is missing', async () => {
    vi.stubEnv(taskProgramVariable, JSON.stringify([join(temporary, 'none')]));
    expect(await failure(tasks.unknown)).toEqual({ fault: 'crashed' });
  });
});
