import { writeSupportCopy } from '#core/care/support-copy.ts';
import type { Log } from '#core/log.ts';
import { createIds, systemClock, systemRandom } from '#core/system.ts';
import { errorFields } from './log-file.ts';
import { refusalOf } from './refusal.ts';

/** Writes a copy for support of a workspace that is not open. Returns why it could not, or null. Never rejects. */
export async function copyForSupport(
  folder: string,
  path: string,
  log: Log,
  signal: AbortSignal,
): Promise<string | null> {
  try {
    const ids = createIds(systemClock, systemRandom);
    await writeSupportCopy({ folder, path, clock: systemClock, ids, log, tell: () => {}, signal });
    return null;
  } catch (error) {
    log.error(errorFields(error), 'no copy for support');
    return refusalOf(error, folder).message;
  }
}
