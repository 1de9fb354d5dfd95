import type { Finding } from '#shared/contract/care.ts';
import type { Backup } from '#shared/contract/backups.ts';
import { behindOf } from '../log/audit/missing-tail.ts';
import type { KeptHead } from '../log/audit/head.ts';
import { writtenSince } from '../versions/daily.ts';
import { listBackups, newestBackup } from '../versions/list.ts';
import { isElsewhere, isPlaceThere } from '../kernel/backups-folder.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { readFacts } from '../log/workspace-facts.ts';

/** Milliseconds after which a backup is old, if the workspace changed since. */
const old = 2 * 86_400_000;

/**
 * Findings about the backups: the age of the newest usable one and the results of their checks. `read` is null if the workspace cannot be
 * read; `kept` is the head recorded before the file was read. `now` is in milliseconds.
 */
export async function lookAtBackups(
  { backups, target }: WorkspaceFiles,
  read: ReadHandle | null,
  now: number,
  kept: KeptHead | null,
): Promise<Finding[]> {
  if (target.kind !== 'live') return [];
  const place = placeFinding(backups);
  if (place.state !== 'good') return [place];
  const all = await listBackups(backups);
  // An older file, or another one, cannot tell what changed since the backup.
  const comparable = read && behindOf(kept, read) ? null : read;
  const newest = await newestOf(backups, all, comparable, now);
  return [place, newest, verifiedOf(all)];
}

/** Finds whether the folder of backups is where it should be. */
export function placeFinding(backups: string): Finding {
  const params = { folder: backups };
  if (!isPlaceThere(backups)) return { id: 'place', state: 'warn', code: 'place.missing', params };
  const code = isElsewhere(backups) ? 'place.chosen' : 'place.usual';
  return { id: 'place', state: 'good', code, params };
}

async function newestOf(
  backups: string,
  all: readonly Backup[],
  read: ReadHandle | null,
  now: number,
): Promise<Finding> {
  if (!read) {
    const there = all.find(({ problem, verified }) => problem === null && verified?.ok !== false);
    if (!there) return { id: 'backup', state: 'bad', code: 'backup.none', params: {} };
    const params = { id: there.id, made: there.made ?? '' };
    return { id: 'backup', state: 'good', code: 'backup.there', params };
  }
  const newest = await newestBackup(backups, read);
  const written = writtenSince(read, newest?.manifest.head.id ?? 0);
  const last = lastMade(all, readFacts(read).id);
  if (!newest) {
    if (last) {
      const params = { id: last.id, made: last.made ?? '' };
      return { id: 'backup', state: 'warn', code: 'backup.other', params };
    }
    if (written) return { id: 'backup', state: 'warn', code: 'backup.none', params: {} };
    return { id: 'backup', state: 'good', code: 'backup.nothing', params: {} };
  }
  const { id, made, reason } = newest.manifest;
  const age = now - Date.parse(made);
  const stale = written && Math.abs(age) >= old ? 'warn' : 'good';
  if (last && last.id !== id) {
    const params = { id: last.id, made: last.made ?? '', since: made };
    return { id: 'backup', state: stale, code: written ? 'backup.apart' : 'backup.replaced', params };
  }
  const params = { id, made, reason, age };
  if (!written) return { id: 'backup', state: 'good', code: 'backup.current', params };
  if (stale === 'good') return { id: 'backup', state: 'good', code: 'backup.recent', params };
  return { id: 'backup', state: 'warn', code: 'backup.old', params };
}

/** The most recent usable backup. After a restore or a reset, live need not continue from it. */
const lastMade = (all: readonly Backup[], workspace: string): Backup | undefined =>
  all.find((one) => one.problem === null && one.verified?.ok !== false && one.workspace === workspace);

function verifiedOf(all: readonly Backup[]): Finding {
  const bad = all.filter(({ problem, verified }) => problem !== null || verified?.ok === false);
  if (bad[0]) {
    const params = { count: bad.length, id: bad[0].id };
    return { id: 'verified', state: 'warn', code: 'verified.damaged', params };
  }
  const whole = all.find(({ verified }) => verified?.ok);
  if (!whole?.verified) return { id: 'verified', state: 'good', code: 'verified.never', params: {} };
  return {
    id: 'verified',
    state: 'good',
    code: 'verified.whole',
    params: { id: whole.id, at: whole.verified.at },
  };
}
