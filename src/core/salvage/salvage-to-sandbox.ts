import { readHead } from '../log/audit/head.ts';
import { declared } from '../versions/declared.ts';
import { openConnection } from '../kernel/db/connection.ts';
import { workspaceFiles } from '../kernel/db/files.ts';
import { boardOf } from '../kernel/db/holders.ts';
import { lockExclusive } from '../kernel/db/lock.ts';
import { settleWhileLocked } from '../kernel/swap/settle.ts';
import { build } from '../sandboxes/fork.ts';
import { profilesOf } from '../log/session.ts';
import { createSalts } from '../kernel/system.ts';
import { salvageTo } from './salvage.ts';
import type { Salvaging } from './salvage.ts';

/**
 * Takes a sandbox of what can be read of a damaged workspace, to look at before anybody decides: nothing that is done in it touches the
 * damaged file. Returns its id. Throws as `salvageTo`; INVALID for a name that is taken; BUSY.
 */
export async function salvageToSandbox(
  wanted: Omit<Salvaging, 'files'> & { folder: string; name: string },
): Promise<string> {
  const { folder, log } = wanted;
  const files = workspaceFiles(folder);
  // Who takes it is known once its profiles can be read.
  let by = '';
  try {
    const lock = lockExclusive(files.lock, () => boardOf(files.holders)[0] ?? null);
    try {
      await settleWhileLocked(files, log);
      const options = { ...wanted, salt: createSalts(wanted.random), files, from: 'salvage' };
      Object.defineProperty(options, 'by', { get: () => by });
      return await build(options as typeof options & { by: string }, async (image) => {
        await salvageTo(image, { ...wanted, files });
        const db = openConnection(image, { mode: 'read', log });
        try {
          by = profilesOf(db).find(({ role }) => role === 'admin')?.id ?? '';
          const { id, op_id, hash } = readHead(db);
          return { id, op_id, hash };
        } finally {
          db.close();
        }
      });
    } finally {
      lock.release();
    }
  } catch (error) {
    throw declared(error);
  }
}
