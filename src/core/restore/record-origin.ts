import { clause } from '#shared/texts/sentence.ts';
import { isDeepStrictEqual } from 'node:util';
import type { JsonObject } from '#shared/domain/json.ts';
import type { Profile } from '#shared/contract/workspace.ts';
import { replacementsIn } from '../log/audit/head.ts';
import type { Replacement, Head, RecordedHead } from '../log/audit/head.ts';
import { AuditTransaction } from '../log/audit/audit-transaction.ts';
import { examineDatabase } from '../versions/check.ts';
import type { MigrateCopyOptions } from '../versions/check.ts';
import { openConnection } from '../kernel/db/connection.ts';
import { fsyncFile } from '../kernel/fsync.ts';
import { RecordWriter } from '../log/records/record-writer.ts';
import type { Log } from '../kernel/logger.ts';
import { actorOf, findProfile } from '../log/session.ts';
import { createSalts } from '../kernel/system.ts';
import type { Ids, Random } from '../kernel/system.ts';
import { writeFact } from '../log/workspace-facts.ts';
import { recordAct } from '../model/workspace-settings.ts';

/** Finds the actor among a closed copy's profiles. Throws UNKNOWN_ACTOR. */
export function profileIn(file: string, actor: string | null | undefined, log: Log): Profile {
  using db = openConnection(file, { mode: 'read', log });
  return findProfile(db, actor);
}

interface OriginOptions extends MigrateCopyOptions {
  ids: Ids;
  random: Random;
  profile: Profile;
  act: string;
  details: JsonObject;
}

/**
 * Makes a closed copy writable: gives it a replica id, and records in one more transaction where the copy comes from. Checks that nothing
 * else changed, and fsyncs the file. Returns the copy's head, for its head file. Throws `spoiledFault`.
 */
export async function recordOrigin(
  file: string,
  options: OriginOptions,
): Promise<{ head: RecordedHead; op_id: string }> {
  const { spoiledFault, log } = options;
  const before = examineDatabase(file, log);
  const { head, begins, op_id } = writeOrigin(file, options);
  if (!isDeepStrictEqual(examineDatabase(file, log), { ...before, head }))
    throw spoiledFault(clause('changesInUse'));
  await fsyncFile(file);
  return { head: { ...head, begins }, op_id };
}

function writeOrigin(
  file: string,
  { clock, ids, random, profile, act, details, log }: OriginOptions,
): { head: Head; begins: Replacement[]; op_id: string } {
  using db = openConnection(file, { mode: 'write', log });
  db.exec('BEGIN IMMEDIATE');
  const replica = ids.uuid();
  writeFact(db.write, 'replica', replica);
  const audit = new AuditTransaction(
    db.write,
    { replica, clock, ids, salt: createSalts(random) },
    profile.id,
  );
  const records = new RecordWriter(db.write, audit);
  recordAct({ db: db.write, audit, records, actor: actorOf(profile), ids }, act, details);
  // The label keeps the name of a profile that only the replaced file has.
  const hasProfile = db.write.get('SELECT 1 FROM profiles WHERE id = ?', [profile.id]) !== undefined;
  audit.copyLabel(act, hasProfile ? details : { ...details, by_name: profile.name });
  const head = audit.finish() as Head;
  db.exec('COMMIT');
  return { head, begins: replacementsIn(db), op_id: audit.op_id };
}
