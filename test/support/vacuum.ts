import { vacuumLive } from '#core/care/vacuum.ts';
import type { Vacuumed, Vacuuming } from '#core/care/vacuum.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { createIds, systemClock, systemRandom } from '#core/kernel/system.ts';

/** Vacuums a closed workspace. */
export const vacuum = (folder: string, more: Partial<Vacuuming> = {}): Promise<Vacuumed> =>
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
