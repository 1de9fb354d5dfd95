import { basename } from 'node:path';
import { workspaceFault } from '#shared/contract/faults.ts';
import { clause } from '#shared/texts/sentence.ts';
import { openConnection } from '../kernel/db/connection.ts';
import type { SandboxPaths } from '../kernel/db/check-sandbox-files.ts';
import { lockExclusive } from '../kernel/db/lock.ts';
import { migrateTo, schemaVersion, versionOf } from '../kernel/db/migrate.ts';
import type { Log } from '../kernel/logger.ts';
import { retryWhileBusy } from '../kernel/retry-while-busy.ts';
import { fillFromLog } from './audit/fill-from-log.ts';
import { refuseForeignWal } from './audit/foreign-wal.ts';
import { refuseMissingTail } from './audit/missing-tail.ts';
import { hasLaterParts } from './audit/verify-schema.ts';
import { readSandboxFile } from './read-sandbox-file.ts';

type MigratedFile = Pick<SandboxPaths, 'data' | 'head' | 'live'>;

/**
 * Migrates a file whose exclusive lock the caller holds; checks it and runs `backUp` first. Returns the schema before. Throws WORKSPACE:
 * `behind`, `another_line`, `damaged`, `strange_log`.
 */
export async function migrateLockedFile(
  file: MigratedFile,
  target: number,
  log: Log,
  backUp: () => Promise<void> = () => Promise.resolve(),
): Promise<number> {
  refuseForeignWal(file, log);
  const from = await checkMigratable(file, target, log);
  if (from === target) return from;
  await backUp();
  const connection = openConnection(file.data, { mode: 'write', log });
  try {
    await migrateTo(connection, target, { onTablesCreated: fillFromLog });
  } finally {
    connection.close();
  }
  return from;
}

async function checkMigratable(file: MigratedFile, target: number, log: Log): Promise<number> {
  using connection = openConnection(file.data, { mode: 'read', log });
  refuseMissingTail(file, connection);
  const version = versionOf(connection);
  if (version < target && (await hasLaterParts(connection, log)))
    throw workspaceFault('damaged', { file: basename(file.data), why: clause('laterSchema') });
  return version;
}

/**
 * Checks a sandbox, and gives it the schema of this program, as opening it does. Call before reading or writing its records without opening
 * it. Throws like `readSandboxFile` and `migrateLockedFile`, and BUSY while anybody has an older sandbox open.
 */
export async function prepareSandbox(paths: SandboxPaths, id: string, log: Log): Promise<void> {
  const readVersion = (): number => readSandboxFile(paths, id, versionOf);
  if (readVersion() === schemaVersion) return;
  await retryWhileBusy(async () => {
    using _lock = lockExclusive(paths.lock);
    const from = await migrateLockedFile(paths, schemaVersion, log);
    log.info({ sandbox: id, from, to: schemaVersion }, 'schema changed');
  });
}
