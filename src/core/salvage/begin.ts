import { renameSync, rmSync } from 'node:fs';
import { isFault } from '#shared/contract/faults.ts';
import type { SalvageReport } from '#shared/contract/salvage.ts';
import { readRecordedHead, isInLog } from '../log/audit/head.ts';
import type { Head, RecordedHead } from '../log/audit/head.ts';
import { damagedVersionFault } from '../versions/manifest.ts';
import { unpackBackup } from '../versions/unpack-version.ts';
import type { ReadOptions } from '../versions/unpack-version.ts';
import { openConnection } from '../kernel/db/connection.ts';
import type { Connection } from '../kernel/db/connection.ts';
import { runSteps } from '../kernel/progress.ts';
import { migrateCopy } from '../versions/check.ts';
import type { StartingPoint, StartingPoints } from './base.ts';
import { hasStrayLink } from './chain.ts';

/** The backup to begin with, and later ones that are not used. */
export interface SalvageStart extends Pick<SalvageReport, 'spoiled' | 'unused' | 'closed'> {
  base: StartingPoint;
}

/**
 * Writes the starting state to `file`: the backup with most of the log. Prefers a backup whose head was not found, if it extends the
 * readable log and contains all of it: a file loses its end first. Skips damaged backups. The caller holds the lock of the backups.
 * Null if there is none; throws errors of the disk, and CANCELLED.
 */
export async function beginSalvage(
  { confirmed, unconfirmed, damaged, unusable, unreadableFolders }: StartingPoints,
  scanDb: Connection,
  file: string,
  options: ReadOptions,
): Promise<SalvageStart | null> {
  const recordedHead = readRecordedHead(options.files.head);
  const spoiledIds: string[] = [];
  let reached: Head | undefined = confirmed[0]?.reached;
  let base: StartingPoint | undefined;
  for (const candidate of unconfirmed) {
    // Tried even if the log was read up to the recorded head, because the recorded head can lag behind the log.
    if (!candidate.manifest || candidate.isDisplaced || candidate.from.id <= (reached?.id ?? 0)) continue;
    const trialFile = `${file}.later`;
    if (!(await tryUnpack(candidate, trialFile, options))) spoiledIds.push(candidate.manifest.id);
    else if (await hasSameHistory(trialFile, scanDb, { candidate, reached, recordedHead }, options)) {
      renameSync(trialFile, file);
      base = candidate;
      reached = candidate.from;
    } else removeCopy(trialFile);
  }
  for (const candidate of base ? [] : [...confirmed, ...unconfirmed]) {
    if (candidate.manifest && spoiledIds.includes(candidate.manifest.id)) continue;
    base = candidate;
    if (await tryUnpack(candidate, file, options)) break;
    base = undefined;
    if (candidate.manifest) spoiledIds.push(candidate.manifest.id);
  }
  if (!base) return null;
  const reachedId = base.reached.id;
  const laterBackups = unconfirmed.filter(
    ({ manifest, from }) => manifest && from.id > reachedId && !spoiledIds.includes(manifest.id),
  );
  const otherLineIds = isRecordedHead(base.reached, recordedHead)
    ? []
    : laterBackups.map(({ manifest }) => manifest?.id ?? '');
  const startId = base.manifest?.id ?? '';
  const isLater = (id: string): boolean => id > startId;
  return {
    base,
    spoiled: [...spoiledIds, ...damaged.filter(isLater)],
    unused: [
      ...otherLineIds.map((id) => ({ id, why: 'line' as const })),
      ...unusable.filter(isLater).map((id) => ({ id, why: 'unusable' as const })),
    ],
    ...(unreadableFolders.length > 0 && { closed: unreadableFolders }),
  };
}

const isRecordedHead = (reached: Head | undefined, recordedHead: Head | null): boolean =>
  recordedHead !== null && reached?.hash === recordedHead.hash;

function removeCopy(file: string): void {
  for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
}

/** Writes a backup to `file` with the current schema. Returns false and writes nothing if the backup is damaged. */
async function tryUnpack(
  { manifest, folder }: StartingPoint,
  file: string,
  options: ReadOptions,
): Promise<boolean> {
  if (!manifest) return true;
  const { id } = manifest;
  try {
    const files = { ...options.files, backups: folder };
    await unpackBackup(manifest, file, { ...options, files });
    await migrateCopy(file, { ...options, spoiledFault: damagedVersionFault({ kind: 'backup', id }) });
    return true;
  } catch (error) {
    removeCopy(file);
    if (!isFault(error) || error.code !== 'BACKUP') throw error;
    return false;
  }
}

/** Whether a backup has the history of the damaged file, as far as the file's log and its recorded head tell. */
async function hasSameHistory(
  file: string,
  scanDb: Connection,
  {
    candidate,
    reached,
    recordedHead,
  }: { candidate: StartingPoint; reached: Head | undefined; recordedHead: RecordedHead | null },
  options: ReadOptions,
): Promise<boolean> {
  using db = openConnection(file, { mode: 'read', log: options.log, slowMs: 60_000 });
  if (reached && !isInLog(db, reached)) return false;
  if (recordedHead && recordedHead.id <= candidate.from.id && !isInLog(db, recordedHead)) return false;
  const replacements = (recordedHead?.begins ?? []).filter(({ id }) => id <= candidate.from.id);
  if (!replacements.every((replacement) => isInLog(db, replacement))) return false;
  const range = { after: reached?.id ?? 0, until: candidate.from.id };
  return !(await runSteps(options, 'replay', hasStrayLink(scanDb, db, range)));
}
