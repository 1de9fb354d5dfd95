import { isFault, reasonOf, workspaceFault } from '#shared/contract/faults.ts';
import { openConnection } from '../kernel/db/connection.ts';
import type { Connection, ReadHandle } from '../kernel/db/connection.ts';
import { recordCorruption } from '../kernel/db/corruption-guard.ts';
import { workspaceFiles } from '../kernel/db/files.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { inspectFile, toOpeningFault } from '../kernel/db/inspect.ts';
import { lockExclusive, lockShared } from '../kernel/db/lock.ts';
import { refuseNewerSchema, schemaVersion, versionOf } from '../kernel/db/migrate.ts';
import { readHead } from '../log/audit/head.ts';
import { retryWhileBusy } from '../kernel/retry-while-busy.ts';
import { toSandboxError } from '../log/read-sandbox-file.ts';
import { readSandboxFacts } from '../log/sandbox-facts.ts';
import type { SandboxFacts } from '../log/sandbox-facts.ts';
import { sandboxPaths } from '../kernel/db/sandbox-folder.ts';
import { migrateLockedFile, prepareSandbox } from '../log/migrate-file.ts';
import { createBackup } from '../versions/create.ts';
import { checkSandboxFiles } from '../kernel/db/check-sandbox-files.ts';
import { noSandboxFault } from '../kernel/db/files.ts';
import type { Services } from '../model/services.ts';

type SnapshotServices = Pick<Services, 'files' | 'log'>;
type LiveServices = Pick<Services, 'files' | 'log' | 'source'>;

/**
 * Runs `work` on a snapshot of a sandbox, holding its lock, even if others have it open. Migrates an older one first. Throws NOT_FOUND, BUSY, and
 * WORKSPACE if it cannot be read or is newer.
 */
export async function withSandbox<T>(
  { files, log }: SnapshotServices,
  id: string,
  work: (sandbox: Connection, facts: SandboxFacts) => Promise<T>,
): Promise<T> {
  const paths = sandboxPaths(files, 'sandboxes', id);
  try {
    await prepareSandbox(paths, id, log);
  } catch (error) {
    throw toSandboxError(error);
  }
  const open = (): Connection => {
    checkSandboxFiles(paths, id);
    // A writable connection removes the SQLite files next to a closed sandbox when it ends.
    const db = openConnection(paths.data, { mode: 'write', log });
    db.pragma('query_only = ON');
    return db;
  };
  return withSnapshot(paths, open, toSandboxError, (db) => work(db, factsIn(db, id)));
}

/** Like `withSandbox` for live, which it backs up before migrating it; also records corruption of live. */
export async function withLive<T>(
  { files, log, source }: LiveServices,
  work: (live: Connection) => Promise<T>,
): Promise<T> {
  const live = workspaceFiles(files.folder);
  const mapError = (error: unknown): unknown => {
    if (isFault(error) && reasonOf(error) === 'damaged') recordCorruption(live, log);
    return error;
  };
  await migrateOlderLive(live, { log, source });
  return withSnapshot(live, () => openConnection(live.data, { mode: 'read', log }), mapError, work);
}

/** A sandbox can be the first that this version opens. Throws BUSY while anybody has an older live open. */
async function migrateOlderLive(
  live: WorkspaceFiles,
  { log, source }: Pick<Services, 'log' | 'source'>,
): Promise<void> {
  const isOlder = (): boolean => {
    const file = inspectFile(live.data);
    return file.kind === 'ours' && file.version < schemaVersion;
  };
  if (!isOlder()) return;
  await retryWhileBusy(async () => {
    using _lock = lockExclusive(live.lock);
    await migrateLockedFile(live, schemaVersion, log, async () => {
      await createBackup({ files: live, reason: 'migrate', clock: source.clock, log });
    });
  });
}

/** Like `withLive` for the database that is open, live or a sandbox. */
export function withOpen<T>(services: LiveServices, work: (db: Connection) => Promise<T>): Promise<T> {
  const { target } = services.files;
  return target.kind === 'sandbox' ? withSandbox(services, target.id, work) : withLive(services, work);
}

/** The facts that a sandbox's file records about itself. Throws NOT_FOUND if there are none. */
export function factsIn(db: ReadHandle, id: string): SandboxFacts {
  const facts = readSandboxFacts(db);
  if (!facts) throw noSandboxFault(id);
  return facts;
}

async function withSnapshot<T>(
  { lock: lockFile, data }: Pick<WorkspaceFiles, 'lock' | 'data'>,
  open: () => Connection,
  mapError: (error: unknown) => unknown,
  work: (db: Connection) => Promise<T>,
): Promise<T> {
  const lock = await retryWhileBusy(() => lockShared(lockFile));
  try {
    const db = openSnapshot(open, (error) => mapError(toOpeningFault(error, data)));
    try {
      return await work(db);
    } finally {
      db.close();
    }
  } finally {
    lock.release();
  }
}

function openSnapshot(open: () => Connection, mapError: (error: unknown) => unknown): Connection {
  let db: Connection | undefined;
  try {
    db = open();
    refuseNewerSchema(versionOf(db));
    if (versionOf(db) < schemaVersion) throw workspaceFault('older', {});
    db.exec('BEGIN');
    // The first read fixes the snapshot.
    readHead(db);
    return db;
  } catch (error) {
    db?.close();
    throw mapError(error);
  }
}
