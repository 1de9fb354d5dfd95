import { workspaceFault } from '#shared/contract/faults.ts';
import type { Fault } from '#shared/contract/faults.ts';
import { clause } from '#shared/texts/sentence.ts';
import { rmSync, existsSync } from 'node:fs';
import type { SalvageReport } from '#shared/contract/salvage.ts';
import type { Verification } from '#shared/contract/workspace.ts';
import { missingChangesIn } from '../log/audit/missing-tail.ts';
import { keptHead } from '../log/audit/head.ts';
import { hasForeignWal } from '../log/audit/foreign-wal.ts';
import { verifyFile } from '../log/audit/verify.ts';
import { withAllBackups } from '../kernel/folder-lock.ts';
import { readablePlaces } from '../versions/place.ts';
import { isAnothers } from '../versions/place.ts';
import { createDatabase } from '../kernel/db/create.ts';
import { openConnection } from '../kernel/db/connection.ts';
import type { Connection } from '../kernel/db/connection.ts';
import { applicationId } from '../kernel/db/files.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { refuseNewer } from '../kernel/db/migrate.ts';
import type { Log } from '../kernel/logger.ts';
import { runToEnd, progressStream } from '../kernel/progress.ts';
import { isoTime } from '../kernel/system.ts';
import type { OnProgress } from '../kernel/progress-stream.ts';
import { writeFact } from '../log/workspace-facts.ts';
import type { WorkspaceFacts } from '../log/workspace-facts.ts';
import { basesOf, workspaceOf } from './base.ts';
import type { Base } from './base.ts';
import { beginSalvage } from './begin.ts';
import { candidatesIn } from './candidates.ts';
import { olderIn } from './history-overlap.ts';
import { leaveUnfit } from './unfit-records.ts';
import { Pages } from './pages.ts';
import { replayLinks } from './replay.ts';
import { openFound, scanPages, type Scanned } from './scan.ts';
import { takeRows } from './take-rows.ts';
import { countOf, hasTaken, tablesOf, unreadIn } from './tally.ts';
import type { Taking } from './take-rows.ts';

export interface Salvaging extends Taking {
  files: WorkspaceFiles;
  pointed?: string | undefined;
  log: Log;
  onProgress: OnProgress;
  signal: AbortSignal;
}

/** Further records are counted, not named. */
const most = 500;

/**
 * Salvages a damaged workspace into `image`, a new file in its own folder. Begins with the backup that has most of its log, or empty,
 * replays the readable log after it as far as its chain is unbroken, and takes the remaining rows of the tables. The result is verified as
 * by `frames verify`. Throws WORKSPACE, reason damaged, if nothing can be read; BACKUP; BUSY while others work on the backups; CANCELLED.
 */
export async function salvageTo(image: string, salvaging: Salvaging): Promise<SalvageReport> {
  const { files, pointed, log, clock, onProgress, signal } = salvaging;
  const scratch = `${image}.found`;
  const found = openFound(scratch, log);
  try {
    let scanned: Scanned;
    const pages = new Pages(files.live, { log: !isForeignLog(files, log) });
    try {
      refuseNewer(versionIn(pages));
      const steps = { step: 'reading', total: pages.count, clock, signal };
      scanned = await runToEnd(progressStream(scanPages(pages, found), steps), onProgress);
    } finally {
      pages.close();
    }
    if (countOf(found, 'records') + countOf(found, 'logs') === 0) throw nothingToSalvage(files);
    const folders = await readablePlaces(files.folder, pointed);
    const { workspace, begun } = await withAllBackups(folders, { signal }, async () => {
      const lying = { files, folders, log };
      const workspace = await workspaceOf(lying, found);
      const bases = await basesOf(lying, found, workspace);
      return { workspace, begun: await beginSalvage(bases, found, image, salvaging) };
    });
    if (!begun) throw nothingToSalvage(files);
    const { base, ...passed } = begun;
    const report = await goOn(image, { found, scanned }, base, workspace, salvaging);
    await check(image, salvaging);
    const another = report.missing !== null && workspace !== null && (await isAnothers(files, workspace));
    return { ...report, ...(another && { another }), ...passed };
  } finally {
    found.close();
    for (const end of ['', '-journal', '-wal', '-shm']) rmSync(`${scratch}${end}`, { force: true });
  }
}

/** Whether the write-ahead log is known to be another file's; unknown if the file cannot be read without it. */
function isForeignLog(files: WorkspaceFiles, log: Log): boolean {
  try {
    return hasForeignWal(files, log);
  } catch {
    return false;
  }
}

