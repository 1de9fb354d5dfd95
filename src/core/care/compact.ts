import { open, stat } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Profile } from '#shared/contract/workspace.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { beginningsIn } from '../log/audit/head.ts';
import type { Head, KeptHead } from '../log/audit/head.ts';
import { AuditTransaction } from '../log/audit/audit-transaction.ts';
import { checkImage, examine, FailedCheck } from '../versions/check.ts';
import { openConnection } from '../kernel/db/connection.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { vacuumInWorker } from '../kernel/db/in-worker.ts';
import { RecordWriter } from '../log/records/record-writer.ts';
import type { Log } from '../kernel/logger.ts';
import { checkCancelled } from '../kernel/progress.ts';
import { actorOf } from '../log/session.ts';
import { createSalts } from '../kernel/system.ts';
import type { Clock, Ids, Random } from '../kernel/system.ts';
import type { OnProgress } from '../kernel/progress-stream.ts';
import { readFacts } from '../log/workspace-facts.ts';
import { noteAct } from '../model/workspace-settings.ts';

interface Compacting {
  files: WorkspaceFiles;
  clock: Clock;
  log: Log;
  tell: OnProgress;
  signal: AbortSignal;
}

/** How often it is looked how far SQLite is, in milliseconds. */
const often = 100;

/**
 * Writes the closed live file to `image`, packed, and checks that nothing else about it differs: SQLite's check, the schema, the chain of the
 * log, the log played from empty against the records, and the counts. Throws FailedCheck, CANCELLED, SQLite's errors.
 */
export async function compact(image: string, compacting: Compacting): Promise<void> {
  const { files, clock, log, tell, signal } = compacting;
  const total = usedBytes(files.live, log);
  const told = setInterval(() => {
    stat(image).then(
      ({ size }) => tell({ kind: 'progress', step: 'writing', done: Math.min(size, total), total }),
      () => undefined,
    );
  }, often);
  try {
    await vacuumInWorker(files.live, image, signal);
  } catch (error) {
    checkCancelled(signal);
    throw error;
  } finally {
    clearInterval(told);
  }
  if (!isDeepStrictEqual(examine(image, log), examine(files.live, log)))
    throw new FailedCheck('replay', 'it reads otherwise when it is packed');
  await checkImage(image, { log, clock, signal });
}

function usedBytes(file: string, log: Log): number {
  const db = openConnection(file, { mode: 'read', log });
  try {
    const pages = Number(db.pragma('page_count')) - Number(db.pragma('freelist_count'));
    return pages * Number(db.pragma('page_size'));
  } finally {
    db.close();
  }
}

interface Noting extends Compacting {
  ids: Ids;
  random: Random;
  by: Profile;
  /** What was done, for the audit. */
  what: JsonObject;
}

/**
 * Says in the packed file's audit, in a transaction more, that it was packed, and waits until it is on the disk. It stays the same replica.
 * Returns its head.
 */
export async function noteVacuumed(
  image: string,
  noting: Noting,
): Promise<{ head: KeptHead; op_id: string }> {
  const noted = write(image, noting);
  const handle = await open(image, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  return noted;
}

function write(image: string, noting: Noting): { head: KeptHead; op_id: string } {
  const { clock, ids, random, by, what, log } = noting;
  const db = openConnection(image, { mode: 'write', log });
  try {
    db.exec('BEGIN IMMEDIATE');
    const { replica } = readFacts(db);
    const audit = new AuditTransaction(db.write, { replica, clock, ids, salt: createSalts(random) }, by.id);
    const records = new RecordWriter(db.write, audit);
    noteAct({ db: db.write, audit, records, actor: actorOf(by), ids }, 'workspace.vacuumed', what);
    audit.label('workspace.vacuumed', what);
    const head = audit.finish() as Head;
    db.exec('COMMIT');
    return { head: { ...head, begins: beginningsIn(db) }, op_id: audit.op_id };
  } finally {
    db.close();
  }
}
