import { isFault } from '#shared/contract/faults.ts';
import type { FromData, ToData } from '#shared/shell/process.ts';
import type { Log } from '#core/kernel/logger.ts';
import { ownerName } from '#core/kernel/owner.ts';
import { previewSalvage } from '#core/salvage/run.ts';
import { createIds, systemClock, systemRandom } from '#core/kernel/system.ts';
import { errorFields } from './log-file.ts';
import { isLost } from './recovery-offer.ts';
import { refusalOf } from './refusal.ts';

export type SalvageOffer = Pick<Extract<FromData, { kind: 'failed' }>, 'salvage' | 'salvageRefused'>;

/** Previews a salvage. `salvage` is null if nothing is recoverable; undefined if cancelled. Never rejects. */
export async function offerSalvage(
  { workspace, pointed }: Extract<ToData, { kind: 'open' }>,
  log: Log,
  signal: AbortSignal,
): Promise<SalvageOffer | undefined> {
  try {
    const salvage = await previewSalvage({
      folder: workspace,
      searchedFolder: pointed,
      owner: ownerName(process.env),
      clock: systemClock,
      ids: createIds(systemClock, systemRandom),
      random: systemRandom,
      holder: { kind: 'window', label: 'FRAMES window' },
      log,
      onProgress: () => {},
      signal,
    });
    return { salvage };
  } catch (error) {
    log.warn(errorFields(error), 'nothing to salvage');
    if (isFault(error) && error.code === 'CANCELLED') return undefined;
    const refusal = refusalOf(error, workspace);
    return isLost(refusal) ? { salvage: null } : { salvageRefused: refusal.refused };
  }
}
