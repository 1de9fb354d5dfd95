import { troubleFault } from '../kernel/db/file-errors.ts';
import { clause } from '#shared/texts/sentence.ts';
import { Fault, isFault, reasonOf } from '#shared/contract/faults.ts';
import { refuseForeignWal } from './audit/foreign-wal.ts';
import { openConnection } from '../kernel/db/connection.ts';
import type { Connection } from '../kernel/db/connection.ts';
import { toOpeningFault, inspectFile } from '../kernel/db/inspect.ts';
import { refuseNewerSchema } from '../kernel/db/migrate.ts';
import { silentLog } from '../kernel/logger.ts';
import { readSandboxFacts } from './sandbox-facts.ts';
import type { SandboxFacts } from './sandbox-facts.ts';
import { checkSandboxFiles, foreignFileFault } from '../kernel/db/check-sandbox-files.ts';
import type { SandboxPaths } from '../kernel/db/check-sandbox-files.ts';

/** How long to wait for an exclusively locked sandbox: one sandbox must not stall a list. */
const busyTimeoutMs = 250;

/**
 * Runs `work` with a sandbox's file, even if others have it open. The connection is writable but query-only: closing it removes SQLite's
 * sidecars. Reads a newer schema only if `allowNewer`. Throws NOT_FOUND, WORKSPACE and BUSY.
 */
export function readSandboxFile<T>(
  files: SandboxPaths,
  id: string,
  work: (db: Connection, facts: SandboxFacts) => T,
  { allowNewer = false }: { allowNewer?: boolean } = {},
): T {
  checkSandboxFiles(files, id);
  const inspection = inspectFile(files.data);
  if (inspection.kind === 'bad') throw troubleFault(inspection, files.data);
  if (inspection.kind === 'ours' && !allowNewer) refuseNewerSchema(inspection.version);
  let db: Connection | undefined;
  try {
    // Closing the last connection checkpoints the WAL into the file, so a foreign WAL is refused first.
    refuseForeignWal(files, silentLog);
    db = openConnection(files.data, { mode: 'write', log: silentLog, slowMs: 60_000 });
    db.pragma(`busy_timeout = ${busyTimeoutMs}`);
    db.pragma('query_only = ON');
    return work(db, readMatchingFacts(db, id));
  } catch (error) {
    throw toOpeningFault(error, files.data);
  } finally {
    db?.close();
  }
}

/** Throws like `readSandboxFile` unless the file is a valid sandbox with this id. Call before opening it for writing. */
export function checkSandbox(files: SandboxPaths, id: string): void {
  readSandboxFile(files, id, () => undefined);
}

function readMatchingFacts(db: Connection, id: string): SandboxFacts {
  const facts = readSandboxFacts(db);
  if (!facts) throw foreignFileFault(`${id}.sqlite`, clause('noSandbox'));
  if (facts.id === id) return facts;
  throw foreignFileFault(`${id}.sqlite`, clause('copiedSandbox', { id: facts.id }));
}

export function readFactsOrNull(files: SandboxPaths, id: string): SandboxFacts | null {
  try {
    return readSandboxFile(files, id, (_db, facts) => facts, { allowNewer: true });
  } catch {
    return null;
  }
}

/** Turns `damaged` into `sandbox_damaged` for an error from reading a sandbox while live is open. Returns other errors unchanged. */
export function toSandboxError(error: unknown): unknown {
  if (!isFault(error) || error.code !== 'WORKSPACE' || reasonOf(error) !== 'damaged') return error;
  return new Fault('WORKSPACE', { ...(error as Fault<'WORKSPACE'>).data, reason: 'sandbox_damaged' });
}
