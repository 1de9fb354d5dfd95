import { join } from 'node:path';
import { resetToGolden } from '#core/versions/golden-reset.ts';
import type { Reset, Resetting } from '#core/versions/golden-reset.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { createIds, systemClock, systemRandom } from '#core/kernel/system.ts';
import { root } from '#scripts/lib/paths.ts';

/** What comes with the program. */
export const resources = join(root, 'resources');

/** Resets a closed workspace. */
export function resetHere(folder: string, more: Partial<Resetting> = {}): Promise<Reset> {
  return resetToGolden({
    files: workspaceFiles(folder),
    resources,
    clock: systemClock,
    ids: createIds(systemClock, systemRandom),
    random: systemRandom,
    log: silentLog,
    tell: () => {},
    signal: new AbortController().signal,
    holder: { kind: 'test', label: 'a reset' },
    ...more,
  });
}
