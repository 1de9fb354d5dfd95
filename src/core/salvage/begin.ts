import { renameSync, rmSync } from 'node:fs';
import { isFault } from '#shared/contract/faults.ts';
import type { SalvageReport } from '#shared/contract/salvage.ts';
import { keptHead, isInLog } from '../log/audit/head.ts';
import type { Head, KeptHead } from '../log/audit/head.ts';
import { spoiledBackup } from '../versions/manifest.ts';
import { unpackBackup } from '../versions/open.ts';
import type { Reading } from '../versions/open.ts';
import { openConnection } from '../kernel/db/connection.ts';
import type { Connection } from '../kernel/db/connection.ts';
import { completed, streamed } from '../kernel/progress.ts';
import { bringForward } from '../versions/check.ts';
import type { Base, Bases } from './base.ts';
import { strayLinks } from './chain.ts';

type Beginning = Reading;

/** What salvaging begins with, and the later backups that it does not begin with. */
export interface Begun extends Pick<SalvageReport, 'spoiled' | 'unused' | 'closed'> {
  base: Base;
}

/**
 * Writes what salvaging begins with to the image: the backup that has most of the log. One whose end was not read counts where it goes
 * further than the log that was, and has in its own all that was read: the end of a file is what is lost first. Else the best of those that
 * the log knows, and last what is left. Those that turn out to be damaged are passed over. The caller holds the backups. Null where there
 * is nothing; throws what the disk throws, and CANCELLED.
 */
export async function begin(
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
    // Also where the log was read up to the head beside the file: that lags behind what the log of the file held, and may be lost with it.
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

/** Writes a backup to `image`, in today's schema. False where it is damaged; then nothing is there. */
async function retrieved({ manifest, folder }: Base, image: string, beginning: Beginning): Promise<boolean> {
  if (!manifest) return true;
  const { id } = manifest;
  try {
    const files = { ...beginning.files, backups: folder };
    await unpackBackup(manifest, image, { ...beginning, files });
    await bringForward(image, { ...beginning, spoiled: spoiledBackup(id) });
    return true;
  } catch (error) {
    drop(image);
    if (!isFault(error) || error.code !== 'BACKUP') throw error;
    return false;
  }
}

/**
 * Whether a backup that was taken out is of the line that the damaged file was in: nothing that was read of its log, and not the head
 * beside it, says otherwise.
 */
async function isOfLine(
  image: string,
  found: Connection,
  { one, reached, kept }: { one: Base; reached: Head | undefined; kept: KeptHead | null },
  { log, clock, signal, tell }: Beginning,
): Promise<boolean> {
  const db = openConnection(image, { mode: 'read', log, slow: 60_000 });
  try {
    if (reached && !isInLog(db, reached)) return false;
    if (kept && kept.id <= one.from.id && !isInLog(db, kept)) return false;
    const begins = (kept?.begins ?? []).filter(({ id }) => id <= one.from.id);
    if (!begins.every((begin) => isInLog(db, begin))) return false;
    const between = { after: reached?.id ?? 0, until: one.from.id };
    const steps = { step: 'replay', total: null, clock, signal };
    return !(await completed(streamed(strayLinks(found, db, between), steps), tell));
  } finally {
    db.close();
  }
}
