import { keptHead } from '#core/audit/head.ts';
import type { KeptHead } from '#core/audit/head.ts';
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
const lost: ReadonlySet<string> = new Set(['lost', 'empty', 'foreign', 'damaged', 'behind', 'another_line']);
/** More than so many are not offered in the window; the command line has them all. */
const most = 20;

/** Whether it is the file itself that is gone or damaged. */
export const isLost = ({ reason }: Refusal): boolean => lost.has(reason);

/** Whether a backup goes beyond where the line of the log began anew, and was made before that. */
const isDisplaced = (
  kept: KeptHead | null,
  { made, head }: { made: string; head: { id: number } },
): boolean => (kept?.begins ?? []).some(({ id, created_at }) => head.id >= id && made < created_at);

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
    const kept = keptHead(files.head);
    const owner = await ownerOf(files);
    const found: { one: Recoverable; rank: number }[] = [];
    for (const { id, made, reason, counts, verified, problem, workspace } of await listBackups(
      files.backups,
    )) {
      if (problem !== null || made === null) continue;
      const { head } = await readUsable(files.backups, id);
      const another = workspace !== owner;
      const later = kept === null ? null : kept.hash !== head.hash;
      const until = later === true ? (kept?.created_at ?? null) : null;
      const rank = another ? 2 : Number(isDisplaced(kept, { made, head }));
      const one = { id, made, reason, counts, verified: verified?.ok ?? null, later, until, another };
      found.push({ one, rank });
    }
    // What is offered first unless another is chosen: the workspace's own, and last of those what a restore or a reset displaced.
    found.sort((first, second) => first.rank - second.rank);
    return { backups: found.slice(0, most).map(({ one }) => one) };
  } catch (error) {
    log.error(errorFields(error), 'backups not read');
    return { backups: [], backupsRefused: refusalOf(error, workspace).refused };
  }
}
