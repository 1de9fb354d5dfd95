import { renameSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { WriteContext } from '../log/commands/write-context.ts';
import { permitGolden } from '../model/permissions.ts';
import type { CallContext } from '../model/services.ts';
import { syncFolder } from '../kernel/sync-folder.ts';
import { versionPlace } from './place.ts';
import { readyName, settleGolden } from './settle.ts';

/**
 * Gives a folder that is made ready but for its name the name of a golden version, once live's audit has said with `say` that it is there: a crash between
 * the two is settled by the next who works on golden versions. The caller holds these alone. Returns the op_id. Throws FORBIDDEN and what writing throws;
 * then there is no such version.
 */
export async function nameVersion(
  { services, session }: CallContext,
  building: string,
  version: number,
  say: (write: WriteContext) => void,
): Promise<string> {
  const { files, queue, log, read } = services;
  let ready = '';
  try {
    const op_id = await queue.command(session, (write) => {
      permitGolden(write.actor);
      say(write);
      ready = join(files.golden, readyName(version, write.audit.op_id));
      renameSync(building, ready);
      return write.audit.op_id;
    });
    await rename(ready, versionPlace(files, version).folder);
    await syncFolder(files.golden);
    return op_id;
  } catch (error) {
    // Where the audit says it already, the next who comes gives it its name.
    if (ready !== '') await settleGolden({ files, log }, read).catch(() => undefined);
    throw error;
  }
}
