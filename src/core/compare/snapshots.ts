import { isFault, reasonOf, workspaceFault } from '#shared/contract/faults.ts';
import { openConnection } from '../kernel/db/connection.ts';
import type { Connection, ReadHandle } from '../kernel/db/connection.ts';
import { recordCorruption } from '../kernel/db/corruption-guard.ts';
import { workspaceFiles } from '../kernel/db/files.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { explainOpening } from '../kernel/db/inspect.ts';
import { lockShared } from '../kernel/db/lock.ts';
import { refuseNewer, schemaVersion, versionOf } from '../kernel/db/migrate.ts';
import { readHead } from '../log/audit/head.ts';
import { retryWhileBusy } from '../kernel/retry-while-busy.ts';
import { toSandboxError } from '../log/sandbox-look.ts';
import { readSandboxFacts } from '../log/sandbox-facts.ts';
import type { SandboxFacts } from '../log/sandbox-facts.ts';
import { placeOf } from '../kernel/db/sandbox-folder.ts';
import { checkSandbox } from '../log/sandbox-look.ts';
import { checkPlace } from '../kernel/db/sandbox-place.ts';
import { noSandbox } from '../kernel/db/files.ts';
import type { Services } from '../model/services.ts';

type Needs = Pick<Services, 'files' | 'log'>;

/**
 * Runs `work` on a snapshot of a sandbox, holding its lock, even if others have it open. Throws NOT_FOUND, BUSY, and WORKSPACE if it cannot be
 * read, is newer, or is older and was not opened since.
 */
export async function withPlay<T>(
  { files, log }: Needs,
  id: string,
  work: (play: Connection, facts: SandboxFacts) => Promise<T>,
): Promise<T> {
  const place = placeOf(files, 'sandboxes', id);
  try {
    checkSandbox(place, id);
  } catch (error) {
    throw toSandboxError(error);
  }
  const open = (): Connection => {
    checkPlace(place, id);
    // A writable connection removes the SQLite files next to a closed sandbox when it ends.
    const db = openConnection(place.data, { mode: 'write', log });
    db.pragma('query_only = ON');
    return db;
  };
  return atOneMoment(place, open, toSandboxError, (db) => work(db, factsIn(db, id)));
}

/** As `withPlay` for live; records damage of live too. */
export function withLive<T>({ files, log }: Needs, work: (live: Connection) => Promise<T>): Promise<T> {
  const live = workspaceFiles(files.folder);
  const refused = (error: unknown): unknown => {
    if (isFault(error) && reasonOf(error) === 'damaged') recordCorruption(live, log);
    return error;
  };
  return atOneMoment(live, () => openConnection(live.data, { mode: 'read', log }), refused, work);
}

/** As `withLive` for the database that is open, live or a sandbox. */
export function withOpen<T>(needs: Needs, work: (db: Connection) => Promise<T>): Promise<T> {
  const { target } = needs.files;
  return target.kind === 'sandbox' ? withPlay(needs, target.id, work) : withLive(needs, work);
}

/** The sandbox's description of itself. Throws NOT_FOUND. */
export function factsIn(db: ReadHandle, id: string): SandboxFacts {
  const facts = readSandboxFacts(db);
  if (!facts) throw noSandbox(id);
  return facts;
}

async function atOneMoment<T>(
  { lock: file, data }: Pick<WorkspaceFiles, 'lock' | 'data'>,
  open: () => Connection,
  refused: (error: unknown) => unknown,
  work: (db: Connection) => Promise<T>,
): Promise<T> {
  const lock = await retryWhileBusy(() => lockShared(file));
  try {
    const db = opened(open, (error) => refused(explainOpening(error, data)));
    try {
      return await work(db);
    } finally {
      db.close();
    }
  } finally {
    lock.release();
  }
}

function opened(open: () => Connection, refused: (error: unknown) => unknown): Connection {
  let db: Connection | undefined;
  try {
    db = open();
    refuseNewer(versionOf(db));
    if (versionOf(db) < schemaVersion) throw workspaceFault('older', {});
    db.exec('BEGIN');
    // The first read fixes the snapshot.
    readHead(db);
    return db;
  } catch (error) {
    db?.close();
    throw refused(error);
  }
}
