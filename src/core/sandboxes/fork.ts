import { readdirSync, renameSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CurrentTarget } from '#shared/domain/target.ts';
import { writeHeadFile, readHead } from '../log/audit/head.ts';
import type { Head } from '../log/audit/head.ts';
import type { AuditSource } from '../log/audit/audit-transaction.ts';
import { openConnection } from '../kernel/db/connection.ts';
import type { WriteHandle, Connection } from '../kernel/db/connection.ts';
import { sandboxFiles, workspaceFiles } from '../kernel/db/files.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { isAlive } from '../kernel/db/holders.ts';
import { tablesIn } from '../kernel/db/tables.ts';
import { toOpeningFault } from '../kernel/db/inspect.ts';
import { lockExclusive } from '../kernel/db/lock.ts';
import type { Log } from '../kernel/logger.ts';
import { retryWhileBusy } from '../kernel/retry-while-busy.ts';
import { checkCancelled } from '../kernel/progress.ts';
import { fsyncFile, fsyncFolder } from '../kernel/fsync.ts';
import { isoTime } from '../kernel/system.ts';
import type { Clock, Ids } from '../kernel/system.ts';
import type { OnProgress } from '../kernel/progress.ts';
import { writeFact, readFacts } from '../log/workspace-facts.ts';
import { toSandboxError, checkSandbox } from '../log/read-sandbox-file.ts';
import { checkRoom, copyDatabase } from '../log/copy-database.ts';
import { readSandboxFacts, writeSandboxFacts } from '../log/sandbox-facts.ts';
import type { Base } from '../log/sandbox-facts.ts';
import { withNamesLock, createSandboxFolders } from '../kernel/db/sandbox-folder.ts';
import { checkName } from './names.ts';
import { AuditTransaction } from '../log/audit/audit-transaction.ts';
import { schemaVersion, versionOf } from '../kernel/db/migrate.ts';
import { RecordWriter } from '../log/records/record-writer.ts';
import { nameOfWorkspace, nameRecord } from '../log/workspace-name.ts';
import { readFromLive } from '../log/guest.ts';

/** How long a finished copy waits for the locks that it needs to be named. */
const maxLockWaitMs = 30_000;

export interface ForkOptions {
  files: WorkspaceFiles;
  from: CurrentTarget;
  name: string;
  /** Id of the creator's profile. */
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
  return buildSandbox({ ...options, from: from.kind === 'live' ? 'live' : from.id }, async (file) => {
    const source = workspaceFiles(files.folder, from);
    try {
      if (from.kind === 'sandbox') checkSandbox(source, from.id);
      await checkRoom(source.data, files.sandboxes);
      return await copyDatabase(source, file, options);
    } catch (error) {
      throw from.kind === 'sandbox' ? toSandboxError(error) : error;
    }
  });
}

interface BuildOptions extends Omit<ForkOptions, 'from'> {
  from: string;
}

/** Like `forkSandbox` for a file that `copy` writes; `copy` returns the base. */
export async function buildSandbox(
  options: BuildOptions,
  copy: (file: string) => Promise<Base>,
): Promise<string> {
  const { files, from, name, ids, signal } = options;
  createSandboxFolders(files);
  removeLeftovers(files.sandboxes);
  checkName(files, name);
  const id = `sbx_${ids.uuid()}`;
  const file = join(files.sandboxes, `.${id}-${ids.uuid()}-${process.pid}.part`);
  try {
    const base = await copy(file);
    const head = await turnIntoSandbox(file, id, base, options);
    await fsyncFile(file);
    checkCancelled(signal);
    await nameCopy(file, id, head, options);
  } catch (error) {
    await removeFiles(file);
    throw error;
  }
  options.log.info({ sandbox: id, from }, 'sandbox taken');
  return id;
}

