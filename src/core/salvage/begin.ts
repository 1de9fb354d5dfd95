import { renameSync, rmSync } from 'node:fs';
import { isFault } from '#shared/contract/faults.ts';
import type { SalvageReport } from '#shared/contract/salvage.ts';
import { keptHead, isInLog } from '../log/audit/head.ts';
import type { Head, KeptHead } from '../log/audit/head.ts';
import { spoiledVersion } from '../versions/manifest.ts';
import { unpackBackup } from '../versions/open.ts';
import type { Reading } from '../versions/open.ts';
import { openConnection } from '../kernel/db/connection.ts';
import type { Connection } from '../kernel/db/connection.ts';
import { runToEnd, progressStream } from '../kernel/progress.ts';
import { bringForward } from '../versions/check.ts';
import type { Base, Bases } from './base.ts';
import { strayLinks } from './chain.ts';

type Beginning = Reading;

/** The backup to begin with, and later ones that are not used. */
export interface Begun extends Pick<SalvageReport, 'spoiled' | 'unused' | 'closed'> {
  base: Base;
}

/**
 * Writes the starting state to the image: the backup with most of the log. A backup whose end was not read is preferred if it extends the
 * readable log and contains all of it, since a file loses its end first. Skips damaged backups. The caller holds the lock of the backups.
 * Null if there is none; throws errors of the disk, and CANCELLED.
 */
export async function beginSalvage(
  { sure, unsure, damaged, unusable, closed }: Bases,
  found: Connection,
  image: string,
  beginning: Beginning,
): Promise<Begun | null> {
  const kept = keptHead(beginning.files.head);
  const spoiled: string[] = [];
  let reached: Head | undefined = sure[0]?.reached;
  let base: Base | undefined;
  for (const one of unsure) {
    // Even if the log was read up to the recorded head: that head may lag behind the log.
    if (!one.manifest || one.displaced || one.from.id <= (reached?.id ?? 0)) continue;
    const trial = `${image}.later`;
    if (!(await retrieved(one, trial, beginning))) spoiled.push(one.manifest.id);
    else if (await isOfLine(trial, found, { one, reached, kept }, beginning)) {
      renameSync(trial, image);
      base = one;
      reached = one.from;
    } else drop(trial);
  }
  for (const one of base ? [] : [...sure, ...unsure]) {
    if (one.manifest && spoiled.includes(one.manifest.id)) continue;
    base = one;
    if (await retrieved(one, image, beginning)) break;
    base = undefined;
    if (one.manifest) spoiled.push(one.manifest.id);
  }
  if (!base) return null;
  const until = base.reached.id;
  const others = unsure.filter(
    ({ manifest, from }) => manifest && from.id > until && !spoiled.includes(manifest.id),
  );
  const line = isEnd(base.reached, kept) ? [] : others.map(({ manifest }) => manifest?.id ?? '');
  const after = base.manifest?.id ?? '';
  const isAfter = (id: string): boolean => id > after;
  return {
    base,
    spoiled: [...spoiled, ...damaged.filter(isAfter)],
    unused: [
      ...line.map((id) => ({ id, why: 'line' as const })),
      ...unusable.filter(isAfter).map((id) => ({ id, why: 'unusable' as const })),
    ],
    ...(closed.length > 0 && { closed }),
  };
}

const isEnd = (reached: Head | undefined, kept: Head | null): boolean =>
  kept !== null && reached?.hash === kept.hash;

function drop(image: string): void {
  for (const end of ['', '-journal', '-wal', '-shm']) rmSync(`${image}${end}`, { force: true });
}

/** Writes a backup to `image` with the current schema. False if it is damaged; then nothing is written. */
async function retrieved({ manifest, folder }: Base, image: string, beginning: Beginning): Promise<boolean> {
  if (!manifest) return true;
  const { id } = manifest;
  try {
    const files = { ...beginning.files, backups: folder };
    await unpackBackup(manifest, image, { ...beginning, files });
    await bringForward(image, { ...beginning, spoiled: spoiledVersion({ kind: 'backup', id }) });
    return true;
  } catch (error) {
    drop(image);
    if (!isFault(error) || error.code !== 'BACKUP') throw error;
    return false;
  }
}

/** Whether a displaced backup is of the damaged file's line, as far as its log and its recorded head tell. */
async function isOfLine(
  image: string,
  found: Connection,
  { one, reached, kept }: { one: Base; reached: Head | undefined; kept: KeptHead | null },
  { log, clock, signal, onProgress }: Beginning,
): Promise<boolean> {
  const db = openConnection(image, { mode: 'read', log, slow: 60_000 });
  try {
    if (reached && !isInLog(db, reached)) return false;
    if (kept && kept.id <= one.from.id && !isInLog(db, kept)) return false;
    const begins = (kept?.begins ?? []).filter(({ id }) => id <= one.from.id);
    if (!begins.every((begin) => isInLog(db, begin))) return false;
    const between = { after: reached?.id ?? 0, until: one.from.id };
    const steps = { step: 'replay', total: null, clock, signal };
    return !(await runToEnd(progressStream(strayLinks(found, db, between), steps), onProgress));
  } finally {
    db.close();
  }
}
