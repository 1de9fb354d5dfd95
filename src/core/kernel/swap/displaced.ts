import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isoTime } from '../system.ts';
import type { Clock } from '../system.ts';

/** Returns an unused folder name in the workspace's own backups, for files that are moved aside unchanged. */
export function displacedName(folder: string, clock: Clock): string {
  const baseName = `displaced-${isoTime(clock.now()).replaceAll(/[-:.]/g, '')}`;
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? baseName : `${baseName}-${number}`;
    if (!existsSync(join(folder, 'backups', name))) return name;
  }
}
