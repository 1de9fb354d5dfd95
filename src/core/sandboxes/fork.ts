import { readdirSync, renameSync, rmSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Home } from '#shared/domain/target.ts';
import { keepHead, readHead } from '../log/audit/head.ts';
import type { Head } from '../log/audit/head.ts';
import type { AuditSource } from '../log/audit/audit-transaction.ts';
import { openConnection } from '../kernel/db/connection.ts';
import type { WriteHandle, Connection } from '../kernel/db/connection.ts';
import { sandboxFiles, workspaceFiles } from '../kernel/db/files.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { isAlive } from '../kernel/db/holders.ts';
import { tablesIn } from '../kernel/db/tables.ts';
import { explainOpening } from '../kernel/db/inspect.ts';
import { lockExclusive } from '../kernel/db/lock.ts';
import type { Log } from '../kernel/logger.ts';
import { retryWhileBusy } from '../kernel/retry-while-busy.ts';
import { checkCancelled } from '../kernel/progress.ts';
import { syncFolder } from '../kernel/sync-folder.ts';
import { isoTime } from '../kernel/system.ts';
import type { Clock, Ids } from '../kernel/system.ts';
import type { OnProgress } from '../kernel/progress-stream.ts';
import { writeFact, readFacts } from '../log/workspace-facts.ts';
import { toSandboxError } from '../log/sandbox-look.ts';
import { checkRoom, copyDatabase } from '../log/copy-of.ts';
import { readSandboxFacts, writeSandboxFacts } from '../log/sandbox-facts.ts';
import type { Base } from '../log/sandbox-facts.ts';
import { withNamesLock, makeFolders } from '../kernel/db/sandbox-folder.ts';
import { checkSandbox } from '../log/sandbox-look.ts';
import { checkName } from './names.ts';
import { AuditTransaction } from '../log/audit/audit-transaction.ts';
import { schemaVersion, versionOf } from '../kernel/db/migrate.ts';
import { RecordWriter } from '../log/records/record-writer.ts';
import { nameOfWorkspace, nameRecord } from '../log/workspace-name.ts';
import { readFromLive } from '../log/guest.ts';

/** Milliseconds that a finished copy waits to be named. */
const patience = 30_000;

export interface ForkOptions {
  files: WorkspaceFiles;
  from: Home;
  name: string;
  by: string;
  clock: Clock;
  ids: Ids;
  salt: () => string;
  log: Log;
  onProgress: OnProgress;
  signal?: AbortSignal | undefined;
  sync?: ((folder: string) => Promise<void>) | undefined;
  /** Writes more into the copy, in the transaction that makes it a sandbox. */
  fill?: ((copy: WriteHandle, source: AuditSource) => Promise<void>) | undefined;
}

/**
 * Creates a sandbox: a snapshot of live or of another sandbox with its own replica id, built under a temporary name. Returns its id. Throws
 * NOT_FOUND; INVALID for a name that is taken; WORKSPACE; CANCELLED; BUSY.
 */
export function forkSandbox(options: ForkOptions): Promise<string> {
  const { files, from } = options;
  return buildSandbox({ ...options, from: from.kind === 'live' ? 'live' : from.id }, async (image) => {
    const source = workspaceFiles(files.folder, from);
    try {
      if (from.kind === 'sandbox') checkSandbox(source, from.id);
      await checkRoom(source.data, files.sandboxes);
      return await copyDatabase(source, image, options);
    } catch (error) {
      throw from.kind === 'sandbox' ? toSandboxError(error) : error;
    }
  });
}

interface Building extends Omit<ForkOptions, 'from'> {
  from: string;
}

/** As `fork` of a file that `copy` writes; `copy` returns the base. */
export async function buildSandbox(
  options: Building,
  copy: (image: string) => Promise<Base>,
): Promise<string> {
  const { files, from, name, ids, signal } = options;
  makeFolders(files);
  sweep(files.sandboxes);
  checkName(files, name);
  const id = `sbx_${ids.uuid()}`;
  const image = join(files.sandboxes, `.${id}-${ids.uuid()}-${process.pid}.part`);
  try {
    const base = await copy(image);
    const head = await settle(image, id, base, options);
    await flush(image);
    checkCancelled(signal);
    await bringIn(image, id, head, options);
  } catch (error) {
    await drop(image);
    throw error;
  }
  options.log.info({ sandbox: id, from }, 'sandbox taken');
  return id;
}

