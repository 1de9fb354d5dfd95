import { open } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import type { JsonObject } from '#shared/domain/json.ts';
import type { Profile } from '#shared/contract/workspace.ts';
import { beginningsIn } from '../log/audit/head.ts';
import type { Beginning, Head, KeptHead } from '../log/audit/head.ts';
import { AuditTransaction } from '../log/audit/audit-transaction.ts';
import { examine } from '../versions/check.ts';
import type { Upgrading } from '../versions/check.ts';
import { openConnection } from '../kernel/db/connection.ts';
import { RecordWriter } from '../log/records/record-writer.ts';
import type { Log } from '../kernel/logger.ts';
import { actorOf, findProfile } from '../log/session.ts';
import { createSalts } from '../kernel/system.ts';
import type { Ids, Random } from '../kernel/system.ts';
import { writeFact } from '../log/workspace-facts.ts';
import { noteAct } from '../model/workspace-settings.ts';

/** Who acts, by what a closed copy says of its profiles. Throws UNKNOWN_ACTOR. */
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
 * Makes a closed copy a file that can be written: it draws a replica of its own, and its audit says, in a transaction more, how it came to
 * be here. Sees to it that this was all that changed, and that it is on the disk. Returns its head, as it is to be kept beside it. Throws what `spoiled` makes.
 */
export async function noteReplaced(
  image: string,
  noting: Noting,
): Promise<{ head: KeptHead; op_id: string }> {
  const { spoiled, log } = noting;
  const before = examine(image, log);
  const { head, begins, op_id } = write(image, noting);
  if (!isDeepStrictEqual(examine(image, log), { ...before, head }))
    throw spoiled('It changes when it is used.');
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
    // Only what was replaced knew who that is.
    const isKnown = db.write.get('SELECT 1 FROM profiles WHERE id = ?', [by.id]) !== undefined;
    audit.copyLabel(act, isKnown ? what : { ...what, by_name: by.name });
    const head = audit.finish() as Head;
    db.exec('COMMIT');
    return { head, begins: beginningsIn(db), op_id: audit.op_id };
  } finally {
    db.close();
  }
}
