import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '#scripts/lib/paths.ts';

const run = promisify(execFile);

/** Runs `bin/frames`, as a person would beside the window, and gives what it printed. Rejects when it fails. */
export async function runFrames(args: string[]): Promise<string> {
  const { stdout } = await run(join(root, 'bin', 'frames'), args, { timeout: 60_000 });
  return stdout;
}

/** What `frames verify` says of a workspace that no window has open. */
export async function verifyWorkspace(workspace: string): Promise<unknown> {
  return JSON.parse(await runFrames(['verify', '--workspace', workspace, '--json']));
}
