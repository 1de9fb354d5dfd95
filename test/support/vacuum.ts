import { vacuumLive } from '#core/care/vacuum.ts';
import type { VacuumResult, VacuumOptions } from '#core/care/vacuum.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { systemServices } from '#core/kernel/system.ts';

/** Vacuums a closed workspace. */
export const vacuum = (folder: string, more: Partial<VacuumOptions> = {}): Promise<VacuumResult> =>
  vacuumLive({
    files: workspaceFiles(folder),
    ...systemServices(),
    log: silentLog,
    holder: { kind: 'test', label: 'a vacuum' },
    onProgress: () => {},
    signal: new AbortController().signal,
    ...more,
  });
