import { isFault } from '#shared/contract/faults.ts';
import type { SalvageReport } from '#shared/contract/salvage.ts';
import type { ToData } from '#shared/shell/process.ts';
import type { Log } from '#core/log.ts';
import { ownerName } from '#core/owner.ts';
import { previewSalvage } from '#core/salvage/run.ts';
import { createIds, systemClock, systemRandom } from '#core/system.ts';
import { errorFields } from './log-file.ts';
import { isLost } from './recoverable.ts';
import type { Refusal } from './refusal.ts';

/**
 * What could be salvaged of a file that cannot be opened, which takes as long as salvaging does; null where nothing could, undefined where
 * it is no such file or somebody gave up looking. Never rejects.
 */
export async function salvageable(
  { workspace, target }: Extract<ToData, { kind: 'open' }>,
  refusal: Refusal,
  log: Log,
  signal: AbortSignal,
): Promise<SalvageReport | null | undefined> {
  if (!isLost(refusal) || target.kind !== 'live') return undefined;
  try {
    return await previewSalvage({
      folder: workspace,
      owner: ownerName(process.env),
      clock: systemClock,
      ids: createIds(systemClock, systemRandom),
      random: systemRandom,
      log,
      tell: () => {},
      signal,
    });
  } catch (error) {
    log.warn(errorFields(error), 'nothing to salvage');
    return isFault(error) && error.code === 'CANCELLED' ? undefined : null;
  }
}