function versionIn(pages: Pages): number {
  const first = pages.page(1);
  const ours =
    first?.toString('latin1', 0, 15) === 'SQLite format 3' && first.readUInt32BE(68) === applicationId;
  return ours ? first.readUInt32BE(60) : 0;
}

async function goOn(
  image: string,
  { found, scanned }: { found: Connection; scanned: Scanned },
  base: Base,
  workspace: string | null,
  salvaging: Salvaging,
): Promise<Omit<SalvageReport, 'spoiled' | 'unused' | 'closed'>> {
  const { files, log, clock, signal, onProgress } = salvaging;
  if (base.manifest === null) (await createDatabase(image, log)).close();
  const db = openConnection(image, { mode: 'write', log, slow: 60_000 });
  try {
    db.exec('BEGIN IMMEDIATE');
    keepFacts(db, found, base, workspace, salvaging);
    const steps = { step: 'replay', total: null, clock, signal };
    const transactions = await runToEnd(progressStream(replayLinks(db, found, base.from), steps), onProgress);
    db.exec('COMMIT');
    const missing = isMissing(files, found, base);
    // Before recording anything in it: the log may have continued without these changes.
    const lost = missingChangesIn(files.head, db);
    const ended = keptHead(files.head)?.hash === base.reached.hash;
    const older = scanned.log ? olderIn(db, found, base.reached) : undefined;
    const { take, left } = candidatesIn(db, found, { head: base.reached, missing, ended });
    left.push(...leaveUnfit(db, take));
    const unread = missing && !older ? unreadIn(db, found) : 0;
    takeRows(db, take, salvaging);
    const tables = tablesOf(db, found, take, left);
    return {
      backup: base.manifest === null ? null : { id: base.manifest.id, made: base.manifest.made },
      transactions,
      until: base.reached.created_at,
      whole: !missing && lost === null,
      missing: lost && hasTaken({ tables }) ? { ...lost, maybe: true } : lost,
      ...(older && { older }),
      tables,
      unread,
      left: left.slice(0, most),
      more: Math.max(0, left.length - most),
    };
  } finally {
    db.close();
  }
}

/** Whether part of the log was or may have been unread: without a recorded head its end is unknown. */
function isMissing(files: WorkspaceFiles, found: Connection, { reached, sure }: Base): boolean {
  const kept = keptHead(files.head);
  const due = reached.id + reached.changes;
  if (!sure || reached.id === 0 || kept === null || kept.id >= due) return true;
  const later = `SELECT 1 AS one FROM logs WHERE id >= :due UNION ALL SELECT 1 FROM transactions WHERE id >= :due LIMIT 1`;
  return found.get(later, { due }) !== undefined;
}

function keepFacts(
  db: Connection,
  found: Connection,
  { manifest }: Base,
  workspace: string | null,
  { ids, clock }: Salvaging,
): void {
  const loggedTypes = new Map(
    found
      .all<{ key: keyof WorkspaceFacts; value: string }>('SELECT key, value FROM facts')
      .map(({ key, value }) => [key, value]),
  );
  for (const key of ['sample', 'cleared'] as const) {
    const value = loggedTypes.get(key);
    if (value !== undefined) writeFact(db.write, key, value);
  }
  if (manifest !== null) return;
  writeFact(db.write, 'id', workspace ?? ids.uuid());
  writeFact(db.write, 'replica', ids.uuid());
  writeFact(db.write, 'name', loggedTypes.get('name') ?? 'Salvaged');
  writeFact(db.write, 'created_at', loggedTypes.get('created_at') ?? isoTime(clock.now()));
}

/** Throws unless the result verifies. */
async function check(image: string, { files, log, clock, signal, onProgress }: Salvaging): Promise<void> {
  const head = `${image}.none`;
  let result: Verification | undefined;
  for await (const step of verifyFile({ files: { ...files, data: image, head }, clock, log }, signal))
    if (step.kind === 'result') result = step.result;
    else onProgress(step);
  if (!result) throw new Error('verifying ended without a result');
  const { ok, integrity, chain, replay } = result;
  if (ok) return;
  const [why] = [...integrity.problems, ...chain.problems, ...replay.problems];
  throw workspaceFault('damaged', { why: clause('salvaged', { why }) });
}

/** WORKSPACE if nothing of live can be read: `lost` if the file is missing, else `damaged`. */
function nothingToSalvage({ live }: Pick<WorkspaceFiles, 'live'>): Fault {
  return workspaceFault(existsSync(live) ? 'damaged' : 'lost', { why: clause('nothingReadable') });
}
