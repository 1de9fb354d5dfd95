import { rm } from 'node:fs/promises';
import { Fault, isFault } from '#shared/contract/faults.ts';
import { maySettleSandbox } from '#shared/domain/permissions.ts';
import type { Actor } from '#shared/domain/permissions.ts';
import { boardOf } from '../kernel/db/holders.ts';
import { lockExclusive } from '../kernel/db/lock.ts';
import type { WorkspaceLock } from '../kernel/db/lock.ts';
import { permitChanges, permitSandbox } from '../model/permissions.ts';
import { retryWhileBusy } from '../kernel/retry-while-busy.ts';
import type { CallContext, Services } from '../model/services.ts';
import { actorOf, actingProfile } from '../log/session.ts';
import { syncFolder } from '../kernel/sync-folder.ts';
import { isoTime } from '../kernel/system.ts';
import { withNamesLock, folderOf, makeFolders, placeOf, sandboxIds } from '../kernel/db/sandbox-folder.ts';
import type { Shelf } from '../kernel/db/sandbox-folder.ts';
import { readFactsOrNull, readSandboxFile } from '../log/sandbox-look.ts';
import {
  clearTrash,
  isThere,
  moveIn,
  moveOut,
  refuseOccupied,
  refuseTwo,
  restoreFromTrash,
  logSize,
} from './moving.ts';
import { checkName } from './names.ts';
import { checkFile, checkFolder, checkPlace } from '../kernel/db/sandbox-place.ts';
import type { Place } from '../kernel/db/sandbox-place.ts';
import { openConnection } from '../kernel/db/connection.ts';
import { explainOpening } from '../kernel/db/inspect.ts';
import type { Log } from '../kernel/logger.ts';
import { writeSandboxFacts } from '../log/sandbox-facts.ts';
import type { SandboxFacts } from '../log/sandbox-facts.ts';

const actorIn = ({ services, session }: CallContext): Actor => actorOf(actingProfile(services.read, session));

/** Moves a sandbox, damaged or not, to the trash. Throws NOT_FOUND, FORBIDDEN, and BUSY naming who has it open. */
export async function discardSandbox(call: CallContext, id: string): Promise<void> {
  const { services } = call;
  const place = placeOf(services.files, 'sandboxes', id);
  checkPlace(place, id);
  permitSandbox(actorIn(call), id, readFactsOrNull(place, id)?.made_by ?? null);
  makeFolders(services.files, 'trash');
  const lock = await hold(place);
  try {
    checkPlace(place, id);
    const trash = placeOf(services.files, 'trash', id);
    refuseOccupied(place, trash);
    if (readFactsOrNull(place, id)) await noteThatItGoes(services, place);
    // Recovering finds files that a crash left behind.
    moveIn(place, trash);
    await rm(place.holders, { recursive: true, force: true });
  } finally {
    lock.release();
  }
  await syncBoth(services);
  services.log.info({ sandbox: id, requestId: call.session.requestId }, 'sandbox discarded');
}

/** A read-only sandbox moves as it is; one with readers must wait, or it would be separated from its log. Throws BUSY. */
async function noteThatItGoes({ source, log }: Services, place: Place): Promise<void> {
  try {
    await noteDown(place, { discarded_at: isoTime(source.clock.now()) }, log);
  } catch (error) {
    if (isFault(error) && error.code === 'BUSY') throw error;
    log.warn({ error: String(error) }, 'could not write into a sandbox that is discarded');
  }
}

/**
 * Moves a sandbox out of the trash, with a new name if given. On an error it stays there. Throws NOT_FOUND, FORBIDDEN, BUSY, INVALID for a
 * name that is taken, and WORKSPACE.
 */
export async function recoverSandbox(call: CallContext, id: string, name?: string): Promise<void> {
  const { services } = call;
  const { files } = services;
  const trash = placeOf(files, 'trash', id);
  checkPlace(trash, id);
  permitSandbox(actorIn(call), id, readFactsOrNull(trash, id)?.made_by ?? null);
  const place = placeOf(files, 'sandboxes', id);
  const lock = await hold(place);
  try {
    checkPlace(trash, id);
    refuseTwo(place.data);
    restoreFromTrash(place, trash);
    const facts =
      name === undefined ? readFactsOrNull(trash, id) : readSandboxFile(trash, id, (_db, own) => own, true);
    await withNamesLock(files, async () => {
      if (facts) {
        const called = name ?? facts.name;
        checkName(files, called, id);
        await noteDown(trash, { discarded_at: '', name: called }, services.log);
      }
      moveOut(place, trash);
    });
  } finally {
    lock.release();
  }
  await syncBoth(services);
  services.log.info({ sandbox: id, requestId: call.session.requestId }, 'sandbox recovered');
}

