import { renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createLog } from '#core/kernel/logger.ts';
import type { Log } from '#core/kernel/logger.ts';

const MAX_LOG_BYTES = 5 * 1024 * 1024;

/** The log in the workspace folder. Above 5 MB it is rotated to `frames.log.1`. */
export function workspaceLog(workspace: string): Log {
  const file = join(workspace, 'logs', 'frames.log');
  try {
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > MAX_LOG_BYTES) renameSync(file, `${file}.1`);
  } catch {
    // Core reports an unwritable folder with a reason, so logging must not throw first.
  }
  return createLog({ file });
}

export function errorFields(error: unknown): Record<string, unknown> {
  return error instanceof Error ? { error: error.message, stack: error.stack } : { error: String(error) };
}
