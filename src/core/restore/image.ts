import { clause } from '#shared/texts/sentence.ts';
import { open } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import type { JsonObject } from '#shared/domain/json.ts';
import type { Profile } from '#shared/contract/workspace.ts';
import { beginningsIn } from '../log/audit/head.ts';
import type { Beginning, Head, KeptHead } from '../log/audit/head.ts';
import { AuditTransaction } from '../log/audit/audit-transaction.ts';
import { examineDatabase } from '../versions/check.ts';
import type { Upgrading } from '../versions/check.ts';
import { openConnection } from '../kernel/db/connection.ts';
import { RecordWriter } from '../log/records/record-writer.ts';
import type { Log } from '../kernel/logger.ts';
import { actorOf, findProfile } from '../log/session.ts';
import { createSalts } from '../kernel/system.ts';
import type { Ids, Random } from '../kernel/system.ts';
import { writeFact } from '../log/workspace-facts.ts';
import { noteAct } from '../model/workspace-settings.ts';

/** Finds the actor among a closed copy's profiles. Throws UNKNOWN_ACTOR. */
export function profileIn(image: string, actor: string | null | undefined, log: Log): Profile {
  const db = openConnection(image, { mode: 'read', log });
  try {
    return findProfile(db, actor);
  } finally {
    db.close();
  }
}

interface Noting extends Upgrading {
  ids: Ids;
  random: Random;
  by: Profile;
  act: string;
  what: JsonObject;
}

/**
 * Makes a closed copy writable: gives it a replica id, and records its origin in one more transaction. Checks that nothing else changed,
 * and syncs it. Returns its head, to be recorded next to it. Throws the error of `spoiled`.
 */
export async function noteReplaced(
  image: string,
  noting: Noting,
): Promise<{ head: KeptHead; op_id: string }> {
  const { spoiled, log } = noting;
  const before = examineDatabase(image, log);
  const { head, begins, op_id } = write(image, noting);
  if (!isDeepStrictEqual(examineDatabase(image, log), { ...before, head }))
    throw spoiled(clause('changesInUse'));
  const handle = await open(image, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  return { head: { ...head, begins }, op_id };
}

function write(
  image: string,
  { clock, ids, random, by, act, what, log }: Noting,
): { head: Head; begins: Beginning[]; op_id: string } {
  const db = openConnection(image, { mode: 'write', log });
  try {
    db.exec('BEGIN IMMEDIATE');
    const replica = ids.uuid();
    writeFact(db.write, 'replica', replica);
    const audit = new AuditTransaction(db.write, { replica, clock, ids, salt: createSalts(random) }, by.id);
    const records = new RecordWriter(db.write, audit);
    noteAct({ db: db.write, audit, records, actor: actorOf(by), ids }, act, what);
    // Known only to the replaced file.
    const isKnown = db.write.get('SELECT 1 FROM profiles WHERE id = ?', [by.id]) !== undefined;
    audit.copyLabel(act, isKnown ? what : { ...what, by_name: by.name });
    const head = audit.finish() as Head;
    db.exec('COMMIT');
    return { head, begins: beginningsIn(db), op_id: audit.op_id };
  } finally {
    db.close();
  }
}
