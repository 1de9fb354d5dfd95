import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll } from 'vitest';
import { root } from '#scripts/lib/paths.ts';
import { run } from '#cli/run.ts';
import { commands } from '#cli/commands/index.ts';

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Running {
  child: ChildProcessByStdio<null, Readable, Readable>;
  ended: Promise<Ended>;
}

export interface FramesError {
  code: string;
  message: string;
  details: Record<string, unknown>;
  timestamp: string;
  request_id: string;
}

/** Starts the program as a person does, in `folder`. What FRAMES_ACTOR says here is not passed on unless given. */
export function startFrames(
  folder: string,
  args: readonly string[],
  environment: Record<string, string> = {},
): Running {
  const { FRAMES_ACTOR: _, ...inherited } = process.env;
  const child = spawn(join(root, 'bin/frames'), args, {
    cwd: folder,
    env: { ...inherited, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const over = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const ended = Promise.all([over, text(child.stdout), text(child.stderr)]).then(
    ([code, stdout, stderr]) => ({
      code,
      stdout,
      stderr,
    }),
  );
  return { child, ended };
}

/** Runs a command line in this process, which is much faster than starting the program. */
export async function runHere(
  folder: string,
  argv: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  input?: () => Promise<Buffer>,
): Promise<Ended> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const said = Promise.all([text(stdout), text(stderr)]);
  const code = await run(argv, commands, {
    stdout,
    stderr,
    environment,
    input,
    workingFolder: folder,
    signal: new AbortController().signal,
    requestId: 'request-1',
    version: '0.0.0',
    now: () => Date.UTC(2026, 10, 20, 8, 30),
    logUnexpected: (error) => {
      throw error;
    },
  });
  for (const stream of [stdout, stderr]) stream.end();
  const [out, err] = await said;
  return { code, stdout: out, stderr: err };
}

let seeded: Promise<string> | undefined;

/** Makes the workspace that `frames seed --size small` makes, and returns its folder. */
async function seedOnce(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'frames-cli-seeded-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const args = ['seed', '--size', 'small', '--workspace', 'w'];
  const { code, stderr } = await runHere(folder, args, { FRAMES_CONFIG: join(folder, 'config') });
  if (code !== 0) throw new Error(stderr);
  return join(folder, 'w');
}

/**
 * A temporary folder for the tests of one file, and the program run in it, or its command lines in this process where there are many. The
 * folder goes when they are over.
 */
export function inFolder(where: 'program' | 'here' = 'here') {
  const folder = mkdtempSync(join(tmpdir(), 'frames-cli-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  /** What commands store outside of the workspace: nothing of the person who runs the tests. */
  const configured = { FRAMES_CONFIG: join(folder, 'config') };
  /** The words of the command may stand in one text, as one writes them. */
  const frames = (command = '', ...more: string[]): Promise<Ended> => {
    const args = [...command.split(' ').filter((word) => word !== ''), ...more];
    return where === 'here' ? runHere(folder, args, configured) : startFrames(folder, args, configured).ended;
  };
  const json = async <R>(...args: string[]): Promise<R> => {
    const { code, stdout, stderr } = await frames(...args, '--json');
    if (code !== 0) throw new Error(`frames ${args.join(' ')} ended with ${code}: ${stderr}`);
    return JSON.parse(stdout) as R;
  };
  const refused = async (
    ...args: string[]
  ): Promise<{ code: number | null; stdout: string; error: FramesError }> => {
    const { code, stdout, stderr } = await frames(...args, '--json');
    return { code, stdout, error: (JSON.parse(stderr) as { error: FramesError }).error };
  };
  /** Puts a copy of the small sample into a workspace. All copies are the same workspace: one of another identity is made by `frames seed`. */
  const seed = async (workspace = 'w'): Promise<void> => {
    seeded ??= seedOnce();
    cpSync(await seeded, join(folder, workspace), { recursive: true });
  };
  return { folder, seed, at: (name: string) => join(folder, name), frames, json, refused };
}
