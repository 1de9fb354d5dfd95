import { Fault, isFault, reasonOf } from '#shared/contract/faults.ts';
import { refuseForeignWal } from './audit/foreign-wal.ts';
import { openConnection } from '../kernel/db/connection.ts';
import type { Connection } from '../kernel/db/connection.ts';
import { explainOpening, inspect } from '../kernel/db/inspect.ts';
import { refuseNewer } from '../kernel/db/migrate.ts';
import { silentLog } from '../kernel/logger.ts';
import { readSandboxFacts } from './sandbox-facts.ts';
import type { SandboxFacts } from './sandbox-facts.ts';
import { checkPlace, foreignFile } from '../kernel/db/sandbox-place.ts';
import type { Place } from '../kernel/db/sandbox-place.ts';

/** How long looking at a sandbox waits for who has it for itself, in milliseconds: a list must not stand still for one of many. */
const patience = 250;

/**
 * Lets `work` read a sandbox's file, whoever else has it open, and leaves its folder as it was: a connection that could write, and does
 * not, takes SQLite's own files beside it away again. One of a newer schema is read only when `newer` is told. Throws NOT_FOUND;
 * WORKSPACE with reason empty, foreign, damaged, unreadable or newer; BUSY.
 */
export function lookInto<T>(
  files: Place,
  id: string,
  work: (db: Connection, facts: SandboxFacts) => T,
  newer = false,
): T {
  checkPlace(files, id);
  const found = inspect(files.data);
  if (found.kind === 'bad') throw new Fault('WORKSPACE', found.message, { reason: found.reason });
  if (found.kind === 'ours' && !newer) refuseNewer(found.version);
  let db: Connection | undefined;
  try {
    // The last connection that is closed brings the log into the file.
    refuseForeignWal(files, silentLog);
    db = openConnection(files.data, { mode: 'write', log: silentLog, slow: 60_000 });
    db.pragma(`busy_timeout = ${patience}`);
    db.pragma('query_only = ON');
    return work(db, ownFacts(db, id));
  } catch (error) {
    throw explainOpening(error, files.data);
  } finally {
    db?.close();
  }
}

/** Refuses what is no sandbox of ours, as `lookInto` does, before it is opened for writing. */
export function checkSandbox(files: Place, id: string): void {
  lookInto(files, id, () => undefined);
}

function ownFacts(db: Connection, id: string): SandboxFacts {
  const facts = readSandboxFacts(db);
  if (!facts) throw foreignFile(`${id}.sqlite is a FRAMES workspace, but no sandbox.`);
  if (facts.id === id) return facts;
  throw foreignFile(
    `${id}.sqlite is a copy of the sandbox ${facts.id} that was made by hand: duplicate that one.`,
  );
}

/** What a sandbox says of itself, or null when it cannot be read. */
export function factsOf(files: Place, id: string): SandboxFacts | null {
  try {
    return lookInto(files, id, (_db, facts) => facts, true);
  } catch {
    return null;
  }
}

/** What was thrown where a sandbox's file was read beside live: of damage it is said that it is the sandbox's. Anything else is as it was. */
export function ofSandbox(error: unknown): unknown {
  if (!isFault(error) || error.code !== 'WORKSPACE' || reasonOf(error) !== 'damaged') return error;
  return new Fault('WORKSPACE', error.message, { reason: 'sandbox_damaged' });
}