/** Names a finished copy, holding its lock; removes it if it cannot be synced. Throws as `build`. */
async function bringIn(
  image: string,
  id: string,
  head: Head,
  { files, name, signal, sync = syncFolder }: Building,
): Promise<void> {
  const place = sandboxFiles(files.sandboxes, id);
  const lock = await retryWhileBusy(() => lockExclusive(place.lock), { patience, signal });
  let ours = false;
  try {
    const rename = (): void => {
      checkName(files, name);
      ours = true;
      // From the start: a missing head means a lost one.
      keepHead(place.head, head);
      renameSync(image, place.data);
    };
    await withNamesLock(files, rename, { patience, signal });
    // The folder of sandboxes may be new itself.
    for (const folder of [files.sandboxes, files.folder]) await sync(folder);
    lock.release();
  } catch (error) {
    if (ours) await drop(place.data);
    if (ours) await rm(place.head, { force: true });
    lock.release();
    await rm(place.lock, { force: true });
    throw explainOpening(error, place.data);
  }
}

/** Makes a copy a sandbox: a single file with its own replica id and description. */
async function settle(image: string, id: string, base: Base, options: Building): Promise<Head> {
  const { files, name, from, by, clock, ids, salt, log } = options;
  const db = openConnection(image, { mode: 'write', log });
  try {
    db.pragma('journal_mode = DELETE');
    db.exec('BEGIN IMMEDIATE');
    const replica = ids.uuid();
    writeFact(db.write, 'replica', replica);
    // Live's upkeep, of no use here.
    for (const table of ['jobs', 'conversations'])
      if (tablesIn(db).has(table)) db.write.run(`DELETE FROM ${table}`);
    const source = { replica, clock, ids, salt };
    const adopted = adoptLive(db, { files, source, by, log });
    // A refresh moves the base; the start of its own log stays.
    const own_after = adopted ? readHead(db).id : (readSandboxFacts(db)?.own_after ?? base.id);
    const made = { from, base, own_after, made_at: isoTime(clock.now()), made_by: by, archived_at: '' };
    // A duplicate is another proposal.
    const unshared = { shared_id: '', shared_state: '' };
    writeSandboxFacts(db.write, {
      ...made,
      ...unshared,
      id,
      name,
      discarded_at: '',
    });
    await options.fill?.(db.write, source);
    db.exec('COMMIT');
    // In the mode of an open sandbox, so that its first reader does not block writers.
    db.pragma('journal_mode = WAL');
    return readHead(db);
  } finally {
    db.close();
  }
}

async function flush(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function drop(image: string): Promise<void> {
  for (const end of ['', '-journal', '-wal', '-shm']) await rm(`${image}${end}`, { force: true });
}

function sweep(folder: string): void {
  for (const name of readdirSync(folder)) {
    const [, pid] = /^\.sbx_[0-9a-f-]+-(\d+)\.part/.exec(name) ?? [];
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(folder, name), { force: true });
  }
}

interface Adopting {
  files: WorkspaceFiles;
  source: AuditSource;
  by: string;
  log: Log;
}

/**
 * Gives a copy, such as one of a golden version, the id and name of live. Leaves it unchanged if live is unreadable. Returns whether it
 * wrote to the copy's log.
 */
function adoptLive(copy: Connection, { files, source, by, log }: Adopting): boolean {
  const live = readFromLive(files.folder, log, (db) => {
    const row = nameRecord(db);
    return { id: readFacts(db).id, name: nameOfWorkspace(db), isRenamed: row !== undefined && !row.deleted };
  });
  if (live === null || live.id === readFacts(copy).id) return false;
  writeFact(copy.write, 'id', live.id);
  writeFact(copy.write, 'name', live.name);
  // Written by an older program; cannot be written before its migration.
  const row = versionOf(copy) === schemaVersion ? nameRecord(copy) : undefined;
  if (!row || row.deleted) return false;
  const audit = new AuditTransaction(copy.write, source, by);
  const records = new RecordWriter(copy.write, audit);
  // Equal to live's, so that this is no difference.
  if (live.isRenamed) records.update(row, { name: live.name });
  else records.remove(row);
  audit.label('sandbox.adopted', { title: live.name });
  return audit.finish() !== null;
}
