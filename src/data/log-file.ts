import { renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createLog } from '#core/kernel/logger.ts';
import type { Log } from '#core/kernel/logger.ts';

const LIMIT = 5 * 1024 * 1024;

/** The log inside the workspace's folder; beyond five megabytes it begins anew, with the old one beside it. */
export function workspaceLog(workspace: string): Log {
  const file = join(workspace, 'logs', 'frames.log');
  try {
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LIMIT) renameSync(file, `${file}.1`);
    return createLog({ file });
  } catch {
    // A folder that cannot be written to is refused by core, with a reason.
    return createLog();
  }
}

/** What may be logged of something thrown. */
export function errorFields(error: unknown): Record<string, unknown> {
  return error instanceof Error ? { error: error.message, stack: error.stack } : { error: String(error) };
}
