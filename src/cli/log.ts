import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { createLog, silentLog } from '#core/kernel/logger.ts';
import type { Log } from '#core/kernel/logger.ts';

/**
 * The log of a workspace, opened with its first entry: a command that is refused leaves no trace in a folder that is no
 * workspace. Where nothing can be written, nothing is: the log never decides whether a command succeeds.
 */
export function workspaceLog(folder: string): Log {
  const { live, logs } = workspaceFiles(folder);
  let opened: Log | undefined;
  const log = (): Log => {
    if (opened) return opened;
    if (!existsSync(live)) return silentLog;
    try {
      opened = createLog({ file: join(logs, 'frames.log') });
    } catch {
      opened = silentLog;
    }
    return opened;
  };
  return {
    debug: (fields, message) => log().debug(fields, message),
    info: (fields, message) => log().info(fields, message),
    warn: (fields, message) => log().warn(fields, message),
    error: (fields, message) => log().error(fields, message),
  };
}
