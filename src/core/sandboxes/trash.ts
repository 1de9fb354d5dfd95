import { existsSync, lstatSync, renameSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { Fault, isFault } from '#shared/contract/faults.ts';
import { maySettleSandbox } from '#shared/domain/permissions.ts';
import type { Actor } from '#shared/domain/permissions.ts';
import { openConnection } from '../db/connection.ts';
import { boardOf } from '../db/holders.ts';
import { lockExclusive } from '../db/lock.ts';
import type { WorkspaceLock } from '../db/lock.ts';
import { permitChanges, permitSandbox } from '../entities/permit.ts';
import { patiently } from '../patiently.ts';
import type { CallContext, Services } from '../services.ts';
import { actorOf, profileById } from '../session.ts';
import { syncFolder } from '../sync-folder.ts';
import { isoTime } from '../system.ts';
import { writeSandboxFacts } from './facts.ts';
import type { SandboxFacts } from './facts.ts';
import { aloneWithNames, folderOf, makeFolders, placeOf, standing } from './folder.ts';
import type { Shelf } from './folder.ts';
import { factsOf } from './look.ts';
import { checkName } from './names.ts';
import { checkFile, checkPlace, strange } from './place.ts';
import type { Place } from './place.ts';

const actorIn = ({ services, session }: CallContext): Actor =>
  actorOf(profileById(services.read, session.actor));

/** Moves a sandbox to the trash, a damaged one too. Throws NOT_FOUND, FORBIDDEN, and BUSY, naming who, while somebody has it open. */
export async function discardSandbox(call: CallContext, id: string): Promise<void> {
  const { services } = call;
  const place = placeOf(services.files, 'sandboxes', id);
  checkPlace(place, id);
  permitSandbox(actorIn(call), id, factsOf(place, id)?.made_by ?? null);
  makeFolders(services.files, 'trash');
  const lock = await hold(place);
  try {
    checkPlace(place, id);
    const trash = placeOf(services.files, 'trash', id);
    refuseTwo(trash.data);
    const now = isoTime(services.source.clock.now());
    noteDown(services, place, factsOf(place, id) && { discarded_at: now });
    // The file goes first: from then on the sandbox is in the trash. What a crash leaves behind it finds again when it is recovered.
    for (const [from, to] of moves(place, trash)) if (existsSync(from)) renameSync(from, to);
    await rm(place.holders, { recursive: true, force: true });
  } finally {
    lock.release();
  }
  await syncBoth(services);
  services.log.info({ sandbox: id, requestId: call.session.requestId }, 'sandbox discarded');
}

/** Takes a sandbox out of the trash, under another name when one is given. Throws NOT_FOUND, FORBIDDEN, INVALID for a name that is taken. */
export async function recoverSandbox(call: CallContext, id: string, name?: string): Promise<void> {
  const { services } = call;
  const { files } = services;
  const trash = placeOf(files, 'trash', id);
  checkPlace(trash, id);
  const facts = factsOf(trash, id);
  permitSandbox(actorIn(call), id, facts?.made_by ?? null);
  const place = placeOf(files, 'sandboxes', id);
  const lock = await hold(place);
  try {
    checkPlace(trash, id);
    refuseTwo(place.data);
    await aloneWithNames(files, () => {
      if (facts) checkName(files, name ?? facts.name, id);
      noteDown(services, trash, facts && { discarded_at: '', ...(name === undefined ? {} : { name }) });
      // The file comes last: only with it the sandbox is there again.
      for (const [to, from] of moves(place, trash).toReversed()) if (existsSync(from)) renameSync(from, to);
    });
  } finally {
    lock.release();
  }
  await syncBoth(services);
  services.log.info({ sandbox: id, requestId: call.session.requestId }, 'sandbox recovered');
}

/** Deletes for good what is in the trash, as far as the caller may. Throws FORBIDDEN. */
export async function emptyTrash(call: CallContext): Promise<{ removed: number; left: number }> {
  const { services } = call;
  const actor = actorIn(call);
  permitChanges(actor, { type: 'sandbox', id: '' });
  let removed = 0;
  const { ids, others } = standing(services.files, 'trash');
  for (const id of ids) {
    const trash = placeOf(services.files, 'trash', id);
    if (!maySettleSandbox(actor, factsOf(trash, id)?.made_by ?? null).allowed) continue;
    if (await destroy(placeOf(services.files, 'sandboxes', id), trash)) removed += 1;
  }
  await syncBoth(services);
  const left = ids.length + others.length - removed;
  services.log.info({ removed, left, requestId: call.session.requestId }, 'trash emptied');
  return { removed, left };
}

/** Deletes a sandbox that is in the trash; not one that somebody is just taking out of it. */
async function destroy(place: Place, trash: Place): Promise<boolean> {
  let lock: WorkspaceLock;
  try {
    checkFile(place.lock);
    lock = lockExclusive(place.lock);
  } catch (error) {
    if (isFault(error)) return false;
    throw error;
  }
  try {
    // Links are taken away as what they are, and not followed.
    for (const [, file] of moves(place, trash)) await rm(file, { recursive: true, force: true });
    await rm(`${trash.data}-shm`, { force: true });
  } finally {
    lock.release();
  }
  await rm(place.lock, { force: true });
  return true;
}

/** A file that somebody has put there by hand is not replaced. */
function refuseTwo(file: string): void {
  if (lstatSync(file, { throwIfNoEntry: false }))
    throw strange(`There are two files "${basename(file)}", one of them in the trash. Nothing was changed.`);
}

/** What moves with a sandbox, and where it stands in the trash. */
function moves(place: Place, trash: Place): (readonly [string, string])[] {
  const ends = ['', '-wal', '-journal'];
  return [
    ...ends.map((end) => [`${place.data}${end}`, `${trash.data}${end}`] as const),
    [place.head, trash.head],
  ];
}

/** Holds a sandbox alone. Throws BUSY, naming who has it open; it waits for who only reads or renames it just now. */
async function hold(place: Place): Promise<WorkspaceLock> {
  checkFile(place.lock);
  const holder = (): string | null => boardOf(place.holders)[0] ?? null;
  try {
    if (holder() !== null) return lockExclusive(place.lock);
    return await patiently(() => lockExclusive(place.lock));
  } catch (error) {
    if (!isFault(error) || error.code !== 'BUSY') throw error;
    const who = holder();
    const message = `The sandbox is open${who === null ? '' : ` in ${who}`}. Nothing was changed; close it there first.`;
    throw new Fault('BUSY', message, { holder: who, waited_ms: 0 });
  }
}

/** Writes facts into a sandbox that is held alone, and everything of its log into its file. A damaged one goes as it is. */
function noteDown({ log }: Services, place: Place, facts: Partial<SandboxFacts> | null): void {
  if (!facts) return;
  const db = openConnection(place.data, { mode: 'write', log });
  try {
    db.exec('BEGIN IMMEDIATE');
    writeSandboxFacts(db.write, facts);
    db.exec('COMMIT');
    db.pragma('wal_checkpoint(TRUNCATE)');
  } catch (error) {
    log.warn({ error: String(error) }, 'could not write into a sandbox that is moved');
  } finally {
    db.close();
  }
}

async function syncBoth({ files }: Services): Promise<void> {
  for (const shelf of ['sandboxes', 'trash'] as Shelf[]) await syncFolder(folderOf(files, shelf));
}
