import { writeSupportCopy } from '#core/care/support-copy.ts';
import type { Log } from '#core/kernel/logger.ts';
import { ownerName } from '#core/kernel/owner.ts';
import { salvageToSandbox } from '#core/salvage/salvage-to-sandbox.ts';
import { createIds, systemClock, systemRandom } from '#core/kernel/system.ts';
import type { FromData, ToData } from '#shared/shell/process.ts';
import { errorFields } from './log-file.ts';
import { refusalOf } from './refusal.ts';

/** Writes a support copy of a closed workspace, or salvages its records into a sandbox. Never rejects. */
export async function runErrand(
  message: Extract<ToData, { kind: 'supportCopy' | 'look' }>,
  { workspace: folder, pointed }: Pick<Extract<ToData, { kind: 'open' }>, 'workspace' | 'pointed'>,
  log: Log,
  signal: AbortSignal,
): Promise<Omit<Extract<FromData, { kind: 'errand' }>, 'kind'>> {
  const ids = createIds(systemClock, systemRandom);
  const parts = { folder, clock: systemClock, ids, log, tell: (): void => {}, signal };
  try {
    if (message.kind === 'supportCopy') {
      await writeSupportCopy({ ...parts, path: message.path, replace: true });
      return { problem: null, sandbox: null };
    }
    const { name } = message;
    const owner = ownerName(process.env);
    return {
      problem: null,
      sandbox: await salvageToSandbox({ ...parts, pointed, name, owner, random: systemRandom }),
    };
  } catch (error) {
    log.error({ ...errorFields(error), errand: message.kind }, 'nothing came of it');
    return { problem: refusalOf(error, folder).refused, sandbox: null };
  }
}
