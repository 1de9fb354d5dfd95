import { beginningsIn, isDisplaced, keptHead, isInLog } from '../log/audit/head.ts';
import type { KeptHead } from '../log/audit/head.ts';
import { openConnection } from '../kernel/db/connection.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { inspectFile } from '../kernel/db/inspect.ts';
import type { Log } from '../kernel/logger.ts';
import { readFacts } from '../log/workspace-facts.ts';
import { findGolden } from './golden-store.ts';
import { usableOnes } from './list.ts';
import type { VersionManifest } from './manifest.ts';
import { readablePlaces } from './place.ts';

/**
 * The recorded head; without one, the newest head that a backup or golden version of this workspace has and live lacks. Null if nothing is
 * known to be missing. Displaced history is not missing.
 */
export async function knownHead(files: WorkspaceFiles, log: Log): Promise<KeptHead | null> {
  const kept = keptHead(files.head);
  if (kept || files.target.kind !== 'live' || inspectFile(files.live).kind !== 'ours') return kept;
  try {
    // Read first: what others write and back up meanwhile is then in what follows.
    return lackedBy(files.live, await manifestsOf(files, log), log);
  } catch (error) {
    // The next reader reports the problem.
    log.warn({ error: String(error) }, 'not compared with the backups');
    return null;
  }
}

function lackedBy(live: string, named: VersionManifest[], log: Log): KeptHead | null {
  if (named.length === 0) return null;
  const db = openConnection(live, { mode: 'read', log });
  try {
    const { id: workspace } = readFacts(db);
    const begins = beginningsIn(db);
    const lacking = named.filter(
      (one) => one.workspace === workspace && !isInLog(db, one.head) && !isDisplaced({ begins }, one),
    );
    const newest = lacking.toSorted((one, two) => two.head.id - one.head.id)[0];
    return newest ? { ...newest.head, begins } : null;
  } finally {
    db.close();
  }
}

async function manifestsOf(files: WorkspaceFiles, log: Log): Promise<VersionManifest[]> {
  const found: VersionManifest[] = (await findGolden(files)).flatMap(({ manifest }) => manifest ?? []);
  for (const folder of await readablePlaces(files.folder)) {
    try {
      found.push(...(await usableOnes(folder)));
    } catch (error) {
      log.warn({ error: String(error), folder }, 'a folder of backups not read');
    }
  }
  return found;
}
