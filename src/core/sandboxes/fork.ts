import { readdirSync, renameSync, rmSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Home } from '#shared/domain/target.ts';
import { keepHead, readHead } from '../log/audit/head.ts';
import type { Head } from '../log/audit/head.ts';
import type { AuditSource } from '../log/audit/audit-transaction.ts';
import { openConnection } from '../kernel/db/connection.ts';
import type { WriteHandle } from '../kernel/db/connection.ts';
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
import { writeFact } from '../log/workspace-facts.ts';
import { adoptLive } from './adopt.ts';
import { toSandboxError } from '../log/sandbox-look.ts';
import { checkRoom, copyDatabase } from '../log/copy-of.ts';
import { readSandboxFacts, writeSandboxFacts } from '../log/sandbox-facts.ts';
import type { Base } from '../log/sandbox-facts.ts';
import { withNamesLock, makeFolders } from '../kernel/db/sandbox-folder.ts';
import { checkSandbox } from '../log/sandbox-look.ts';
import { checkName } from './names.ts';

/** How long a finished copy waits for its turn to get its name, in milliseconds. */
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
  tell: OnProgress;
  signal?: AbortSignal | undefined;
  sync?: ((folder: string) => Promise<void>) | undefined;
  /** Writes more into the copy, in the transaction that makes it a sandbox. */
  fill?: ((copy: WriteHandle, source: AuditSource) => Promise<void>) | undefined;
}

/**
 * Takes a sandbox: a copy of live or of another sandbox at one moment, whatever others write meanwhile, which draws a replica id of its own.
 * It is built under a temporary name and renamed when it is whole and on the disk. Returns its id. Throws NOT_FOUND; INVALID for a name
 * that is taken; WORKSPACE, reason full among others; CANCELLED; BUSY.
 */
export function fork(options: ForkOptions): Promise<string> {
  const { files, from } = options;
  return build({ ...options, from: from.kind === 'live' ? 'live' : from.id }, async (image) => {
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

/** As `fork` of whatever `copy` writes to the file of that name; `copy` returns the base. */
export async function build(options: Building, copy: (image: string) => Promise<Base>): Promise<string> {
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

/**
 * Gives a finished copy its name, and takes it away again when that does not come to the disk. Nobody opens it in between: its lock is held.
 * Throws as `build` does.
 */
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
      // From its birth on: one without a head has lost it.
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

/** Makes a copy a sandbox of its own: a file by itself, with its own replica, that knows what it is. */
async function settle(image: string, id: string, base: Base, options: Building): Promise<Head> {
  const { files, name, from, by, clock, ids, salt, log } = options;
  const db = openConnection(image, { mode: 'write', log });
  try {
    db.pragma('journal_mode = DELETE');
    db.exec('BEGIN IMMEDIATE');
    const replica = ids.uuid();
    writeFact(db.write, 'replica', replica);
    // Those of live, which are of no use here.
    for (const table of ['jobs', 'conversations'])
      if (tablesIn(db).has(table)) db.write.run(`DELETE FROM ${table}`);
    const source = { replica, clock, ids, salt };
    const adopted = adoptLive(db, { files, source, by, log });
    // Refreshing moves the base; what its own log has since stays the same.
    const own_after = adopted ? readHead(db).id : (readSandboxFacts(db)?.own_after ?? base.id);
    const made = { from, base, own_after, made_at: isoTime(clock.now()), made_by: by, archived_at: '' };
    // What a duplicate tries is another proposal than what it is a copy of.
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
    // As everybody has it open later: who reads it then keeps nobody from writing, from the first moment on.
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
