import { replacementsIn, hasDiscarded, readRecordedHead, isInLog } from '../log/audit/head.ts';
import type { RecordedHead } from '../log/audit/head.ts';
import { openConnection } from '../kernel/db/connection.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { inspectFile } from '../kernel/db/inspect.ts';
import type { Log } from '../kernel/logger.ts';
import { readFacts } from '../log/workspace-facts.ts';
import { listVersions } from './golden-store.ts';
import { usableBackups } from './list.ts';
import type { VersionManifest } from './manifest.ts';
import { existingPlaces } from './backup-folders.ts';

/**
 * The recorded head; without one, the newest head that a backup or golden version of this workspace has and live lacks. Null if nothing is
 * known to be missing. Displaced history is not missing.
 */
export async function findKnownHead(files: WorkspaceFiles, log: Log): Promise<RecordedHead | null> {
  const recordedHead = readRecordedHead(files.head);
  if (recordedHead || files.target.kind !== 'live' || inspectFile(files.live).kind !== 'ours')
    return recordedHead;
  try {
    // The manifests are read before live: live then has every commit of a backup that is made meanwhile.
    return newestMissingHead(files.live, await readManifests(files, log), log);
  } catch (error) {
    // The next reader reports the problem.
    log.warn({ error: String(error) }, 'not compared with the backups');
    return null;
  }
}

function newestMissingHead(live: string, manifests: VersionManifest[], log: Log): RecordedHead | null {
  if (manifests.length === 0) return null;
  using db = openConnection(live, { mode: 'read', log });
  const { id: workspace } = readFacts(db);
  const replacements = replacementsIn(db);
  const missingManifests = manifests.filter(
    (manifest) =>
      manifest.workspace === workspace &&
      !isInLog(db, manifest.head) &&
      !hasDiscarded({ begins: replacements }, manifest),
  );
  const newest = missingManifests.toSorted((a, b) => b.head.id - a.head.id)[0];
  return newest ? { ...newest.head, begins: replacements } : null;
}

async function readManifests(files: WorkspaceFiles, log: Log): Promise<VersionManifest[]> {
  const manifests: VersionManifest[] = (await listVersions(files)).flatMap(({ manifest }) => manifest ?? []);
  for (const folder of await existingPlaces(files.folder)) {
    try {
      manifests.push(...(await usableBackups(folder)));
    } catch (error) {
      log.warn({ error: String(error), folder }, 'a folder of backups not read');
    }
  }
  return manifests;
}
