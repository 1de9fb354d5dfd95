import type { Finding } from '#shared/contract/care.ts';
import type { Backup } from '#shared/contract/backups.ts';
import { missingTailOf } from '../log/audit/missing-tail.ts';
import type { RecordedHead } from '../log/audit/head.ts';
import { hasChangesSince } from '../versions/daily.ts';
import { listBackups, newestBackup } from '../versions/list.ts';
import type { BackupManifest } from '../versions/manifest.ts';
import { isChosenFolder, isFolderUsable } from '../kernel/backups-folder.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { readFacts } from '../log/workspace-facts.ts';

/** Milliseconds after which a backup is old, if the workspace changed since. */
const maxBackupAgeMs = 2 * 86_400_000;

/**
 * Findings about the backups: the age of the newest usable one and the results of their checks. `read` is null if the workspace cannot be
 * read; `recordedHead` is the head that was recorded outside of the file before the file was read. `now` is in milliseconds.
 */
export async function checkBackups(
  { backups, target }: WorkspaceFiles,
  read: ReadHandle | null,
  now: number,
  recordedHead: RecordedHead | null,
): Promise<Finding[]> {
  if (target.kind !== 'live') return [];
  const folder = backupFolderFinding(backups);
  if (folder.state !== 'good') return [folder];
  const backupList = await listBackups(backups);
  // A file that lacks recorded changes cannot tell what changed since the backup.
  const comparableRead = read && missingTailOf(recordedHead, read) ? null : read;
  const newestFinding = await newestBackupFinding(backups, backupList, comparableRead, now);
  const checksFinding = verifiedFinding(backupList);
  // Without a backup of these records, no check of one is good news.
  const isRedundant = checksFinding.state === 'good' && noBackupCodes.has(newestFinding.code);
  return [folder, newestFinding, ...(isRedundant ? [] : [checksFinding])];
}

const noBackupCodes: ReadonlySet<string> = new Set(['backup.none', 'backup.nothing']);

/** The finding, or a warning in its place if the backup that it is about lacks files of documents. */
function withLackingFiles(
  finding: Finding,
  {
    id,
    made,
    damaged_documents = 0,
  }: Pick<BackupManifest, 'id' | 'damaged_documents'> & { made: string | null },
): Finding {
  if (damaged_documents === 0) return finding;
  const params = { id, made: made ?? '', count: damaged_documents };
  return { id: 'backup', state: 'warn', code: 'backup.lacking', params };
}

/** The finding about the folder of backups: missing, a chosen one, or the workspace's own. */
export function backupFolderFinding(backups: string): Finding {
  const params = { folder: backups };
  if (!isFolderUsable(backups)) return { id: 'place', state: 'warn', code: 'place.missing', params };
  const code = isChosenFolder(backups) ? 'place.chosen' : 'place.usual';
  return { id: 'place', state: 'good', code, params };
}

async function newestBackupFinding(
  backups: string,
  backupList: readonly Backup[],
  read: ReadHandle | null,
  now: number,
): Promise<Finding> {
  if (!read) {
    const usable = backupList.find(({ problem, verified }) => problem === null && verified?.ok !== false);
    if (!usable) return { id: 'backup', state: 'bad', code: 'backup.none', params: {} };
    const params = { id: usable.id, made: usable.made ?? '' };
    return withLackingFiles({ id: 'backup', state: 'good', code: 'backup.there', params }, usable);
  }
  const newestInHistory = await newestBackup(backups, read);
  const hasChanges = hasChangesSince(read, newestInHistory?.manifest.head.id ?? 0);
  const latest = findLatest(backupList, readFacts(read).id);
  if (!newestInHistory) {
    if (latest) {
      const params = { id: latest.id, made: latest.made ?? '' };
      return { id: 'backup', state: 'warn', code: 'backup.other', params };
    }
    if (hasChanges) return { id: 'backup', state: 'warn', code: 'backup.none', params: {} };
    return { id: 'backup', state: 'good', code: 'backup.nothing', params: {} };
  }
  const { manifest } = newestInHistory;
  const { id, made, reason } = manifest;
  const age = now - Date.parse(made);
  const ageState = hasChanges && Math.abs(age) >= maxBackupAgeMs ? 'warn' : 'good';
  if (latest && latest.id !== id) {
    const params = { id: latest.id, made: latest.made ?? '', since: made };
    return { id: 'backup', state: ageState, code: hasChanges ? 'backup.apart' : 'backup.replaced', params };
  }
  const params = { id, made, reason, age };
  if (!hasChanges)
    return withLackingFiles({ id: 'backup', state: 'good', code: 'backup.current', params }, manifest);
  if (ageState === 'good')
    return withLackingFiles({ id: 'backup', state: 'good', code: 'backup.recent', params }, manifest);
  return { id: 'backup', state: 'warn', code: 'backup.old', params };
}

/** The most recent usable backup of this workspace. After a restore or a reset, live need not continue from it. */
const findLatest = (backups: readonly Backup[], workspace: string): Backup | undefined =>
  backups.find(
    (backup) => backup.problem === null && backup.verified?.ok !== false && backup.workspace === workspace,
  );

function verifiedFinding(backupList: readonly Backup[]): Finding {
  const damagedBackups = backupList.filter(
    ({ problem, verified }) => problem !== null || verified?.ok === false,
  );
  if (damagedBackups[0]) {
    const params = { count: damagedBackups.length, id: damagedBackups[0].id };
    return { id: 'verified', state: 'warn', code: 'verified.damaged', params };
  }
  const intactBackup = backupList.find(({ verified }) => verified?.ok);
  if (!intactBackup?.verified) return { id: 'verified', state: 'good', code: 'verified.never', params: {} };
  return {
    id: 'verified',
    state: 'good',
    code: 'verified.whole',
    params: { id: intactBackup.id, at: intactBackup.verified.at },
  };
}
