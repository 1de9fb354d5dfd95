import { renameSync, rmSync } from 'node:fs';
import { isFault } from '#shared/contract/faults.ts';
import type { SalvageReport } from '#shared/contract/salvage.ts';
import { readKeptHead, isInLog } from '../log/audit/head.ts';
import type { Head, KeptHead } from '../log/audit/head.ts';
import { spoiledFaultOf } from '../versions/manifest.ts';
import { unpackBackup } from '../versions/unpack-version.ts';
import type { ReadOptions } from '../versions/unpack-version.ts';
import { openConnection } from '../kernel/db/connection.ts';
import type { Connection } from '../kernel/db/connection.ts';
import { runToEnd, streamSteps } from '../kernel/progress.ts';
import { migrateCopy } from '../versions/check.ts';
import type { Base, Bases } from './base.ts';
import { hasStrayLink } from './chain.ts';

type BeginOptions = ReadOptions;

/** The backup to begin with, and later ones that are not used. */
export interface SalvageStart extends Pick<SalvageReport, 'spoiled' | 'unused' | 'closed'> {
  base: Base;
}

/**
 * Writes the starting state to the image: the backup with most of the log. A backup whose end was not read is preferred if it extends the
 * readable log and contains all of it, since a file loses its end first. Skips damaged backups. The caller holds the lock of the backups.
 * Null if there is none; throws errors of the disk, and CANCELLED.
 */
export async function beginSalvage(
  { sure, unsure, damaged, unusable, unreadableFolders }: Bases,
  scanDb: Connection,
  image: string,
  options: BeginOptions,
): Promise<SalvageStart | null> {
  const kept = readKeptHead(options.files.head);
  const spoiled: string[] = [];
  let reached: Head | undefined = sure[0]?.reached;
  let base: Base | undefined;
  for (const candidate of unsure) {
    // Tried even if the log was read up to the kept head, because the kept head can lag behind the log.
    if (!candidate.manifest || candidate.isDisplaced || candidate.from.id <= (reached?.id ?? 0)) continue;
    const trial = `${image}.later`;
    if (!(await tryUnpack(candidate, trial, options))) spoiled.push(candidate.manifest.id);
    else if (await hasSameHistory(trial, scanDb, { one: candidate, reached, kept }, options)) {
      renameSync(trial, image);
      base = candidate;
      reached = candidate.from;
    } else removeCopy(trial);
  }
  for (const candidate of base ? [] : [...sure, ...unsure]) {
    if (candidate.manifest && spoiled.includes(candidate.manifest.id)) continue;
    base = candidate;
    if (await tryUnpack(candidate, image, options)) break;
    base = undefined;
    if (candidate.manifest) spoiled.push(candidate.manifest.id);
  }
  if (!base) return null;
  const reachedId = base.reached.id;
  const laterBackups = unsure.filter(
    ({ manifest, from }) => manifest && from.id > reachedId && !spoiled.includes(manifest.id),
  );
  const otherLineIds = isKeptHead(base.reached, kept)
    ? []
    : laterBackups.map(({ manifest }) => manifest?.id ?? '');
  const after = base.manifest?.id ?? '';
  const isAfter = (id: string): boolean => id > after;
  return {
    base,
    spoiled: [...spoiled, ...damaged.filter(isAfter)],
    unused: [
      ...otherLineIds.map((id) => ({ id, why: 'line' as const })),
      ...unusable.filter(isAfter).map((id) => ({ id, why: 'unusable' as const })),
    ],
    ...(unreadableFolders.length > 0 && { closed: unreadableFolders }),
  };
}

const isKeptHead = (reached: Head | undefined, kept: Head | null): boolean =>
  kept !== null && reached?.hash === kept.hash;

function removeCopy(image: string): void {
  for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(`${image}${suffix}`, { force: true });
}

/** Writes a backup to `image` with the current schema. Returns false and writes nothing if the backup is damaged. */
async function tryUnpack({ manifest, folder }: Base, image: string, options: BeginOptions): Promise<boolean> {
  if (!manifest) return true;
  const { id } = manifest;
  try {
    const files = { ...options.files, backups: folder };
    await unpackBackup(manifest, image, { ...options, files });
    await migrateCopy(image, { ...options, spoiledFault: spoiledFaultOf({ kind: 'backup', id }) });
    return true;
  } catch (error) {
    removeCopy(image);
    if (!isFault(error) || error.code !== 'BACKUP') throw error;
    return false;
  }
}

/** Whether a backup has the history of the damaged file, as far as the file's log and its kept head tell. */
async function hasSameHistory(
  image: string,
  scanDb: Connection,
  { one, reached, kept }: { one: Base; reached: Head | undefined; kept: KeptHead | null },
  { log, clock, signal, onProgress }: BeginOptions,
): Promise<boolean> {
  const db = openConnection(image, { mode: 'read', log, slowMs: 60_000 });
  try {
    if (reached && !isInLog(db, reached)) return false;
    if (kept && kept.id <= one.from.id && !isInLog(db, kept)) return false;
    const replacements = (kept?.begins ?? []).filter(({ id }) => id <= one.from.id);
    if (!replacements.every((replacement) => isInLog(db, replacement))) return false;
    const range = { after: reached?.id ?? 0, until: one.from.id };
    const options = { step: 'replay', total: null, clock, signal };
    return !(await runToEnd(streamSteps(hasStrayLink(scanDb, db, range), options), onProgress));
  } finally {
    db.close();
  }
}
