import { vacuumLive } from '#core/care/vacuum.ts';
import type { VacuumResult, VacuumOptions } from '#core/care/vacuum.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { createIds, systemClock, systemRandom } from '#core/kernel/system.ts';

/** Vacuums a closed workspace. */
export const vacuum = (folder: string, more: Partial<VacuumOptions> = {}): Promise<VacuumResult> =>
  vacuumLive({
    files: workspaceFiles(folder),
    clock: systemClock,
    ids: createIds(systemClock, systemRandom),
    random: systemRandom,
    log: silentLog,
    holder: { kind: 'test', label: 'a vacuum' },
    onProgress: () => {},
    signal: new AbortController().signal,
    ...more,
  });
