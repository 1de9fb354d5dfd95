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

/** A backup that is older, while something was written since, is old: in milliseconds. */
const old = 2 * 86_400_000;

/**
 * What there is to say about the backups: how old the newest usable one is, and what was found by checking them. `read` is null where the
 * workspace cannot be read; whether they are of it is not known then, nor where its file is not the one that was here, by what was
 * written down beside it (`kept`) before it was read. `now` is in milliseconds.
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
  // An older file, or another, has no say in what was written since.
  const asked = read && behindOf(kept, read) ? null : read;
  const newest = await newestOf(backups, all, asked, now);
  return [place, newest, verifiedOf(all)];
}

/** Whether the folder of the backups is where it should be. */
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

/** The usable backup of a workspace that was made last; after a restore or a reset live need not go on from it. */
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
