import { workspaceFault } from '#shared/contract/faults.ts';
import { clause } from '#shared/texts/sentence.ts';
import { lstatSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Profile } from '#shared/contract/workspace.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { AuditTransaction } from '../log/audit/audit-transaction.ts';
import { updateRecordedHead } from '../log/audit/head.ts';
import { refuseForeignWal } from '../log/audit/foreign-wal.ts';
import { closeLive, readCompleteLive } from '../log/closed-live.ts';
import { RecordWriter } from '../log/records/record-writer.ts';
import { actorOf } from '../log/session.ts';
import { readFacts } from '../log/workspace-facts.ts';
import { createBackup } from '../versions/create.ts';
import { asDeclaredFault } from '../versions/declared-fault.ts';
import { openConnection } from '../kernel/db/connection.ts';
import { workspaceFiles } from '../kernel/db/files.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { troubleFault } from '../kernel/db/file-errors.ts';
import type { Holder } from '../kernel/db/holders.ts';
import { vacuumInWorker } from '../kernel/db/worker-queries.ts';
import { inspectFile } from '../kernel/db/inspect.ts';
import { schemaVersion } from '../kernel/db/migrate.ts';
import { formatMegabytes } from '../kernel/files/refusal.ts';
import { freeBytes } from '../kernel/free-bytes.ts';
import type { Log } from '../kernel/logger.ts';
import { checkCancelled } from '../kernel/progress.ts';
import type { OnProgress } from '../kernel/progress.ts';
import { withExclusiveAccess, withSidecarCleanup } from '../kernel/swap/exclusive-access.ts';
import { createSalts } from '../kernel/system.ts';
import type { Clock, Ids, Random } from '../kernel/system.ts';
import { assertCanVacuum } from '../model/permissions.ts';
import { recordAct } from '../model/workspace-settings.ts';

export interface VacuumOptions {
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
  /** Returns the free bytes of a folder's disk. Replaced in tests. */
  freeBytesOf?: ((folder: string) => Promise<number>) | undefined;
}

export interface VacuumResult {
  op_id: string;
  safety: string;
  /** Size of the file in bytes. */
  before: number;
  after: number;
}

/**
 * Shrinks the live file in place (VACUUM) after a backup. No process may have the workspace open. Can be cancelled until SQLite begins.
 * Admins only; audited. Throws WORKSPACE (missing, damaged, older, full and others), FORBIDDEN, UNKNOWN_ACTOR, BUSY naming the holder,
 * CANCELLED.
 */
export async function vacuumLive(input: VacuumOptions): Promise<VacuumResult> {
  const options = { ...input, files: workspaceFiles(input.files.folder) };
  const { files, signal } = options;
  try {
    checkCancelled(signal);
    // A folder without a workspace stays unchanged.
    if (!lstatSync(files.live, { throwIfNoEntry: false })) throw workspaceFault('missing', {});
    return await withExclusiveAccess(options, () => withSidecarCleanup(files, () => vacuumLocked(options)));
  } catch (error) {
    throw asDeclaredFault(error);
  }
}

function refuseUnusable({ live }: WorkspaceFiles): void {
  const inspection = inspectFile(live);
  if (inspection.kind === 'missing') throw workspaceFault('missing', {});
  if (inspection.kind === 'bad') throw troubleFault(inspection, live);
  if (inspection.version < schemaVersion) throw workspaceFault('older', {});
}

async function vacuumLocked(options: VacuumOptions): Promise<VacuumResult> {
  const { files, log, actor, clock, onProgress, signal } = options;
  refuseUnusable(files);
  const live = readCompleteLive({ files, actor, log });
  if (!live) refuseForeignWal(files, log);
  if (!live) throw workspaceFault('damaged', { why: clause('restoreInstead') });
  assertCanVacuum(actorOf(live.profile));
  await assertFreeSpace(options);
  const { id: safety } = await createBackup({
    files,
    reason: 'vacuum',
    clock,
    log,
    onProgress,
    signal,
  });
  // Merges the WAL into live, so that its size is final.
  closeLive(files);
  const before = sizeOf(files.live);
  checkCancelled(signal);
  await vacuumInPlace(files, onProgress);
  const details = { safety, before, after: sizeOf(files.live) };
  const op_id = recordVacuum(options, live.profile, details);
  closeLive(files);
  log.info(details, 'vacuumed');
  return { op_id, ...details };
}

const sizeOf = (file: string): number => lstatSync(file, { throwIfNoEntry: false })?.size ?? 0;

/** The rebuilt copy and its write-ahead log can each reach the size of the file. */
async function assertFreeSpace({ files, freeBytesOf = freeBytes }: VacuumOptions): Promise<void> {
  const [needed, free] = [
    2 * (sizeOf(files.live) + sizeOf(`${files.live}-wal`)),
    await freeBytesOf(files.folder),
  ];
  if (free >= needed) return;
  const sizes = { needed: formatMegabytes(needed), free: formatMegabytes(free) };
  throw workspaceFault('full', { why: clause('compacting', sizes) });
}

const progressIntervalMs = 100;

async function vacuumInPlace({ live }: WorkspaceFiles, report: OnProgress): Promise<void> {
  const total = sizeOf(live);
  const timer = setInterval(() => {
    stat(`${live}-wal`).then(
      ({ size }) => report({ kind: 'progress', step: 'writing', done: Math.min(size, total), total }),
      () => undefined,
    );
  }, progressIntervalMs);
  try {
    await vacuumInWorker(live);
  } finally {
    clearInterval(timer);
  }
}

function recordVacuum(
  { files, clock, ids, random, log }: VacuumOptions,
  profile: Profile,
  details: JsonObject,
): string {
  using db = openConnection(files.live, { mode: 'write', log });
  db.exec('BEGIN IMMEDIATE');
  const { replica } = readFacts(db);
  const audit = new AuditTransaction(
    db.write,
    { replica, clock, ids, salt: createSalts(random) },
    profile.id,
  );
  const records = new RecordWriter(db.write, audit);
  recordAct({ db: db.write, audit, records, actor: actorOf(profile), ids }, 'workspace.vacuumed', details);
  audit.label('workspace.vacuumed', details);
  audit.finish();
  db.exec('COMMIT');
  updateRecordedHead(files.head, db);
  return audit.op_id;
}