/** Names a finished copy under the lock of its sandbox; removes the copy if fsync fails. Throws like `buildSandbox`. */
async function nameCopy(
  file: string,
  id: string,
  head: Head,
  { files, name, signal, sync = fsyncFolder }: BuildOptions,
): Promise<void> {
  const paths = sandboxFiles(files.sandboxes, id);
  const lock = await retryWhileBusy(() => lockExclusive(paths.lock), { timeoutMs: maxLockWaitMs, signal });
  let isNamed = false;
  try {
    const rename = (): void => {
      checkName(files, name);
      isNamed = true;
      // Written from the start, so that a missing head file means a lost one.
      writeHeadFile(paths.head, head);
      renameSync(file, paths.data);
    };
    await withNamesLock(files, rename, { timeoutMs: maxLockWaitMs, signal });
    // The folder of sandboxes can be new itself.
    for (const folder of [files.sandboxes, files.folder]) await sync(folder);
    lock.release();
  } catch (error) {
    if (isNamed) await removeFiles(paths.data);
    if (isNamed) await rm(paths.head, { force: true });
    lock.release();
    await rm(paths.lock, { force: true });
    throw toOpeningFault(error, paths.data);
  }
}

/** Makes a copy a sandbox: a single file with its own replica id and description. */
async function turnIntoSandbox(file: string, id: string, base: Base, options: BuildOptions): Promise<Head> {
  const { files, name, from, by, clock, ids, salt, log } = options;
  using db = openConnection(file, { mode: 'write', log });
  db.pragma('journal_mode = DELETE');
  db.exec('BEGIN IMMEDIATE');
  const replica = ids.uuid();
  writeFact(db.write, 'replica', replica);
  // Jobs, conversations and subscribers belong to live.
  for (const table of ['jobs', 'conversations', 'subscribers'])
    if (tablesIn(db).has(table)) db.write.run(`DELETE FROM ${table}`);
  const source = { replica, clock, ids, salt };
  const isLogChanged = adoptIdentityOfLive(db, { files, source, by, log });
  // A refresh moves the base, but not the start of the sandbox's own log.
  const own_after = isLogChanged ? readHead(db).id : (readSandboxFacts(db)?.own_after ?? base.id);
  const ownFacts = { from, base, own_after, made_at: isoTime(clock.now()), made_by: by, archived_at: '' };
  // A duplicate of a shared sandbox is not shared.
  const unshared = { shared_id: '', shared_state: '' };
  writeSandboxFacts(db.write, {
    ...ownFacts,
    ...unshared,
    id,
    name,
    discarded_at: '',
  });
  await options.fill?.(db.write, source);
  db.exec('COMMIT');
  // WAL is the mode of an open sandbox: its first reader need not change the mode, which would block writers.
  db.pragma('journal_mode = WAL');
  return readHead(db);
}

async function removeFiles(file: string): Promise<void> {
  for (const suffix of ['', '-journal', '-wal', '-shm']) await rm(`${file}${suffix}`, { force: true });
}

function removeLeftovers(folder: string): void {
  for (const name of readdirSync(folder)) {
    const [, pid] = /^\.sbx_[0-9a-f-]+-(\d+)\.part/.exec(name) ?? [];
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(folder, name), { force: true });
  }
}

interface AdoptOptions {
  files: WorkspaceFiles;
  source: AuditSource;
  by: string;
  log: Log;
}

/**
 * Gives a copy, such as one of a golden version, the id and name of live. Leaves it unchanged if live is unreadable. Returns whether it
 * wrote to the copy's log.
 */
function adoptIdentityOfLive(copy: Connection, { files, source, by, log }: AdoptOptions): boolean {
  const live = readFromLive(files.folder, log, (db) => {
    const row = nameRecord(db);
    return { id: readFacts(db).id, name: nameOfWorkspace(db), isRenamed: row !== undefined && !row.deleted };
  });
  if (live === null || live.id === readFacts(copy).id) return false;
  writeFact(copy.write, 'id', live.id);
  writeFact(copy.write, 'name', live.name);
  // A record of an older schema cannot be written before the copy is migrated.
  const row = versionOf(copy) === schemaVersion ? nameRecord(copy) : undefined;
  if (!row || row.deleted) return false;
  const audit = new AuditTransaction(copy.write, source, by);
  const records = new RecordWriter(copy.write, audit);
  // Gives the workspace the name that it has in live, so that the name is no difference.
  if (live.isRenamed) records.update(row, { name: live.name });
  else records.remove(row);
  audit.label('sandbox.adopted', { title: live.name });
  return audit.finish() !== null;
}
