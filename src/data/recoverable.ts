import { keptHead } from '#core/audit/head.ts';
import { listBackups } from '#core/backup/list.ts';
import { readUsable } from '#core/backup/manifest.ts';
import { workspaceFiles } from '#core/db/files.ts';
import type { Log } from '#core/log.ts';
import type { Recoverable, ToData } from '#shared/shell/process.ts';
import { errorFields } from './log-file.ts';
import type { Refusal } from './refusal.ts';

/** Why a file cannot be opened that a backup can take the place of. */
const lost: ReadonlySet<string> = new Set(['lost', 'empty', 'foreign', 'damaged']);
/** More than so many are not offered in the window; the command line has them all. */
const most = 20;

/** The backups that can be used, newest first, where live itself cannot be opened and it is it that was wanted. Never rejects. */
export async function recoverable(
  { workspace, target }: Extract<ToData, { kind: 'open' }>,
  { reason }: Refusal,
  log: Log,
): Promise<Recoverable[]> {
  if (!lost.has(reason) || target.kind !== 'live') return [];
  const files = workspaceFiles(workspace);
  try {
    const newest = keptHead(files.head)?.hash;
    const found: Recoverable[] = [];
    for (const { id, made, counts, verified, problem } of await listBackups(files.backups)) {
      if (problem !== null || made === null || found.length === most) continue;
      const { head } = await readUsable(files.backups, id);
      const later = newest === undefined ? null : newest !== head.hash;
      found.push({ id, made, counts, verified: verified?.ok ?? null, later });
    }
    return found;
  } catch (error) {
    log.error(errorFields(error), 'backups not read');
    return [];
  }
}
