import { workspaceFault } from '#shared/contract/faults.ts';
import { clause } from '#shared/texts/sentence.ts';
import { lstatSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Profile } from '#shared/contract/workspace.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { AuditTransaction } from '../log/audit/audit-transaction.ts';
import { followHead } from '../log/audit/head.ts';
import { refuseForeignWal } from '../log/audit/foreign-wal.ts';
import { closeLive, readLive } from '../log/closed-live.ts';
import { RecordWriter } from '../log/records/record-writer.ts';
import { actorOf } from '../log/session.ts';
import { readFacts } from '../log/workspace-facts.ts';
import { createBackup } from '../versions/create.ts';
import { asDeclaredFault } from '../versions/declared.ts';
import { openConnection } from '../kernel/db/connection.ts';
import { workspaceFiles } from '../kernel/db/files.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { troubleFault } from '../kernel/db/file-errors.ts';
import type { Holder } from '../kernel/db/holders.ts';
import { vacuumInWorker } from '../kernel/db/in-worker.ts';
import { inspectFile } from '../kernel/db/inspect.ts';
import { schemaVersion } from '../kernel/db/migrate.ts';
import { formatMegabytes } from '../kernel/files/refusal.ts';
import { freeBytes } from '../kernel/free-bytes.ts';
import type { Log } from '../kernel/logger.ts';
import { checkCancelled } from '../kernel/progress.ts';
import type { OnProgress } from '../kernel/progress-stream.ts';
import { withExclusiveAccess, withSidecarCleanup } from '../kernel/swap/exclusive-access.ts';
import { createSalts } from '../kernel/system.ts';
import type { Clock, Ids, Random } from '../kernel/system.ts';
import { permitVacuum } from '../model/permissions.ts';
import { noteAct } from '../model/workspace-settings.ts';

export interface Vacuuming {
  files: WorkspaceFiles;
  /** The actor's id or name; the first profile by default. */
  actor?: string | undefined;
  clock: Clock;
  ids: Ids;
  random: Random;
  log: Log;
  holder: Holder;
  onProgress: OnProgress;
  signal: AbortSignal;
  /** Returns the space on a disk in bytes. */
  look?: ((folder: string) => Promise<number>) | undefined;
}

export interface Vacuumed {
  op_id: string;
  safety: string;
  /** Bytes of the file. */
  before: number;
  after: number;
}

/**
 * Shrinks the live file in place (VACUUM) after a backup. Nobody may have the workspace open. Can be cancelled until SQLite begins. Admins
 * only; audited. Throws WORKSPACE (missing, damaged, older, full and others), FORBIDDEN, UNKNOWN_ACTOR, BUSY naming who has it open,
 * CANCELLED.
 */
export async function vacuumLive(given: Vacuuming): Promise<Vacuumed> {
  const vacuuming = { ...given, files: workspaceFiles(given.files.folder) };
  const { files, signal } = vacuuming;
  try {
    checkCancelled(signal);
    // A folder without a workspace stays unchanged.
    if (!lstatSync(files.live, { throwIfNoEntry: false })) throw workspaceFault('missing', {});
    return await withExclusiveAccess(vacuuming, () => withSidecarCleanup(files, () => held(vacuuming)));
  } catch (error) {
    throw asDeclaredFault(error);
  }
}

function refuseUnusable({ live }: WorkspaceFiles): void {
  const found = inspectFile(live);
  if (found.kind === 'missing') throw workspaceFault('missing', {});
  if (found.kind === 'bad') throw troubleFault(found, live);
  if (found.version < schemaVersion) throw workspaceFault('older', {});
}

async function held(vacuuming: Vacuuming): Promise<Vacuumed> {
  const { files, log, actor, clock, onProgress, signal } = vacuuming;
  refuseUnusable(files);
  const live = readLive({ files, actor, log });
  if (!live) refuseForeignWal(files, log);
  if (!live) throw workspaceFault('damaged', { why: clause('restoreInstead') });
  permitVacuum(actorOf(live.by));
  await checkRoom(vacuuming);
  const { id: safety } = await createBackup({
    files,
    reason: 'vacuum',
    clock,
    log,
    onProgress,
    signal,
  });
  // Afterwards live is without a write-ahead log, at its final size.
  closeLive(files);
  const before = sizeOf(files.live);
  checkCancelled(signal);
  await vacuumInPlace(files, onProgress);
  const what = { safety, before, after: sizeOf(files.live) };
  const op_id = noteVacuumed(vacuuming, live.by, what);
  closeLive(files);
  log.info(what, 'vacuumed');
  return { op_id, ...what };
}

const sizeOf = (file: string): number => lstatSync(file, { throwIfNoEntry: false })?.size ?? 0;

/** Peak usage: the file, the rebuilt copy and the write-ahead log. */
async function checkRoom({ files, look = freeBytes }: Vacuuming): Promise<void> {
  const [needed, free] = [2 * (sizeOf(files.live) + sizeOf(`${files.live}-wal`)), await look(files.folder)];
  if (free >= needed) return;
  const sizes = { needed: formatMegabytes(needed), free: formatMegabytes(free) };
  throw workspaceFault('full', { why: clause('compacting', sizes) });
}

/** Milliseconds between two reports of progress. */
const often = 100;

async function vacuumInPlace({ live }: WorkspaceFiles, report: OnProgress): Promise<void> {
  const total = sizeOf(live);
  const timer = setInterval(() => {
    stat(`${live}-wal`).then(
      ({ size }) => report({ kind: 'progress', step: 'writing', done: Math.min(size, total), total }),
      () => undefined,
    );
  }, often);
  try {
    await vacuumInWorker(live);
  } finally {
    clearInterval(timer);
  }
}

function noteVacuumed({ files, clock, ids, random, log }: Vacuuming, by: Profile, what: JsonObject): string {
  const db = openConnection(files.live, { mode: 'write', log });
  try {
    db.exec('BEGIN IMMEDIATE');
    const { replica } = readFacts(db);
    const audit = new AuditTransaction(db.write, { replica, clock, ids, salt: createSalts(random) }, by.id);
    const records = new RecordWriter(db.write, audit);
    noteAct({ db: db.write, audit, records, actor: actorOf(by), ids }, 'workspace.vacuumed', what);
    audit.label('workspace.vacuumed', what);
    audit.finish();
    db.exec('COMMIT');
    followHead(files.head, db);
    return audit.op_id;
  } finally {
    db.close();
  }
}