/** Deletes sandboxes in the trash, all or `only` these ids, as far as the caller may. Throws FORBIDDEN. */
export async function emptyTrash(
  call: CallContext,
  only: readonly string[] | null = null,
): Promise<{ removed: number; left: number }> {
  const { services } = call;
  const actor = actorIn(call);
  permitChanges(actor, { type: 'sandbox', id: '' });
  let removed = 0;
  const { ids, remains } = sandboxIds(services.files, 'trash');
  const selected = only && new Set(only);
  for (const id of [...ids.filter((one) => selected?.has(one) ?? true), ...remains]) {
    const trash = placeOf(services.files, 'trash', id);
    if (!maySettleSandbox(actor, readFactsOrNull(trash, id)?.made_by ?? null).allowed) continue;
    if (await destroy(placeOf(services.files, 'sandboxes', id), trash)) removed += 1;
  }
  await syncBoth(services);
  const rest = sandboxIds(services.files, 'trash');
  const left = rest.ids.length + rest.others.length;
  services.log.info({ removed, left, requestId: call.session.requestId }, 'trash emptied');
  return { removed, left };
}

/** Deletes a sandbox in the trash or its remains, unless it was or is being recovered. */
async function destroy(place: Place, trash: Place): Promise<boolean> {
  let lock: WorkspaceLock;
  try {
    checkFile(place.lock);
    lock = lockExclusive(place.lock);
  } catch (error) {
    if (isFault(error)) return false;
    throw error;
  }
  let there: boolean;
  try {
    // The lock file stays: deleting it would release a lock that is held.
    if (isThere(place.data)) return false;
    there = isThere(trash.data);
    await clearTrash(place, trash);
  } finally {
    lock.release();
  }
  await rm(place.lock, { force: true });
  return there;
}

/** Locks a sandbox; waits for short reads and renames. Throws BUSY, naming who has it open. */
async function hold(place: Place): Promise<WorkspaceLock> {
  checkFile(place.lock);
  const holder = (): string | null => boardOf(place.holders)[0] ?? null;
  try {
    if (holder() !== null) return lockExclusive(place.lock);
    return await retryWhileBusy(() => lockExclusive(place.lock));
  } catch (error) {
    if (!isFault(error) || error.code !== 'BUSY') throw error;
    throw new Fault('BUSY', { holder: holder(), waited_ms: 0, what: 'sandbox' });
  }
}

async function syncBoth({ files }: Services): Promise<void> {
  for (const shelf of ['sandboxes', 'trash'] as Shelf[]) {
    const folder = folderOf(files, shelf);
    if (checkFolder(folder)) await syncFolder(folder);
  }
}

/**
 * Writes facts into a locked sandbox and empties its write-ahead log, so that the files can be moved one by one. Throws BUSY while someone
 * reads it without a lock; WORKSPACE if it cannot be written.
 */
async function noteDown(place: Place, facts: Partial<SandboxFacts>, log: Log): Promise<void> {
  await retryWhileBusy(() => {
    try {
      write(place.data, facts, log);
    } catch (error) {
      throw explainOpening(error, place.data);
    }
    if (logSize(place) > 0) throw isRead();
  });
}

function write(file: string, facts: Partial<SandboxFacts>, log: Log): void {
  const db = openConnection(file, { mode: 'write', log });
  try {
    // Waits for readers without blocking this process.
    db.pragma('busy_timeout = 0');
    db.exec('BEGIN IMMEDIATE');
    writeSandboxFacts(db.write, facts);
    db.exec('COMMIT');
    db.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    db.close();
  }
}

function isRead(): Fault<'BUSY'> {
  return new Fault('BUSY', { holder: null, waited_ms: 0, what: 'sandbox' });
}
