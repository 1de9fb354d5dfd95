import type { JsonObject } from '#shared/domain/json.ts';
import { auditedTypes, idPrefix } from '#shared/domain/types.ts';
import { AuditTransaction } from '../log/audit/audit-transaction.ts';
import type { Connection } from '../kernel/db/connection.ts';
import { locateIn } from '../log/records/locate.ts';
import { RecordWriter } from '../log/records/record-writer.ts';
import { profilesOf } from '../log/session.ts';
import { createSalts } from '../kernel/system.ts';
import type { Clock, Ids, Random } from '../kernel/system.ts';
import { writeFact } from '../log/workspace-facts.ts';
import type { Candidate } from './candidates.ts';

export interface Taking {
  clock: Clock;
  ids: Ids;
  random: Random;
  /** Name of the profile that is created if no admin is left. */
  owner: string;
}

/**
 * Writes the salvaged rows as one audited transaction, so that replaying and verifying need no special case. Ensures that there is an
 * admin.
 */
export function takeRows(db: Connection, take: ReadonlyMap<string, Candidate>, taking: Taking): void {
  const { clock, ids, random, owner } = taking;
  const admins = (): string | undefined => profilesOf(db).find(({ role }) => role === 'admin')?.id;
  const own = `${idPrefix.profile}_${ids.uuid()}`;
  const coming = [...take.values()].find(isAdmin)?.id;
  const by = admins() ?? coming ?? own;
  db.exec('BEGIN IMMEDIATE');
  const replica = ids.uuid();
  writeFact(db.write, 'replica', replica);
  const audit = new AuditTransaction(db.write, { replica, clock, ids, salt: createSalts(random) }, by);
  const records = new RecordWriter(db.write, audit);
  for (const type of auditedTypes)
    for (const one of take.values()) if (one.type === type) takeOne(db, records, one);
  if (admins() === undefined)
    records.create({
      type: 'profile',
      id: own,
      payload: { name: owner, role: 'admin', university_id: null },
    });
  audit.label('records.salvaged', { count: take.size });
  audit.finish();
  db.exec('COMMIT');
}

function isAdmin({ type, payload, deleted_at }: Candidate): boolean {
  return type === 'profile' && deleted_at === null && (JSON.parse(payload) as JsonObject)['role'] === 'admin';
}

/** Changes a record to the salvaged state, with ordinary changes of the log. */
function takeOne(db: Connection, records: RecordWriter, { type, id, ...found }: Candidate): void {
  const payload = JSON.parse(found.payload) as JsonObject;
  const target = { type, id, payload };
  const was = locateIn(db, type, id);
  if (!was) records.create(target);
  else {
    const same = JSON.stringify(was.payload) === JSON.stringify(payload);
    if (was.deleted && (!same || found.deleted_at === null)) records.restore(was);
    records.replace(was, payload);
    if (was.deleted && same) return;
  }
  const now = locateIn(db, type, id);
  if (found.deleted_at !== null && now && !now.deleted) records.remove(now);
}
