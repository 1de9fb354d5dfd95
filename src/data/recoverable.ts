import { keptHead } from '#core/audit/head.ts';
import { listBackups } from '#core/backup/list.ts';
import { readUsable } from '#core/backup/manifest.ts';
import { ownerOf } from '#core/backup/owner.ts';
import { workspaceFiles } from '#core/db/files.ts';
import type { Log } from '#core/log.ts';
import type { FromData, Recoverable, ToData } from '#shared/shell/process.ts';
import { errorFields } from './log-file.ts';
import { refusalOf } from './refusal.ts';
import type { Refusal } from './refusal.ts';

/** Why a file cannot be opened that a backup can take the place of. */
const lost: ReadonlySet<string> = new Set(['lost', 'empty', 'foreign', 'damaged']);
/** More than so many are not offered in the window; the command line has them all. */
const most = 20;

/** Whether it is the file itself that is gone or damaged. */
export const isLost = ({ reason }: Refusal): boolean => lost.has(reason);

/**
 * The backups that can be used, newest first, where live itself cannot be opened and it is it that was wanted; or why nobody can tell which
 * there are. Never rejects.
 */
export async function recoverable(
  { workspace, target }: Extract<ToData, { kind: 'open' }>,
  refusal: Refusal,
  log: Log,
): Promise<Pick<Extract<FromData, { kind: 'failed' }>, 'backups' | 'backupsRefused'>> {
  if (!isLost(refusal) || target.kind !== 'live') return { backups: [] };
  const files = workspaceFiles(workspace);
  try {
    const kept = keptHead(files.head)?.hash;
    const owner = await ownerOf(files);
    const found: Recoverable[] = [];
    // The workspace's own first: they are what is offered unless another is chosen.
    const usable = (await listBackups(files.backups))
      .filter(({ problem }) => problem === null)
      .toSorted((one, two) => Number(one.workspace !== owner) - Number(two.workspace !== owner));
    for (const { id, made, counts, verified, workspace: of } of usable) {
      if (made === null || found.length === most) continue;
      const { head } = await readUsable(files.backups, id);
      const later = kept === undefined ? null : kept !== head.hash;
      found.push({ id, made, counts, verified: verified?.ok ?? null, later, another: of !== owner });
    }
    return { backups: found };
  } catch (error) {
    log.error(errorFields(error), 'backups not read');
    return { backups: [], backupsRefused: refusalOf(error, workspace).refused };
  }
}
